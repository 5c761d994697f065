"""The form of a general talent: registration and profile ask the same questions."""

from talento.models.facts import Step
from talento.models.talents import Talent
from talento.services import preferences
from talento.services.forms import OTHER_CITY, Answers, Form, Raw, phone, phone_region
from talento.services.preferences import registry
from talento.vocabulary.skills import SkillTag

__all__ = ["FORM", "OTHER_CITY", "Answers", "Raw", "answer", "checked", "facts", "phone", "phone_region", "problems"]


def skills() -> tuple[int, int]:
    """How few and how many may be chosen; when an admin asks for more than allowed, as many as allowed."""
    most = preferences.value(registry.SKILLS_MOST)
    return min(preferences.value(registry.SKILLS_LEAST), most), most


FORM = Form(Talent, Step, SkillTag.GENERAL, skills, has_currency=True)

facts, checked, problems, answer = FORM.facts, FORM.checked, FORM.problems, FORM.answer
