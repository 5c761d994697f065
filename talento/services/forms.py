"""The answers of a form: checked field by field, each refusal beside its field.

A `Form` reads its questions from the facts of one table, so that a new fact needs no line here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from sqlmodel import SQLModel

from talento import clock
from talento.errors import Invalid, InvalidForm, Refusal
from talento.i18n import phrase
from talento.models.facts import Fact, Kind, Use, facts_of
from talento.services import text
from talento.services.reference import Book, book
from talento.vocabulary.networks import Network
from talento.vocabulary.skills import SkillTag
from talento.vocabulary.zones import zones

OLDEST = 120
OTHER_CITY = "unlisted"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """Checked values by fact name; `city_typed` and `currency` come with the places."""

    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True)
class Form:
    """What is asked about one table's rows, step by step.

    Args:
        steps: the wizard's steps, in order.
        tag: which skills are offered.
        skills: how few and how many may be chosen now.
        currency: whether the currency follows the country of residence.
        but: facts that are not checked this time: what is on file stays.
    """

    table: type[SQLModel]
    steps: type[StrEnum]
    tag: SkillTag = SkillTag.GENERAL
    skills: Callable[[], tuple[int, int]] = lambda: (0, 5)
    has_currency: bool = False
    but: frozenset[str] = frozenset()

    def facts(self, step: StrEnum | None = None) -> list[Fact]:
        """What the form asks, in order; of one step or of all."""
        return [known for known in facts_of(self.table, Use.FORM) if step is None or known.step is step]

    def groups(self, step: StrEnum) -> list[tuple[str, list[Fact]]]:
        """The facts of a step under their headings; all of them under none."""
        return [("", self.facts(step))]

    def note(self, title: str) -> str:
        """A word under a heading; empty for none."""
        return ""

    @cached_property
    def names(self) -> dict[str, Fact]:
        """The facts by name."""
        return {known.name: known for known in self.facts()}

    def checked(
        self,
        raw: Raw,
        *,
        steps: Iterable[StrEnum] | None = None,
    ) -> Answers:
        """The answers of some steps, or of all.

        Args:
            raw: what was typed: texts, or lists of texts for languages and skills. Unknown names are ignored.

        Raises:
            InvalidForm: one refusal for each field that needs attention.
        """
        asked = [known for step in steps or self.steps for known in self.facts(step) if known.name not in self.but]
        values, problems = {}, {}
        for known in asked:
            try:
                values[known.name] = self.answer(known, raw)
            except Refusal as refusal:
                problems[known.name] = refusal
        self.compare(values, problems, raw)
        if problems:
            raise InvalidForm(problems)
        if "city" in values and "city" in self.names and self.names["city"].kind is Kind.CITY:
            values["city_typed"] = text.line(_said(raw, "city_typed"))[:100]
        if "residence" in values and self.has_currency:
            values["currency"] = book().currencies[values["residence"]]
        return Answers(values)

    def problems(self, raw: Raw, *, steps: Iterable[StrEnum] | None = None) -> dict[str, Refusal]:
        """What is wrong with the answers, by field; empty when nothing is."""
        try:
            self.checked(raw, steps=steps)
        except InvalidForm as form:
            return form.problems
        return {}

    def compare(self, values: dict[str, Any], problems: dict[str, Refusal], raw: Raw) -> None:
        """Note what is wrong between answers, and amend what one answer changes about another."""

    def answer(self, known: Fact, raw: Raw) -> Any:
        """The checked value of one fact; None or empty when it was left out.

        Raises:
            Invalid: what is wrong with it.
        """
        if known.kind is Kind.SKILLS:
            return _skills(known, raw, self.tag, *self.skills())
        if known.kind in _WHOLE:
            return _WHOLE[known.kind](known, raw)
        said = _said(raw, known.name)
        if not said.strip():
            if known.required:
                raise Invalid(_MISSING.get(known.kind, phrase("Please fill this in.")), field=known.name)
            return _EMPTY.get(known.kind)
        if len(said) > known.max_length and known.kind is not Kind.PHONE:
            raise Invalid("At most {count} characters, please.", field=known.name, count=known.max_length)
        return _CHECKS[known.kind](known, said, raw)


def _said(raw: Raw, name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else "" if value is None or isinstance(value, list | dict) else str(value)


def _list(raw: Raw, name: str) -> list[str]:
    value = raw.get(name)
    parts = value if isinstance(value, list) else str(value).split(",") if value else []
    return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def _text(known: Fact, said: str, raw: Raw) -> str:
    cleaned = text.line(said)
    if known.required and not any(character.isalnum() for character in cleaned):
        raise Invalid("Please use at least one letter.", field=known.name)
    return cleaned


def _long_text(known: Fact, said: str, raw: Raw) -> str:
    return text.lines(said)


def _identity(known: Fact, said: str, raw: Raw) -> str:
    number = re.sub(r"[\s.\-/]", "", text.line(said)).upper()
    if not re.fullmatch(r"[0-9A-Z]{4,30}", number):
        raise Invalid("A document number has 4 to 30 letters and digits.", field=known.name)
    return number


def _date(known: Fact, said: str, raw: Raw) -> date:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError as error:
        raise Invalid("This is not a date.", field=known.name) from error
    if day > clock.today():
        raise Invalid("This date is in the future.", field=known.name)
    if clock.age_on(day, clock.today()) > OLDEST:
        raise Invalid("This date is too long ago.", field=known.name)
    return day


def _day(known: Fact, said: str, raw: Raw) -> date:
    try:
        day = date.fromisoformat(said.strip())
    except ValueError as error:
        raise Invalid("This is not a date.", field=known.name) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid("This is not a date.", field=known.name)
    return day


def _number(known: Fact, said: str, raw: Raw) -> int:
    plain = re.sub(r"[\s\u00a0\u202f']", "", said)
    low, high = known.between or (0, 10**9)
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise Invalid("Please write a whole number.", field=known.name)
    if not low <= int(plain) <= high:
        raise Invalid("This must be between {low} and {high}.", field=known.name, low=low, high=high)
    return int(plain)


def _consent(known: Fact, raw: Raw) -> bool:
    is_given = raw.get(known.name) in (True, "true", "True", "1", "on", "yes")
    if known.required and not is_given:
        raise Invalid("Please tick this box to go on.", field=known.name)
    return is_given


def _zone(known: Fact, said: str, raw: Raw) -> str:
    if said.strip() not in zones():
        raise Invalid("Please choose a time zone from the list.", field=known.name)
    return said.strip()


def _currency(known: Fact, said: str, raw: Raw) -> str:
    code = said.strip().upper()
    if code not in book().currencies.values():
        raise Invalid("Please choose a currency from the list.", field=known.name)
    return code


def _choice(known: Fact, said: str, raw: Raw) -> Any:
    found = known.choices.parse(said) if known.choices else None
    if found is None:
        raise Invalid("Please choose one of the options.", field=known.name)
    return found


def _choices(known: Fact, raw: Raw) -> list[Any]:
    assert known.choices is not None
    found = [known.choices.parse(said) for said in _list(raw, known.name)]
    if None in found:
        raise Invalid("Please choose among the options.", field=known.name)
    if known.required and not found:
        raise Invalid("Please choose at least one.", field=known.name)
    return list(dict.fromkeys(found))


def _country(known: Fact, said: str, raw: Raw) -> str:
    code = said.strip().upper()
    if code not in book().countries:
        raise Invalid("Please choose a country from the list.", field=known.name)
    return code


def _city(known: Fact, said: str, raw: Raw) -> int:
    offered = book().cities_of.get(_said(raw, known.within).strip().upper())
    if not offered:
        raise Invalid(
            "Choose the country of residence first." if known.within == "residence" else "Choose the country first.",
            field=known.name,
        )
    if said == OTHER_CITY:
        return next(place.id for place in offered if place.is_unlisted)
    found = next((place.id for place in offered if str(place.id) == said.strip()), None)
    if found is None:
        raise Invalid("Please choose a city of this country.", field=known.name)
    return found


def _email(known: Fact, said: str, raw: Raw) -> str:
    return text.email_address(said, field=known.name)


def _phone(known: Fact, said: str, raw: Raw) -> str:
    return phone(said, region=phone_region(raw, known.name), field=known.name)


def phone_region(raw: Raw, name: str) -> str:
    """The country a number without `+` is read for: the one chosen beside it, else where one lives or works."""
    chosen = (_said(raw, part) for part in (f"{name}_country", "residence", "country", "origin"))
    return next((code.upper() for code in chosen if code.upper() in book().countries), "MA")


def phone(said: str, *, region: str, field: str = "phone") -> str:
    """A phone number as E.164.

    Raises:
        Invalid: no such number can exist in the country.
    """
    if len(said) > 40:
        raise Invalid("This phone number is too long.", field=field)
    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException as error:
        raise Invalid("This is not a phone number.", field=field) from error
    if not phonenumbers.is_valid_number(number):
        raise Invalid("This number does not exist in the chosen country.", field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _money(known: Fact, said: str, raw: Raw) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f']", "", said).replace(",", ".")
    low, high = known.between or (0, 10**9)
    try:
        amount = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Invalid("Please write an amount in figures.", field=known.name) from error
    if not amount.is_finite() or not low <= amount <= high:
        raise Invalid("The amount must be between {low} and {high}.", field=known.name, low=low, high=high)
    return amount


def _url(known: Fact, said: str, raw: Raw) -> str:
    return text.address(said, field=known.name)


def _network(known: Fact, said: str, raw: Raw) -> str:
    network = Network(known.name)
    handle = re.fullmatch(r"@?([\w.\-]{1,60})", text.line(said))
    if handle and not network.of_host(handle[1].lower()) and ("." not in handle[1] or said.strip().startswith("@")):
        return f"https://{network.hosts[0]}/{handle[1]}"
    found = text.address(said, field=known.name)
    if not network.owns(urlsplit(found).hostname or ""):
        raise Invalid("This address does not belong to {network}.", field=known.name, network=network.en)
    return found


def _skills(known: Fact, raw: Raw, tag: SkillTag, at_least: int, at_most: int) -> list[int]:
    offered: Book = book()
    found = [offered.skills.get(said) for said in _list(raw, known.name)]
    if any(skill is None or not skill.is_active or skill.tag != tag for skill in found):
        raise Invalid("Please choose skills from the list.", field=known.name)
    if len(found) < at_least == 1:
        raise Invalid("Please choose at least one skill.", field=known.name)
    if len(found) < at_least:
        raise Invalid("Please choose at least {count} skills.", field=known.name, count=at_least)
    if len(found) > at_most:
        raise Invalid("Please choose at most {count} skills.", field=known.name, count=at_most)
    return [skill.id for skill in found if skill]


def _file(known: Fact, said: str, raw: Raw) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", said):
        raise Invalid("Please upload the file again.", field=known.name)
    return said


_CHECKS: Mapping[Kind, Callable[[Fact, str, Raw], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.IDENTITY: _identity,
    Kind.DATE: _date,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.ZONE: _zone,
    Kind.CURRENCY: _currency,
    Kind.CHOICE: _choice,
    Kind.COUNTRY: _country,
    Kind.CITY: _city,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.MONEY: _money,
    Kind.URL: _url,
    Kind.NETWORK: _network,
    Kind.PHOTO: _file,
    Kind.CV: _file,
}
_WHOLE: Mapping[Kind, Callable[[Fact, Raw], Any]] = {Kind.CHOICES: _choices, Kind.CONSENT: _consent}
"""Kinds whose answer is more than one text."""

_EMPTY: Mapping[Kind, Any] = dict.fromkeys((Kind.TEXT, Kind.LONG_TEXT, Kind.URL), "")
_MISSING: Mapping[Kind, str] = {
    Kind.COUNTRY: phrase("Please choose a country."),
    Kind.CITY: phrase("Please choose a city."),
    Kind.CHOICE: phrase("Please choose one."),
}
