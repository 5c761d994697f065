"""A cinema talent's profile: their own view and edits, and what casting teams see beside a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.i18n import phrase, say
from talento.models.accounts import User
from talento.models.cinema import GALLERY_AT_MOST, CinemaTalent, Unavailability
from talento.models.facts import CinemaStep, Kind
from talento.models.talents import Talent
from talento.services import accounts, audit, live, watch, wording
from talento.services.cinema import faces, form, guardians, minors, rows
from talento.services.cinema.portfolio import Change, CreditItem, PhotoItem
from talento.services.reference import book
from talento.services.rows import filled_names
from talento.services.security import rules, suspicion
from talento.services.text import line
from talento.services.uploads import store
from talento.services.wording import Line, Section
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.permissions import Permission
from talento.vocabulary.visibility import Visibility

PUBLISHABLE = (
    "photo", "gallery", "kinds", "skills", "city", "languages", "appearance", "credits", "showreel", "bio",
)  # fmt: skip
DAYS_OFF_AT_MOST = 60
_CONTACT = ("email", "phone", "whatsapp")
_MEASURES = (
    "height", "weight", "build", "eye_color", "hair_color", "hair_type", "chest", "waist", "hips", "inseam", "collar",
    "shoe_size", "clothing_size",
)  # fmt: skip
_FACTS = (
    "gender", "born_on", "origin", "nationality", "city", "residence", "experience", "licenses", "trade_union", "agent",
)  # fmt: skip
_REELS = ("showreel_url", "voice_reel_url")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a gallery; `category` is a slug of `PhotoCategory`."""

    key: str
    url: str
    category: str


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit to show. `year` 0: unknown; `kind`: a slug of `ProductionType`, or empty."""

    key: str
    title: str
    year: int
    kind: str
    part: str
    url: str


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days on which somebody can't work, both included, as ISO dates."""

    id: int
    starts_on: str
    ends_on: str
    note: str


@dataclass(frozen=True, slots=True)
class Own:
    """Your own cinema profile. `consent`: one of `guardians.Standing`."""

    id: int
    revision: int
    code: str
    name: str
    photo_url: str
    completeness: int
    next_name: str
    next_step: str
    next_points: int
    visibility: str
    published: list[str]
    is_minor: bool
    consent: str
    public_url: str
    sections: list[Section]
    gallery: list[Photo]
    credits: list[CreditLine]
    days_off: list[DaysOff]
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """A cinema talent as casting teams see them. `kinds` are slugs of `TalentType`; a child has no contact."""

    id: int
    code: str
    name: str
    full_name: str
    photo_url: str
    age: int
    playing_age: str
    headline: str
    is_minor: bool
    kinds: list[str]
    bio: str
    measures: list[Line]
    languages: list[str]
    accents: list[str]
    skills: list[str]
    facts: list[Line]
    reels: list[Line]
    links: list[Line]
    contact: list[Line]
    gallery: list[Photo]
    credits: list[CreditLine]
    days_off: list[DaysOff]
    completeness: int
    public_url: str
    registered_on: date


def panel(work: Work, talent_id: int, *, locale: str) -> Panel:
    """Somebody as casting teams see them: never an identity number, ethnicity or skin tone.

    A child's contact stays hidden, and their photos are for those who consider or employ them (`GD-08`).

    Raises:
        NotFound: unknown, hidden, suspended, or under 18 without a guardian's consent; admins see everybody.
    """
    work.require(Permission.SEARCH_TALENTS)
    is_admin = work.actor.can(Permission.ADMINISTER)
    talent = work.session.get(CinemaTalent, talent_id) if is_admin else faces.visible(work, talent_id)
    if talent is None:
        raise NotFound("This person is no longer here.")
    is_child = faces.is_minor(talent)
    shows_contact = work.actor.can(Permission.CONTACT_DETAILS) and not is_child
    if shows_contact:
        suspicion.suspect_reading(work, rules.CONTACTS, of=f"cinema:{talent_id}")
    return _panel(
        work,
        talent,
        locale,
        shows_contact=shows_contact,
        shows_photos=not is_child or bool(minors.shown(work, [talent_id])),
    )


def as_others_see(work: Work, *, locale: str) -> Panel:
    """Your profile as casting teams see it, whoever may find it at the moment."""
    work.require(Permission.OWN_PROFILE)
    talent, _ = _mine(work)
    return _panel(work, talent, locale, shows_contact=not faces.is_minor(talent), shows_photos=True)


