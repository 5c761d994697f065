"""How a wording would look, filled with the last message of its kind, with somebody of the registry, or examples."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select

from talento.errors import NotFound
from talento.i18n import say, translation
from talento.models.accounts import User
from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail
from talento.models.talents import Talent
from talento.services import audit, preferences, throttle
from talento.services.mail import outbox, templates
from talento.services.mail.kinds import ESSENTIAL
from talento.services.mail.letter import UNSUBSCRIBE, Letter
from talento.services.mail.templates import Form, Typed, Value
from talento.services.mail.versions import known
from talento.services.preferences import registry
from talento.services.throttle import Limit
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.recap import RecapField

TESTS = (Limit("mail-template-tests/hour", 30, timedelta(hours=1)),)
"""So many test messages an hour for one admin."""

RECENT = 200
"""Among so many messages of a kind the last one in a language is looked for."""

COLUMNS = (RecapField.NAME, RecapField.CODE, RecapField.CITY)
ROWS = (("Amina Alaoui", "MAF0001RAB", "Rabat"), ("Karim Bennani", "MAM0002CAS", "Casablanca"))


@dataclass(frozen=True, slots=True)
class Filling:
    """What a preview is filled with. `source`: `mail` (to `who`), `person` (who) or `examples`."""

    source: str = "examples"
    who: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as it would be received; nothing is sent."""

    subject: str = ""
    html: str = ""
    text: str = ""
    filling: Filling = Filling()


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two wordings: in which field, what was there, what is there now."""

    field: str
    was: str
    now: str


def preview(work: Work, kind: str, locale: str, said: Typed, user_id: int = 0) -> Preview:
    """The message that a wording makes.

    Args:
        user_id: whose facts fill it; 0 for the last message of its kind or, without one, whoever registered last.

    Raises:
        NotFound: there is no such kind, language or person.
        InvalidForm: what is wrong with each field.
    """
    letter, filling = _letter(work, kind, locale, said, user_id)
    can_leave = kind not in ESSENTIAL
    html, text = letter.html(can_unsubscribe=can_leave), letter.text(can_unsubscribe=can_leave)
    address = f"{settings().base_url}/unsubscribe/…"
    return Preview(letter.subject, html.replace(UNSUBSCRIBE, address), text.replace(UNSUBSCRIBE, address), filling)


def send(work: Work, kind: str, locale: str, said: Typed, user_id: int = 0) -> str:
    """Send the actor what `preview` shows, through the outbox, marked as a test; returns their address.

    Raises:
        NotFound, InvalidForm: as `preview`.
        TooMany: too many in an hour.
    """
    letter, _ = _letter(work, kind, locale, said, user_id)
    throttle.spend(work, TESTS, f"user:{work.actor.user_id}")
    user = work.get(User, work.actor.user_id or 0)
    marked = replace(letter, subject=say(locale, "Test: {subject}", subject=letter.subject), facts={})
    outbox.put_test(work, kind, user, marked)
    audit.activity(work, "mail_template_tested", "mail", None, kind=kind, language=locale)
    return user.email


def difference(before: Typed, after: Typed) -> list[Change]:
    """What differs, paragraph by paragraph, in the order of the form."""
    return [
        Change(name, "\n\n".join(was), "\n\n".join(now))
        for name in ("subject", "greeting", "body", "button", "notes")
        for was, now in _changed(getattr(before, name), getattr(after, name))
    ]


def _changed(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    old, new = ([part for part in said.split("\n\n") if part] for said in (before, after))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[a:b], new[c:d]) for tag, a, b, c, d in steps if tag != "equal"]


def _letter(work: Work, kind: str, locale: str, said: Typed, user_id: int) -> tuple[Letter, Filling]:
    form = known(work, kind, locale)
    template = templates.checked(form, said)
    found, filling = _facts(work, form, kind, locale, user_id)
    values = _examples(form, locale) | found | {"site": preferences.value(registry.SITE_NAME)}
    return templates.drawn(form, template, locale, settings().base_url, values), filling


def _facts(work: Work, form: Form, kind: str, locale: str, user_id: int) -> tuple[dict[str, Value], Filling]:
    if user_id:
        return _of_person(form, *_person(work, user_id))
    recent = select(OutgoingMail.id).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id.desc()).limit(RECENT)
    is_real = (OutgoingMail.locale == locale, OutgoingMail.facts != "", ~OutgoingMail.is_copy, ~OutgoingMail.is_test)
    newest = select(OutgoingMail).where(OutgoingMail.id.in_(recent), *is_real).order_by(OutgoingMail.id.desc())
    mail = work.session.scalars(newest.limit(1)).first()
    if mail is not None:
        kept: dict[str, Value] = json.loads(mail.facts)
        known_facts = {name: value for name, value in kept.items() if name in form.variables}
        return known_facts, Filling("mail", mail.recipient)
    newcomer = work.session.scalars(select(Talent.user_id).order_by(Talent.id.desc()).limit(1)).first()
    is_personal = any(variable.person for variable in form.variables.values())
    return _of_person(form, *_person(work, newcomer)) if newcomer and is_personal else ({}, Filling())


def _person(work: Work, user_id: int) -> tuple[User, Talent | CinemaTalent | None]:
    user = work.session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such thing.")
    return user, next((row for table in (Talent, CinemaTalent) if (row := _profile(work, table, user_id))), None)


def _profile(work: Work, table: Any, user_id: int) -> Any:
    return work.session.scalars(select(table).where(table.user_id == user_id)).first()


def _of_person(form: Form, user: User, row: Talent | CinemaTalent | None) -> tuple[dict[str, Value], Filling]:
    full_name = f"{row.first_name} {row.last_name}".strip() if row else user.name or user.email
    facts: Mapping[str, str] = {
        "first_name": row.first_name if row else full_name,
        "full_name": full_name,
        "code": row.code if row else "",
        "email": user.email,
    }
    told = {name: facts[one.person] for name, one in form.variables.items() if facts.get(one.person)}
    return dict(told), Filling("person", f"{full_name} ({facts['code'] or user.email})")


def _examples(form: Form, locale: str) -> dict[str, Value]:
    said: dict[str, Value] = {name: translation(locale, one.example) for name, one in form.variables.items()}
    if "table" in form.variables:
        said["table"] = [[column.label(locale) for column in COLUMNS], *map(list, ROWS)]
    return said
