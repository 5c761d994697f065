"""A talent's profile: their own view and edits, what recruiters see beside a list, what the public sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.i18n import phrase
from talento.models.accounts import User
from talento.models.facts import Kind, Step
from talento.models.talents import CodeAlias, Talent
from talento.services import accounts, audit, codes, live, text, watch, wording
from talento.services.reference import book
from talento.services.rows import filled_names
from talento.services.security import rules, suspicion
from talento.services.talents import completeness, form, rows
from talento.services.uploads import store
from talento.services.wording import Line, Section
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.permissions import Permission
from talento.vocabulary.visibility import Visibility

ADULT = 18
PUBLISHABLE = ("photo", "skills", "city", "languages", "bio")


@dataclass(frozen=True, slots=True)
class Own:
    """Your own profile."""

    id: int
    revision: int
    code: str
    name: str
    photo_url: str
    photo_id: str
    cv_id: str
    cv_name: str
    completeness: int
    next_name: str
    next_text: str
    next_step: str
    next_points: int
    visibility: str
    published: list[str]
    display_name: str
    is_minor: bool
    public_url: str
    sections: list[Section]
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """A talent as a recruiter sees them."""

    id: int
    code: str
    name: str
    photo_url: str
    cv_url: str
    cv_name: str
    completeness: int
    headline: str
    bio: str
    skills: list[str]
    languages: list[str]
    contact: list[Line]
    facts: list[Line]
    links: list[Line]
    public_url: str
    registered_on: date


@dataclass(frozen=True, slots=True)
class Card:
    """What a talent publishes at `/t/<code>`."""

    code: str
    name: str
    photo_url: str
    city: str
    country: str
    skills: list[str]
    languages: list[str]
    bio: str
    url: str


def own(work: Work, *, locale: str) -> Own:
    """Your profile.

    Raises:
        NotFound: your account has none.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work)
    values = rows.everything(work, talent, user.email)
    cv = store.describe(work, talent.cv_id)
    best = completeness.next_best(filled_names(values))
    return Own(
        id=talent.id or 0,
        revision=talent.revision,
        code=talent.code,
        name=full_name(talent),
        photo_url=photo_url(talent),
        photo_id=talent.photo_id or "",
        cv_id=talent.cv_id or "",
        cv_name=cv.name if cv else "",
        completeness=talent.completeness,
        next_name=best[0].name if best else "",
        next_text=best[0].text if best else "",
        next_step=best[0].step.value if best else "",
        next_points=best[1] if best else 0,
        visibility=talent.visibility.value,
        published=_published(talent),
        display_name=talent.display_name,
        is_minor=_is_minor(talent),
        public_url=public_url(talent.code),
        sections=wording.sections(form.FORM, values, locale),
        raw=_raw(values) | {"city_typed": talent.city_typed},
    )


def badge(work: Work) -> str | None:
    """The address of your photo (may be empty), or None when your account has no profile."""
    work.require(Permission.OWN_PROFILE)
    talent = work.session.scalars(select(Talent).where(Talent.user_id == work.actor.user_id)).first()
    return photo_url(talent) if talent else None


def own_code(work: Work) -> str:
    """Your talent code.

    Raises:
        NotFound: your account has no profile.
    """
    work.require(Permission.OWN_PROFILE)
    return _mine(work)[0].code


