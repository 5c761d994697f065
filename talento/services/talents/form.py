"""The form of a general talent: registration and profile ask the same questions."""

from talento.models.facts import Step
from talento.models.talents import Talent
from talento.services.forms import OTHER_CITY, Answers, Form, Raw, phone, phone_region
from talento.vocabulary.skills import SkillTag

__all__ = ["FORM", "OTHER_CITY", "Answers", "Raw", "answer", "checked", "facts", "phone", "phone_region", "problems"]

SKILLS_AT_MOST = 5
FORM = Form(Talent, Step, SkillTag.GENERAL, (1, SKILLS_AT_MOST), has_currency=True)

facts, checked, problems, answer = FORM.facts, FORM.checked, FORM.problems, FORM.answer
