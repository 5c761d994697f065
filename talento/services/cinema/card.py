"""What a cinema talent publishes at `/t/<code>`."""

from dataclasses import dataclass

from talento.errors import NotFound
from talento.models.accounts import User
from talento.services import wording
from talento.services.cinema import faces, form, profile, rows
from talento.services.cinema.profile import CreditLine, Photo
from talento.services.reference import book
from talento.services.wording import Line
from talento.services.work import Work
from talento.vocabulary.visibility import Visibility


@dataclass(frozen=True, slots=True)
class CinemaCard:
    """The published parts; what is not published is empty. `kinds` are slugs of `TalentType`."""

    code: str
    name: str
    photo_url: str
    city: str
    country: str
    kinds: list[str]
    skills: list[str]
    languages: list[str]
    bio: str
    measures: list[Line]
    gallery: list[Photo]
    credits: list[CreditLine]
    showreel: str
    url: str


def card(work: Work, scanned: str, *, locale: str) -> CinemaCard:
    """The public card behind a cinema code or the address of its QR. Anybody may ask.

    Raises:
        NotFound: hidden, unknown, malformed and children's codes alike (decision 7, `GD-08`).
    """
    talent = faces.by_code(work, scanned)
    if talent is None or talent.visibility is not Visibility.PUBLIC or faces.is_minor(talent):
        raise NotFound("There is no public card with this code.")
    if work.get(User, talent.user_id).suspended_at is not None:
        raise NotFound("There is no public card with this code.")
    parts = profile.published(talent)
    values = rows.ROWS.everything(work, talent, "")
    place, talent_id = book().cities[talent.city_id], talent.id or 0

    def shows(part: str) -> bool:
        return part in parts

    lines = wording.by_name(wording.sections(form.FORM, values, locale)) if shows("appearance") else {}
    return CinemaCard(
        code=talent.code,
        name=faces.shown_name(talent),
        photo_url=profile.photo_url(talent) if shows("photo") else "",
        city=wording.city_name(talent, locale) if shows("city") else "",
        country=book().countries[place.country].label(locale) if shows("city") else "",
        kinds=[kind.value for kind in values["kinds"]] if shows("kinds") else [],
        skills=wording.skill_labels(values["skills"], locale) if shows("skills") else [],
        languages=[one.label(locale) for one in values["languages"]] if shows("languages") else [],
        bio=talent.bio if shows("bio") else "",
        measures=profile.measures(lines),
        gallery=profile.gallery(work, talent_id) if shows("gallery") else [],
        credits=profile.credit_lines(work, talent_id) if shows("credits") else [],
        showreel=talent.showreel_url if shows("showreel") else "",
        url=profile.public_url(talent.code),
    )