def own(work: Work, *, locale: str) -> Own:
    """Your cinema profile.

    Raises:
        NotFound: your account has none.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work)
    values = rows.ROWS.everything(work, talent, user.email)
    best = rows.SCORE.next_best(filled_names(values))
    return Own(
        id=talent.id or 0,
        revision=talent.revision,
        code=talent.code,
        name=faces.shown_name(talent),
        photo_url=photo_url(talent),
        completeness=talent.completeness,
        next_name=best[0].name if best else "",
        next_step=best[0].step.value if best else "",
        next_points=best[1] if best else 0,
        visibility=talent.visibility.value,
        published=published(talent),
        is_minor=faces.is_minor(talent),
        consent=guardians.standing(talent).value,
        public_url=public_url(talent.code),
        sections=wording.sections(form.FORM, values, locale),
        gallery=gallery(work, talent.id or 0),
        credits=credit_lines(work, talent.id or 0),
        days_off=days_off(work, talent.id or 0),
        raw=_raw(values) | {"city_typed": talent.city_typed},
    )


def badge(work: Work) -> str | None:
    """The address of your photo (may be empty), or None when your account has no cinema profile."""
    work.require(Permission.OWN_PROFILE)
    talent = work.session.scalars(select(CinemaTalent).where(CinemaTalent.user_id == work.actor.user_id)).first()
    return photo_url(talent) if talent else None


def edit(work: Work, *, step: str, typed: Mapping[str, Any], revision: int | None = None) -> int:
    """Save the answers of one step of your profile; returns the new revision.

    An identity number that `typed` does not mention stays as it is (the browser never had it); an empty one is erased.
    Another guardian is asked for consent anew; a consent to keep traits that is taken back erases them.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: it was changed elsewhere since you opened it, or the e-mail is taken.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    if revision is not None and revision != talent.revision:
        raise Conflict("This was changed in another window. Reload to see it; what you typed is still here.")
    known = _step(step)
    numbers = {one.name for one in form.facts(known) if one.kind is Kind.IDENTITY and not typed.get(one.name)}
    asked = replace(form.FORM, but=frozenset(numbers))
    answers = asked.checked({**_context(talent), **typed}, steps=[known])
    erased = {name: None for name in numbers if name in typed}
    _apply(work, talent, user, answers.values | erased)
    return talent.revision


def attach(work: Work, *, file_id: str) -> int:
    """Put an uploaded photo on your profile in place of the old one, or remove it (`file_id` empty)."""
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    if file_id:
        store.claim(work, file_id, store.FileKind.PHOTO, user_id=user.id or 0)
    before, talent.photo_id = talent.photo_id, file_id or None
    work.session.flush()
    if before != talent.photo_id:
        store.drop(work, before)
    _touched(work, talent, user, ["photo"])
    return talent.revision


def change_gallery(work: Work, change: Change[PhotoItem]) -> int:
    """Add, remove, move or name a photo of your gallery.

    Raises:
        Invalid: an eleventh photo, or a file that is not yours.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    before = rows.photos(work, talent.id or 0)
    after = change(before)
    if len(after) > GALLERY_AT_MOST:
        raise Invalid("A gallery has at most {count} photos.", field="gallery", count=GALLERY_AT_MOST)
    there = {item.key for item in before}
    for item in after:
        if item.key not in there:
            store.claim(work, item.key, store.FileKind.GALLERY, user_id=user.id or 0)
    if before != after:
        rows.write_photos(work, talent.id or 0, after)
        for gone in there - {item.key for item in after}:
            store.drop(work, gone)
        _touched(work, talent, user, ["gallery"])
    return talent.revision


def change_credits(work: Work, change: Change[CreditItem]) -> int:
    """Add, remove, move or rewrite one of your credits; what is new was checked by `form.credit`.

    Raises:
        Invalid: too many.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    before = rows.credits(work, talent.id or 0)
    after = change(before)
    if len(after) > form.CREDITS_AT_MOST:
        raise Invalid("At most {count} credits, please.", field="credits", count=form.CREDITS_AT_MOST)
    if before != after:
        rows.write_credits(work, talent.id or 0, after)
        _touched(work, talent, user, ["credits"])
    return talent.revision


