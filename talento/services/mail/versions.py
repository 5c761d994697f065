"""How admins word messages: each save is a version of a kind in a language, the newest one counts, and none is lost."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, select

from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.i18n import LANGUAGES, language_of
from talento.models.accounts import User
from talento.models.operations import MailTemplate
from talento.services import audit, live, preferences
from talento.services.mail import templates
from talento.services.mail.forms import FORMS
from talento.services.mail.letter import Letter
from talento.services.mail.templates import Form, Template, Typed, Value
from talento.services.preferences import registry
from talento.services.work import Actor, Work, run
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

TOPIC = "mail_template"
LISTED = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A wording that was saved; `is_built_in`: somebody went back to the built-in text."""

    number: int
    by: str
    at: datetime
    is_built_in: bool
    typed: Typed


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind is worded in a language now, and how it was; newest version first.

    `former_built_in`: the built-in text that the edited one was made from, if an update has changed it since.
    """

    number: int
    typed: Typed
    built_in: Typed
    is_edited: bool
    former_built_in: Typed | None
    versions: list[Version]


class Stale(Conflict):
    """Somebody else saved a version since the form showed one."""

    def __init__(self, theirs: Version) -> None:
        super().__init__("{name} saved another version meanwhile.")
        self.values = {"name": theirs.by or "Talento"}
        self.theirs = theirs


def worded(work: Work, kind: str, locale: str, link: str = "", **values: Value) -> Letter:
    """A message as its kind is worded now; a wording that can't be filled any more gives way to the built-in text.

    Args:
        link: where the button leads, which may be the placeholder of a secret.
    """
    form, row = FORMS[kind], _newest(work, kind, language_of(locale))
    filled = values | {"site": preferences.value(registry.SITE_NAME)}
    if row is not None and row.words:
        try:
            return templates.drawn(form, _template(form, row.words), locale, link, filled)
        except (Invalid, LookupError, ValueError):
            log.exception("version %s of %s in %s can't be filled", row.version, kind, row.locale)
            audit.security(
                work, "mail_template_failed", severity="warning", kind=kind, language=row.locale, version=row.version
            )
    return templates.drawn(form, form.built_in(locale), locale, link, filled)


def wording(work: Work, kind: str, locale: str) -> Wording:
    """How a kind is worded in a language, for admins.

    Raises:
        NotFound: there is no such kind or language.
    """
    form = known(work, kind, locale)
    rows = work.session.execute(_rows(kind, locale).limit(LISTED)).all()
    built_in = templates.typed(form.built_in(locale))
    versions = [_version(row, name or email or "", built_in) for row, name, email in rows]
    newest = rows[0][0] if rows else None
    is_edited = newest is not None and bool(newest.words)
    former = _loaded(newest.built_in) if newest is not None and is_edited else built_in
    return Wording(
        number=versions[0].number if versions else 0,
        typed=versions[0].typed if versions else built_in,
        built_in=built_in,
        is_edited=is_edited,
        former_built_in=former if former != built_in else None,
        versions=versions,
    )


def edited(work: Work) -> dict[str, list[str]]:
    """The languages in which each kind has words of its own."""
    work.require(Permission.ADMINISTER)
    rows = (_newest(work, kind, locale) for kind in FORMS for locale in LANGUAGES)
    found: dict[str, list[str]] = {kind: [] for kind in FORMS}
    for row in rows:
        if row is not None and row.words:
            found[row.kind].append(row.locale)
    return found


def save(actor: Actor, kind: str, locale: str, said: Typed, *, number: int) -> int:
    """Word a kind from now on; returns the number of the version.

    Args:
        number: the version that the form showed; 0 for none.

    Raises:
        NotFound: there is no such kind or language.
        InvalidForm: what is wrong with each field; a text that can't be filled is noted in the log.
        Stale: somebody saved another version meanwhile.
    """
    try:
        return run(actor, _saved, kind, locale, said, number)
    except InvalidForm as refused:
        run(actor, _note_refused, kind, locale, refused)
        raise


def bring_back(work: Work, kind: str, locale: str, version: int, *, number: int) -> int:
    """Let an older version count again, as a new one; 0 is the built-in text. Returns the number of the new version.

    Raises:
        NotFound: there is no such version.
        Conflict: it can't be filled any more.
        Stale: as `save`.
    """
    form = known(work, kind, locale)
    if not version:
        return _store(work, kind, locale, "", number, "reset")
    row = work.session.scalars(select(MailTemplate).where(*_is(kind, locale), MailTemplate.version == version)).first()
    if row is None:
        raise NotFound("There is no such thing.")
    try:
        if row.words:
            _template(form, row.words)
    except InvalidForm as refused:
        raise Conflict("This version can't be filled any more. Use it as a start for a new one.") from refused
    return _store(work, kind, locale, row.words, number, "restored")


def known(work: Work, kind: str, locale: str) -> Form:
    """What there is to word of a kind.

    Raises:
        NotFound: there is no such kind or language.
    """
    work.require(Permission.ADMINISTER)
    if kind not in FORMS or locale not in LANGUAGES:
        raise NotFound("There is no such thing.")
    return FORMS[kind]


def _saved(work: Work, kind: str, locale: str, said: Typed, number: int) -> int:
    template = templates.checked(known(work, kind, locale), said)
    return _store(work, kind, locale, _dumped(templates.typed(template)), number, "changed")


def _store(work: Work, kind: str, locale: str, words: str, number: int, action: str) -> int:
    newest = _newest(work, kind, locale)
    if newest is not None and newest.words == words:
        return newest.version
    if newest is None and not words:
        return 0
    _refuse_stale(work, kind, locale, number)
    number = newest.version if newest else 0
    added = work.insert_new(
        MailTemplate, kind=kind, locale=locale, version=number + 1, words=words, at=work.now, by=work.actor.user_id,
        built_in=_dumped(templates.typed(FORMS[kind].built_in(locale))),
    )  # fmt: skip
    if not added:
        _refuse_stale(work, kind, locale, number)
    audit.activity(work, "mail_template_changed", "mail", None, kind=kind, language=locale, status=action)
    live.publish(work, TOPIC, list(FORMS).index(kind))
    return number + 1


def _refuse_stale(work: Work, kind: str, locale: str, number: int) -> None:
    found = work.session.execute(_rows(kind, locale).limit(1)).first()
    if found is not None and found[0].version != number:
        row, name, email = found
        raise Stale(_version(row, name or email or "", templates.typed(FORMS[kind].built_in(locale))))


def _note_refused(work: Work, kind: str, locale: str, refused: InvalidForm) -> None:
    problems = "; ".join(f"{field}: {text}" for field, text in refused.texts("en").items())
    audit.activity(work, "mail_template_refused", "mail", None, kind=kind, language=locale, why=problems[:200])


def _newest(work: Work, kind: str, locale: str) -> MailTemplate | None:
    newest = select(MailTemplate).where(*_is(kind, locale)).order_by(MailTemplate.version.desc()).limit(1)
    return work.session.scalars(newest).first()


def _rows(kind: str, locale: str) -> Select[tuple[MailTemplate, str | None, str | None]]:
    """The versions with who saved them, newest first."""
    joined = select(MailTemplate, User.name, User.email).join(User, User.id == MailTemplate.by, isouter=True)
    return joined.where(*_is(kind, locale)).order_by(MailTemplate.version.desc())


def _is(kind: str, locale: str) -> tuple[bool, bool]:
    return MailTemplate.kind == kind, MailTemplate.locale == locale


def _version(row: MailTemplate, by: str, built_in: Typed) -> Version:
    return Version(row.version, by, row.at, not row.words, _loaded(row.words) if row.words else built_in)


def _template(form: Form, words: str) -> Template:
    return templates.checked(form, _loaded(words))


def _dumped(said: Typed) -> str:
    return json.dumps(asdict(said), ensure_ascii=False)


def _loaded(words: str) -> Typed:
    """The fields that were saved; one that a later version of the software no longer has is left out."""
    kept = json.loads(words)
    if not isinstance(kept, dict) or not all(isinstance(one, str) for one in kept.values()):
        raise ValueError("These are no words.")
    return Typed(**{name: kept[name] for name in asdict(Typed()) if name in kept})