def edit(work: Work, *, step: str, typed: Mapping[str, Any], revision: int | None = None) -> int:
    """Save the answers of one step of your profile; returns the new revision.

    An identity number that `typed` does not mention stays as it is: the browser never had it.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: it was changed elsewhere since you opened it, or the e-mail is taken.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    if revision is not None and revision != talent.revision:
        raise Conflict("This was changed in another window. Reload to see it; what you typed is still here.")
    known = _step(step)
    context = rows.raw({"residence": talent.residence, "origin": talent.origin}, skill_slugs={})
    answers = form.checked({**context, **typed}, steps=[known])
    kept = {fact.name for fact in form.facts(known) if fact.kind is Kind.IDENTITY and fact.name not in typed}
    _apply(work, talent, user, {name: value for name, value in answers.values.items() if name not in kept})
    return talent.revision


def attach(work: Work, *, kind: str, file_id: str) -> int:
    """Put an uploaded photo or CV on your profile in place of the old one, or remove it (`file_id` empty)."""
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    if kind not in ("photo", "cv"):
        raise Invalid("This kind of file is not accepted.", field="kind")
    known = store.FileKind(kind)
    if file_id:
        store.claim(work, file_id, known, user_id=user.id or 0)
    before = talent.photo_id if kind == "photo" else talent.cv_id
    setattr(talent, f"{kind}_id", file_id or None)
    work.session.flush()
    if before != (file_id or None):
        store.drop(work, before)
    _touched(work, talent, user, [kind])
    return talent.revision


def show_to(work: Work, *, visibility: str, published: Iterable[str], display_name: str) -> int:
    """Choose who finds you and what your public card shows.

    Raises:
        InvalidForm: an unknown choice, or a public card for somebody under 18 (`GD-08`).
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    chosen = Visibility.parse(visibility)
    if chosen is None:
        raise InvalidForm({"visibility": Invalid("Please choose one of the options.", field="visibility")})
    if chosen is Visibility.PUBLIC and _is_minor(talent):
        sentence = phrase("People under 18 can't have a public card.")
        raise InvalidForm({"visibility": Invalid(sentence, field="visibility")})
    wanted = set(published)
    talent.visibility = chosen
    talent.published = ",".join(part for part in PUBLISHABLE if part in wanted)
    talent.display_name = text.line(display_name)[:100]
    _touched(work, talent, user, ["visibility", "display_name"])
    return talent.revision


def panel(work: Work, talent_id: int, *, locale: str) -> Panel:
    """A talent as recruiters see them: never an identity number; a minor's contact stays hidden (`GD-08`).

    Raises:
        NotFound: no such talent, or hidden, or suspended.
    """
    work.require(Permission.SEARCH_TALENTS)
    talent, user = _findable(work, talent_id)
    values = rows.everything(work, talent, user.email)
    shows_contact = work.actor.can(Permission.CONTACT_DETAILS) and not _is_minor(talent)
    cv = store.describe(work, talent.cv_id) if shows_contact else None
    if shows_contact:
        suspicion.suspect_reading(work, rules.CONTACTS, of=f"talent:{talent_id}")
    shown = wording.by_name(wording.sections(form.FORM, values, locale))
    return Panel(
        id=talent_id,
        code=talent.code,
        name=full_name(talent),
        photo_url=photo_url(talent),
        cv_url=cv.url if cv else "",
        cv_name=cv.name if cv else "",
        completeness=talent.completeness,
        headline=wording.city_and_country(talent, locale),
        bio=talent.bio,
        skills=wording.skill_labels(values["skills"], locale),
        languages=_languages(values, locale),
        contact=[shown[name] for name in _CONTACT if name in shown] if shows_contact else [],
        facts=[shown[name] for name in _PANEL_FACTS if name in shown],
        links=[line for line in shown.values() if line.url] if shows_contact else [],
        public_url=public_url(talent.code) if talent.visibility is Visibility.PUBLIC else "",
        registered_on=talent.registered_at.date(),
    )


def card(work: Work, scanned: str, *, locale: str) -> Card:
    """The public card behind a code or the address of a QR. Anybody may ask.

    Raises:
        NotFound: hidden, unknown and malformed codes alike (decision 7).
    """
    talent = by_code(work, scanned)
    if talent is None or talent.visibility is not Visibility.PUBLIC or _is_minor(talent) or _is_suspended(work, talent):
        raise NotFound("There is no public card with this code.")
    parts = _published(talent)
    values = rows.everything(work, talent, "")
    place = book().cities[talent.city_id]
    return Card(
        code=talent.code,
        name=talent.display_name or full_name(talent),
        photo_url=photo_url(talent) if "photo" in parts else "",
        city=wording.city_name(talent, locale) if "city" in parts else "",
        country=book().countries[place.country].label(locale) if "city" in parts else "",
        skills=wording.skill_labels(values["skills"], locale) if "skills" in parts else [],
        languages=_languages(values, locale) if "languages" in parts else [],
        bio=talent.bio if "bio" in parts else "",
        url=public_url(talent.code),
    )