def take_days_off(work: Work, *, starts_on: str, ends_on: str, note: str = "") -> int:
    """Note days on which you can't work; an empty last day means one day.

    Raises:
        InvalidForm: no dates, in the wrong order, or too many.
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    first, last = _day(starts_on, "starts_on"), _day(ends_on or starts_on, "ends_on")
    if last < first:
        raise InvalidForm({"ends_on": Invalid("The last day is before the first.", field="ends_on")})
    if last < clock.today() - timedelta(days=366):
        raise InvalidForm({"ends_on": Invalid("These days are long gone.", field="ends_on")})
    if len(days_off(work, talent.id or 0)) >= DAYS_OFF_AT_MOST:
        sentence = phrase("At most {count} entries. Remove one first.")
        raise InvalidForm({"starts_on": Invalid(sentence, field="starts_on", count=DAYS_OFF_AT_MOST)})
    work.insert(Unavailability, talent_id=talent.id, starts_on=first, ends_on=last, note=line(note)[:200])
    _touched(work, talent, user, ["days_off"])
    return talent.revision


def take_back_days_off(work: Work, entry_id: int) -> int:
    """Say that you can work on those days after all."""
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    entry = work.session.get(Unavailability, entry_id)
    if entry is None or entry.talent_id != talent.id:
        raise NotFound("There is no such thing.")
    work.session.delete(entry)
    work.session.flush()
    _touched(work, talent, user, ["days_off"])
    return talent.revision


def show_to(work: Work, *, visibility: str, published: Iterable[str]) -> int:
    """Choose who finds you and what your public card shows.

    Raises:
        InvalidForm: an unknown choice, or a public card for somebody under 18 (`GD-08`).
    """
    work.require(Permission.OWN_PROFILE)
    talent, user = _mine(work, lock=True)
    chosen = Visibility.parse(visibility)
    if chosen is None:
        raise InvalidForm({"visibility": Invalid("Please choose one of the options.", field="visibility")})
    if chosen is Visibility.PUBLIC and faces.is_minor(talent):
        sentence = phrase("People under 18 can't have a public card.")
        raise InvalidForm({"visibility": Invalid(sentence, field="visibility")})
    wanted = set(published)
    talent.visibility = chosen
    talent.published = ",".join(part for part in PUBLISHABLE if part in wanted)
    _touched(work, talent, user, ["visibility"])
    return talent.revision


def gallery(work: Work, talent_id: int) -> list[Photo]:
    """The photos, in order."""
    return [Photo(item.key, f"/files/{item.key}", item.category.value) for item in rows.photos(work, talent_id)]


def credit_lines(work: Work, talent_id: int) -> list[CreditLine]:
    """The credits, in order."""
    return [credit_line(item) for item in rows.credits(work, talent_id)]


def credit_line(item: CreditItem) -> CreditLine:
    """A credit with the address of its page on IMDb."""
    url = f"https://www.imdb.com/title/{item.imdb_id}/" if item.imdb_id else ""
    return CreditLine(item.key, item.title, item.year, item.kind, item.part, url)


def days_off(work: Work, talent_id: int) -> list[DaysOff]:
    """Days on which somebody can't work, from now on, soonest first."""
    found = (
        select(Unavailability)
        .where(Unavailability.talent_id == talent_id, Unavailability.ends_on >= clock.today() - timedelta(days=1))
        .order_by(Unavailability.starts_on, Unavailability.id)
    )
    return [
        DaysOff(row.id or 0, row.starts_on.isoformat(), row.ends_on.isoformat(), row.note)
        for row in work.session.scalars(found)
    ]


def published(talent: CinemaTalent) -> list[str]:
    """The parts on the public card."""
    return [part for part in talent.published.split(",") if part]


def photo_url(talent: CinemaTalent) -> str:
    """The address of the portrait, or empty."""
    return f"/files/{talent.photo_id}" if talent.photo_id else ""


def public_url(code: str) -> str:
    """What the QR holds."""
    return f"{settings().base_url}/t/{code}"


def spoken(typed: Mapping[str, Any], locale: str) -> dict[str, str]:
    """Answers as typed, in words."""
    return wording.spoken(form.FORM, typed, locale)


def measures(lines: Mapping[str, Line]) -> list[Line]:
    """How somebody looks, as casting sheets list it."""
    return [lines[name] for name in _MEASURES if name in lines]


def playing_age(talent: CinemaTalent, locale: str) -> str:
    """From … to …, in years; empty when it was not given."""
    low, high = talent.playing_age_min, talent.playing_age_max
    if low is None and high is None:
        return ""
    both = f"{low}–{high}" if None not in (low, high) and low != high else str(low if low is not None else high)
    return f"{both} {say(locale, wording.YEARS)}"


def _panel(work: Work, talent: CinemaTalent, locale: str, *, shows_contact: bool, shows_photos: bool) -> Panel:
    user = work.get(User, talent.user_id)
    values = rows.ROWS.everything(work, talent, user.email)
    lines = wording.by_name(wording.sections(form.FORM, values, locale))
    talent_id = talent.id or 0
    return Panel(
        id=talent_id,
        code=talent.code,
        name=faces.shown_name(talent),
        full_name=f"{talent.first_name} {talent.last_name}".strip(),
        photo_url=photo_url(talent) if shows_photos else "",
        age=clock.age_on(talent.born_on, clock.today()),
        playing_age=playing_age(talent, locale),
        headline=f"{wording.city_name(talent, locale)}, {book().countries[talent.residence].label(locale)}",
        is_minor=faces.is_minor(talent),
        kinds=[kind.value for kind in values["kinds"]],
        bio=talent.bio,
        measures=measures(lines),
        languages=[one.label(locale) for one in values["languages"]],
        accents=[one.label(locale) for one in values["accents"]],
        skills=wording.skill_labels(values["skills"], locale),
        facts=[lines[name] for name in _FACTS if name in lines],
        reels=[lines[name] for name in _REELS if name in lines],
        links=_links(lines) if shows_contact else [],
        contact=[lines[name] for name in _CONTACT if name in lines] if shows_contact else [],
        gallery=gallery(work, talent_id) if shows_photos else [],
        credits=credit_lines(work, talent_id),
        days_off=days_off(work, talent_id),
        completeness=talent.completeness,
        public_url=public_url(talent.code) if talent.visibility is Visibility.PUBLIC else "",
        registered_on=talent.registered_at.date(),
    )


