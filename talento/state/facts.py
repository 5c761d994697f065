"""What a form holds while it is being filled in: shared by wizards, profiles and every form made of facts."""

from enum import StrEnum
from typing import Any

import reflex as rx

from talento.models.facts import Fact, Kind
from talento.services.forms import OTHER_CITY, Form
from talento.services.reference import book
from talento.services.talents import form
from talento.state.doors import current

LISTED = (Kind.CHOICES, Kind.SKILLS)
ELSEWHERE = (Kind.PHOTO, Kind.CV, Kind.GALLERY, Kind.CREDITS)
"""Kinds whose answers are kept by other means than texts and lists of texts."""

MOST = 100


class FactsMixin(rx.State, mixin=True):
    """The answers as typed, what is wrong with them, and the cities of the chosen country.

    A state that asks something else than a general talent's form says so in `_form`, and declares `lists` with an
    empty list for each fact of several values.
    """

    raw: dict[str, str] = {}
    lists: dict[str, list[str]] = {"languages": [], "skills": []}
    problems: dict[str, str] = {}
    cities: list[dict[str, str]] = []
    currency: str = ""

    def _form(self) -> Form:
        return form.FORM

    def _fill(self, data: dict[str, Any]) -> None:
        facts = self._form().facts()
        self.raw = {name: _text(data.get(name)) for name in (*_texts(facts), *_others(facts))}
        self.lists = {name: list(data.get(name) or []) for name in _lists(facts)}
        self._follow_country()

    def _typed(self, step: str | None = None) -> dict[str, Any]:
        everything = {**self.raw, **{name: list(values) for name, values in self.lists.items()}}
        if step is None:
            return everything
        facts = self._form().facts(self._step(step))
        names = {known.name for known in facts} | set(_others(self._form().facts()))
        return {name: value for name, value in everything.items() if name in names}

    def _take(self, name: str, value: str) -> None:
        """Note one answer; a new country asks for a new city."""
        if name not in self.raw and name not in _names(self._form().facts()):
            return
        is_moved = name == self._country_name() and self.raw.get(name) != value
        self.raw[name] = value
        if is_moved:
            self.raw["city"] = ""
            self._follow_country()

    def _take_all(self, step: str, data: dict[str, Any]) -> None:
        texts = _texts(self._form().facts(self._step(step)))
        for name in texts:
            if isinstance(data.get(name), str):
                self._take(name, data[name])
        if isinstance(data.get("city_typed"), str):
            self.raw["city_typed"] = data["city_typed"]

    def _toggle(self, name: str, value: str, is_on: bool) -> None:
        if name not in self.lists:
            return
        others = [one for one in self.lists[name] if one != value]
        self.lists = {**self.lists, name: [*others, value][:MOST] if is_on else others}

    def _judge(self, step: str) -> dict[str, str]:
        """What is wrong with a step, in the reader's language, by field."""
        found = self._form().problems(self._typed() | self._files(), steps=[self._step(step)])
        return {name: refusal.text(current().locale) for name, refusal in found.items()}

    def _judge_one(self, step: str, name: str) -> None:
        wrong = self._judge(step)
        kept = {key: text for key, text in self.problems.items() if key != name}
        self.problems = kept | ({name: wrong[name]} if name in wrong else {})

    def _files(self) -> dict[str, Any]:
        return {}

    def _step(self, name: str) -> StrEnum:
        return self._form().steps(name)

    def _country_name(self) -> str:
        """The fact that the city belongs to; empty when no city is asked for."""
        return next((known.within for known in self._form().facts() if known.kind is Kind.CITY), "")

    def _follow_country(self) -> None:
        country = self.raw.get(self._country_name(), "")
        locale = current().locale
        offered = book().cities_of.get(country, [])
        self.cities = [{"value": str(city.id), "label": city.label(locale)} for city in offered if not city.is_unlisted]
        self.currency = book().currencies.get(country, "")
        unlisted = next((str(city.id) for city in offered if city.is_unlisted), "")
        if unlisted and self.raw.get("city") == unlisted:
            self.raw["city"] = OTHER_CITY


def _text(value: Any) -> str:
    return "" if value in (None, False) else str(value)


def _names(facts: list[Fact]) -> tuple[str, ...]:
    return (*_texts(facts), *_others(facts))


def _texts(facts: list[Fact]) -> tuple[str, ...]:
    return tuple(known.name for known in facts if known.kind not in (*LISTED, *ELSEWHERE))


def _lists(facts: list[Fact]) -> tuple[str, ...]:
    return tuple(known.name for known in facts if known.kind in LISTED)


def _others(facts: list[Fact]) -> tuple[str, ...]:
    """What is typed beside the facts: the name of a city that is not listed, the country a phone is read for."""
    phones = [f"{known.name}_country" for known in facts if known.kind is Kind.PHONE]
    cities = ["city_typed" for known in facts if known.kind is Kind.CITY]
    return (*cities, *phones)