def by_code(work: Work, scanned: str) -> Talent | None:
    """Whoever answers to a code in any form: printed, typed, aliased, or the address of our QR (decision 6)."""
    code = codes.normalize(scanned)
    if not 4 <= len(code) <= 20:
        return None
    found = work.session.scalars(select(Talent).where(Talent.code == code)).first()
    if found is None and (alias := work.session.get(CodeAlias, code)):
        found = work.session.get(Talent, alias.talent_id)
    return found


def full_name(talent: Talent) -> str:
    """First and last name."""
    return f"{talent.first_name} {talent.last_name}".strip()


def photo_url(talent: Talent) -> str:
    """The address of the photo, or empty."""
    return f"/files/{talent.photo_id}" if talent.photo_id else ""


def public_url(code: str) -> str:
    """What the QR holds."""
    return f"{settings().base_url}/t/{code}"


_CONTACT = ("email", "phone", "whatsapp", "address")
_PANEL_FACTS = (
    "born_on", "gender", "origin", "nationality", "city", "residence", "experience", "availability", "work_mode",
    "hourly_rate", "daily_rate", "monthly_rate", "education",
)  # fmt: skip


def _mine(work: Work, *, lock: bool = False) -> tuple[Talent, User]:
    query = select(Talent, User).join(User, User.id == Talent.user_id).where(Talent.user_id == work.actor.user_id)
    found = work.session.execute(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("Your account has no talent profile.")
    return found[0], found[1]


def _findable(work: Work, talent_id: int) -> tuple[Talent, User]:
    found = work.session.execute(
        select(Talent, User).join(User, User.id == Talent.user_id).where(Talent.id == talent_id)
    ).first()
    sees_all = work.actor.can(Permission.ADMINISTER)
    if found is None or not (sees_all or (found[0].visibility is not Visibility.HIDDEN and not found[1].suspended_at)):
        raise NotFound("This person is no longer here.")
    return found[0], found[1]


def _apply(work: Work, talent: Talent, user: User, values: dict[str, Any]) -> None:
    if "email" in values:
        accounts.change_email(work, user, values["email"])
    for column, value in rows.columns(talent.uid, values).items():
        setattr(talent, column, value)
    rows.write_related(work, talent.id or 0, talent.uid, values, is_new=False)
    user.name = full_name(talent)
    if talent.visibility is Visibility.PUBLIC and _is_minor(talent):
        talent.visibility = Visibility.RECRUITERS
    work.session.flush()
    _touched(work, talent, user, sorted(values))


def _touched(work: Work, talent: Talent, user: User, changed: list[str]) -> None:
    talent.revision += 1
    talent.updated_at = work.now
    talent.completeness = rows.complete(rows.everything(work, talent, user.email))
    audit.activity(work, "profile_changed", "talent", talent.id, fields=changed)
    if watch.NAMES & set(changed):
        watch.check(work, "talent", talent)
    live.publish(work, "talent", talent.id or 0)


def _step(name: str) -> Step:
    try:
        return Step(name)
    except ValueError as error:
        raise Invalid("There is no such step.", field="step") from error


def _is_minor(talent: Talent) -> bool:
    return talent.born_on is not None and clock.age_on(talent.born_on, clock.today()) < ADULT


def _is_suspended(work: Work, talent: Talent) -> bool:
    return work.get(User, talent.user_id).suspended_at is not None


def _published(talent: Talent) -> list[str]:
    return [part for part in talent.published.split(",") if part]


def _raw(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows of these facts; identity numbers never leave the server whole (decision 8)."""
    hidden = {known.name for known in form.facts() if known.kind is Kind.IDENTITY}
    typed = rows.raw(values, skill_slugs=wording.skill_slugs())
    return {name: value for name, value in typed.items() if name not in hidden}


def _languages(values: Mapping[str, Any], locale: str) -> list[str]:
    return [language.label(locale) for language in values["languages"]]


def spoken(typed: Mapping[str, Any], locale: str) -> dict[str, str]:
    """Answers as typed, in words."""
    return wording.spoken(form.FORM, typed, locale)
