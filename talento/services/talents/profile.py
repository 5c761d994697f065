"""A talent's profile: their own view and edits, what recruiters see beside a list, what the public sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel.dates import format_date
from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Invalid, InvalidForm, NotFound, Refusal
from talento.i18n import phrase
from talento.models.accounts import User
from talento.models.facts import Fact, Kind, Step
from talento.models.talents import CodeAlias, Talent
from talento.services import audit, codes, live, text
from talento.services.mail import messages
from talento.services.reference import book
from talento.services.talents import completeness, form, rows
from talento.services.uploads import store
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.choice import Choice
from talento.vocabulary.permissions import Permission
from talento.vocabulary.visibility import Visibility

ADULT = 18
PUBLISHABLE = ("photo", "skills", "city", "languages", "bio")
MASK = "•••"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact to show: its name, its label in English (the key of its translation) and its value."""

    name: str
    text: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The facts of one step."""

    step: str
    lines: list[Line]


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
    best = completeness.next_best(rows.filled_names(values))
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
        sections=_sections(values, locale),
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
    _touched(work, talent, user, ["visibility"])
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
    shown = {line.name: line for section in _sections(values, locale) for line in section.lines}
    return Panel(
        id=talent_id,
        code=talent.code,
        name=full_name(talent),
        photo_url=photo_url(talent),
        cv_url=cv.url if cv else "",
        cv_name=cv.name if cv else "",
        completeness=talent.completeness,
        headline=_headline(talent, locale),
        bio=talent.bio,
        skills=_labels(values, "skills", locale),
        languages=_labels(values, "languages", locale),
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
        city=_city(talent, locale) if "city" in parts else "",
        country=book().countries[place.country].label(locale) if "city" in parts else "",
        skills=_labels(values, "skills", locale) if "skills" in parts else [],
        languages=_labels(values, "languages", locale) if "languages" in parts else [],
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
    if "email" in values and values["email"] != user.email:
        _change_email(work, user, values["email"])
    for column, value in rows.columns(talent.uid, values).items():
        setattr(talent, column, value)
    rows.write_related(work, talent.id or 0, talent.uid, values, is_new=False)
    user.name = full_name(talent)
    if talent.visibility is Visibility.PUBLIC and _is_minor(talent):
        talent.visibility = Visibility.RECRUITERS
    work.session.flush()
    _touched(work, talent, user, sorted(values))


def _change_email(work: Work, user: User, email: str) -> None:
    if work.session.scalar(select(User.id).where(User.email == email)):
        raise InvalidForm({"email": Conflict("This e-mail already has an account.", field="email")})
    audit.security(work, "email_changed")
    messages.email_changed(work, user, email)
    user.email, user.email_verified_at = email, None


def _touched(work: Work, talent: Talent, user: User, changed: list[str]) -> None:
    talent.revision += 1
    talent.updated_at = work.now
    talent.completeness = rows.complete(rows.everything(work, talent, user.email))
    audit.activity(work, "profile_changed", "talent", talent.id, fields=changed)
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
    typed = rows.raw(values, skill_slugs=_slugs())
    return {name: value for name, value in typed.items() if name not in hidden}


def _slugs() -> dict[int, str]:
    return {skill_id: skill.slug for skill_id, skill in book().skill_ids.items()}


def _headline(talent: Talent, locale: str) -> str:
    place = book().cities[talent.city_id]
    return f"{_city(talent, locale)}, {book().countries[place.country].label(locale)}"


def _city(talent: Talent, locale: str) -> str:
    place = book().cities[talent.city_id]
    return talent.city_typed if place.is_unlisted and talent.city_typed else place.label(locale)


def _labels(values: Mapping[str, Any], name: str, locale: str) -> list[str]:
    if name == "skills":
        return [book().skill_ids[skill_id].label(locale) for skill_id in values[name]]
    return [language.label(locale) for language in values[name]]


def _sections(values: Mapping[str, Any], locale: str) -> list[Section]:
    sections = []
    for step in Step:
        lines = [
            Line(known.name, known.text, shown(known, values, locale), _url(known, values))
            for known in form.facts(step)
            if values.get(known.name) and known.kind not in (Kind.PHOTO, Kind.CV)
        ]
        if lines:
            sections.append(Section(step.value, lines))
    return sections


def _url(known: Fact, values: Mapping[str, Any]) -> str:
    return str(values[known.name]) if known.kind in (Kind.URL, Kind.NETWORK) else ""


def shown(known: Fact, values: Mapping[str, Any], locale: str) -> str:
    """A fact's value in words; an identity number is masked (decision 8)."""
    value = values.get(known.name)
    match known.kind:
        case Kind.IDENTITY:
            return masked(str(value))
        case Kind.COUNTRY:
            names = book().nationalities if known.name == "nationality" else book().countries
            return names[str(value)].label(locale)
        case Kind.CITY:
            return book().cities[int(value or 0)].label(locale)
        case Kind.SKILLS | Kind.CHOICES:
            return ", ".join(_labels(values, known.name, locale))
        case Kind.MONEY:
            return f"{value:,.0f}".replace(",", "\u202f") + f" {_currency(values)}" if value is not None else ""
        case Kind.NETWORK | Kind.URL:
            return str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
    if isinstance(value, date):
        return day(value, locale)
    return value.label(locale) if isinstance(value, Choice) else str(value)


def day(value: date, locale: str) -> str:
    """A date in words: 3 February 1999, 3 février 1999."""
    return format_date(value, "d MMMM y", locale="fr" if locale == "fr" else "en")


def spoken(typed: Mapping[str, Any], locale: str) -> dict[str, str]:
    """Answers as typed, in words: for looking a form over before it is sent. What can't be read stays as typed."""
    said = {}
    for known in form.facts():
        text = typed.get(known.name)
        if not text:
            continue
        try:
            value = form.answer(known, typed)
            said[known.name] = shown(known, {**typed, known.name: value}, locale)
        except Refusal:
            said[known.name] = ", ".join(text) if isinstance(text, list) else str(text)
    return said


def _currency(values: Mapping[str, Any]) -> str:
    return book().currencies.get(str(values.get("residence", "")), "")


def masked(number: str) -> str:
    """Enough of an identity number to recognize it, never enough to use it. Source: incumbent facts §1.4."""
    if len(number) <= 2:
        return MASK
    if len(number) <= 5:
        return f"{number[0]}{MASK}{number[-1]}"
    return f"{number[:3]}{MASK}{number[-3:]}" if len(number) > 8 else f"{number[0]}{MASK}{number[-2:]}"
