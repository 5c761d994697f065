"""The form of a cinema talent: registration and profile ask the same questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from talento import clock
from talento.errors import Invalid, InvalidForm, Refusal
from talento.i18n import phrase
from talento.models.cinema import CREDITS_AT_MOST, GALLERY_AT_MOST, CinemaTalent
from talento.models.facts import CinemaStep, Fact, Kind
from talento.services.cinema.faces import ADULT
from talento.services.cinema.portfolio import CreditItem, PhotoItem
from talento.services.forms import FIRST_DAY, Form, Raw
from talento.services.text import line
from talento.vocabulary.casting import PhotoCategory, ProductionType
from talento.vocabulary.skills import SkillTag

SKILLS_AT_MOST = 20
GUARDIAN = ("guardian_name", "guardian_relation", "guardian_email", "guardian_phone")
TRAITS = ("ethnicities", "skin_tone")
"""Kept only with consent (`GD-11`)."""

GROUPS: Mapping[CinemaStep, tuple[tuple[str, tuple[str, ...]], ...]] = {
    CinemaStep.IDENTITY: (
        ("", ("first_name", "last_name", "born_on", "gender", "stage_name")),
        (phrase("Your guardian"), GUARDIAN),
        (phrase("How we reach you"), ("email", "phone", "whatsapp")),
        (phrase("Identity document"), ("document_type", "document_number")),
    ),
    CinemaStep.ORIGINS: (
        ("", ("origin", "nationality")),
        (phrase("Origins, if you wish"), ("traits_consent", "ethnicities")),
    ),
    CinemaStep.APPEARANCE: (
        (phrase("Face and hair"), ("eye_color", "hair_color", "hair_type", "skin_tone")),
        (phrase("Figure"), ("build", "height", "weight", "shoe_size")),
        (phrase("Measurements"), ("chest", "waist", "hips", "inseam", "collar", "clothing_size")),
    ),
    CinemaStep.PARTS: (
        ("", ("kinds",)),
        (phrase("Playing age and experience"), ("playing_age_min", "playing_age_max", "experience", "bio")),
        (phrase("Union and agent"), ("trade_union", "agent")),
    ),
    CinemaStep.NETWORKS: (
        (phrase("Your work"), ("showreel_url", "voice_reel_url", "website")),
    ),
    CinemaStep.PHOTOS: (("", ("photo", "gallery", "credits")),),
}  # fmt: skip
"""Headings within a step, and what stands under each; a fact that no group names follows at the end of its step."""

NOTES: Mapping[str, str] = {
    "Your guardian": phrase(
        "You are under 18. Nobody sees your profile before your guardian has agreed; we write to them for you."
    ),
    "Origins, if you wish": phrase(
        "Only with your consent, stored encrypted, and searched only for roles that say why."
    ),
}
"""A word under a heading."""

OTHERS: Mapping[CinemaStep, str] = {CinemaStep.NETWORKS: phrase("Networks")}
"""The heading of those that follow."""


@dataclass(frozen=True)
class CinemaForm(Form):
    """Adds what one answer says about another, the gallery and the credits."""

    def groups(self, step: Any) -> list[tuple[str, list[Fact]]]:
        """The facts of a step under their headings."""
        facts = {known.name: known for known in self.facts(step)}
        grouped = [(title, [facts.pop(name) for name in names]) for title, names in GROUPS.get(step, ())]
        return [*grouped, (OTHERS.get(step, ""), list(facts.values()))] if facts else grouped

    def note(self, title: str) -> str:
        return NOTES.get(title, "")

    def answer(self, known: Fact, raw: Raw) -> Any:
        if known.kind is Kind.GALLERY:
            return photos(raw.get(known.name))
        if known.kind is Kind.CREDITS:
            return credits(raw.get(known.name))
        return super().answer(known, raw)

    def compare(self, values: dict[str, Any], problems: dict[str, Refusal], raw: Raw) -> None:
        if "guardian_name" in values or "guardian_name" in problems:
            _need_guardian(values, problems, raw)
        if raw.get("traits_consent") not in (True, "true"):
            for name in TRAITS:
                problems.pop(name, None)
                if name in values:
                    values[name] = None
        low, high = values.get("playing_age_min"), values.get("playing_age_max")
        if low is not None and high is not None and low > high:
            problems["playing_age_max"] = Invalid("The playing age ends before it begins.", field="playing_age_max")


FORM = CinemaForm(CinemaTalent, CinemaStep, SkillTag.CINEMA, lambda: (0, SKILLS_AT_MOST))
facts, checked, problems, answer = FORM.facts, FORM.checked, FORM.problems, FORM.answer


def is_young(born_on: Any) -> bool:
    """Whether somebody born on a day, as typed or known, is under 18; False when it is no day."""
    if isinstance(born_on, str):
        try:
            born_on = date.fromisoformat(born_on.strip())
        except ValueError:
            return False
    return isinstance(born_on, date) and born_on >= FIRST_DAY and clock.age_on(born_on, clock.today()) < ADULT


def photos(said: Any) -> list[PhotoItem]:
    """The photos of a gallery as a form holds them.

    Raises:
        Invalid: too many, or not photos of ours.
    """
    if not said:
        return []
    if not isinstance(said, list) or not all(isinstance(one, Mapping) for one in said):
        raise Invalid("Please upload the file again.", field="gallery")
    if len(said) > GALLERY_AT_MOST:
        raise Invalid("A gallery has at most {count} photos.", field="gallery", count=GALLERY_AT_MOST)
    items = [
        PhotoItem(str(one.get("key", "")), (PhotoCategory.parse(str(one.get("category", ""))) or PhotoCategory.OTHER))
        for one in said
    ]
    if not all(re.fullmatch(r"[0-9a-f]{32}", item.key) for item in items):
        raise Invalid("Please upload the file again.", field="gallery")
    return list({item.key: item for item in items}.values())


def credits(said: Any) -> list[CreditItem]:
    """The credits as a form holds them.

    Raises:
        Invalid: too many.
        InvalidForm: one of them is not in order.
    """
    if not said:
        return []
    if not isinstance(said, list) or not all(isinstance(one, Mapping) for one in said):
        raise Invalid("Please write the credits again.", field="credits")
    if len(said) > CREDITS_AT_MOST:
        raise Invalid("At most {count} credits, please.", field="credits", count=CREDITS_AT_MOST)
    return [credit(one) for one in said]


def credit(said: Mapping[str, Any]) -> CreditItem:
    """One credit as typed.

    Raises:
        InvalidForm: `title` or `year` needs attention.
    """
    wrong: dict[str, Refusal] = {}
    title, part = line(str(said.get("title") or "")), line(str(said.get("part") or ""))
    if not any(letter.isalnum() for letter in title):
        wrong["title"] = Invalid("Please fill this in.", field="title")
    for name, text in (("title", title), ("part", part)):
        if len(text) > 200:
            wrong[name] = Invalid("At most {count} characters, please.", field=name, count=200)
    year, latest = str(said.get("year") or "").strip(), clock.today().year + 5
    if year and not (re.fullmatch("[0-9]{4}", year) and 1890 <= int(year) <= latest):
        wrong["year"] = Invalid("This must be between {low} and {high}.", field="year", low=1890, high=latest)
    if wrong:
        raise InvalidForm(wrong)
    kind = ProductionType.parse(str(said.get("kind") or ""))
    known = re.fullmatch(r"tt[0-9]{1,12}", str(said.get("imdb_id") or ""))
    return CreditItem(
        key=str(said.get("key") or "")[:32],
        title=title,
        year=int(year) if year else 0,
        kind=kind.value if kind else "",
        part=part,
        imdb_id=known[0] if known else "",
    )


def _need_guardian(values: dict[str, Any], problems: dict[str, Refusal], raw: Raw) -> None:
    """Somebody under 18 names a guardian; nobody else's is asked for or kept (`GD-07`)."""
    if is_young(values.get("born_on", raw.get("born_on"))):
        for name in GUARDIAN:
            if name not in problems and not values.get(name):
                problems[name] = Invalid("We need this because you are under 18.", field=name)
        return
    for name in GUARDIAN:
        problems.pop(name, None)
        values[name] = "" if name == "guardian_name" else None