def _links(lines: Mapping[str, Line]) -> list[Line]:
    return [one for one in lines.values() if one.url and one.name not in _REELS]


def _mine(work: Work, *, lock: bool = False) -> tuple[CinemaTalent, User]:
    mine = CinemaTalent.user_id == work.actor.user_id
    query = select(CinemaTalent, User).join(User, User.id == CinemaTalent.user_id).where(mine)
    found = work.session.execute(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("Your account has no cinema profile.")
    return found[0], found[1]


def _context(talent: CinemaTalent) -> dict[str, Any]:
    """What the answers of one step are compared with."""
    return {
        "born_on": talent.born_on.isoformat(),
        "residence": talent.residence,
        "origin": talent.origin,
        "traits_consent": "true" if talent.traits_consented_at else "",
    }


def _apply(work: Work, talent: CinemaTalent, user: User, values: dict[str, Any]) -> None:
    if "email" in values:
        accounts.change_email(work, user, values["email"])
    was_minor, guardian = faces.is_minor(talent), _guardian(talent)
    for column, value in rows.ROWS.columns(talent.uid, values).items():
        setattr(talent, column, value)
    if "traits_consent" in values:
        _keep_traits(work, talent, values["traits_consent"])
    rows.ROWS.write_related(work, talent.id or 0, talent.uid, values, is_new=False)
    if work.session.scalar(select(Talent.id).where(Talent.user_id == user.id)) is None:
        user.name = f"{talent.first_name} {talent.last_name}".strip()
    work.session.flush()
    _follow_age(work, talent, user, was_minor, guardian)
    _touched(work, talent, user, sorted(values))


def _keep_traits(work: Work, talent: CinemaTalent, has_consent: bool) -> None:
    if not has_consent:
        talent.traits_consented_at = talent.ethnicities_sealed = talent.skin_tone_sealed = None
    elif talent.traits_consented_at is None:
        talent.traits_consented_at = work.now


def _guardian(talent: CinemaTalent) -> tuple[str, str]:
    return talent.guardian_name, rows.ROWS.opened(talent, "guardian_email")


def _follow_age(work: Work, talent: CinemaTalent, user: User, was_minor: bool, guardian: tuple[str, str]) -> None:
    """A child has no public card, and a guardian's consent is that guardian's only."""
    if not faces.is_minor(talent):
        if was_minor:
            audit.security(work, "became_adult", severity="warning", talent=talent.id)
        return
    if talent.visibility is Visibility.PUBLIC:
        talent.visibility = Visibility.RECRUITERS
    if not was_minor or _guardian(talent) != guardian:
        guardians.revoke(talent)
        guardians.ask(work, talent, user)


def _touched(work: Work, talent: CinemaTalent, user: User, changed: list[str]) -> None:
    talent.revision += 1
    talent.updated_at = work.now
    work.session.flush()
    talent.completeness = rows.complete(rows.ROWS.everything(work, talent, user.email))
    audit.activity(work, "profile_changed", "cinema_talent", talent.id, fields=changed)
    if watch.NAMES & set(changed):
        watch.check(work, "cinema_talent", talent)
    live.publish(work, "cinema", talent.id or 0)


def _step(name: str) -> CinemaStep:
    try:
        return CinemaStep(name)
    except ValueError as error:
        raise Invalid("There is no such step.", field="step") from error


def _day(said: str, name: str) -> date:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError as error:
        raise InvalidForm({name: Invalid("This is not a date.", field=name)}) from error
    if not 1900 <= day.year <= 2199:
        raise InvalidForm({name: Invalid("This is not a date.", field=name)})
    return day


def _raw(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows of these facts; identity numbers never leave the server whole (decision 8)."""
    typed = rows.ROWS.raw(values, skill_slugs=wording.skill_slugs())
    hidden = {known.name for known in form.facts() if known.kind in (Kind.IDENTITY, Kind.GALLERY, Kind.CREDITS)}
    return {name: value for name, value in typed.items() if name not in hidden}
