"""What a form about a person holds while it is being filled in: shared by the wizard and the profile."""

from typing import Any

import reflex as rx

from talento.models.facts import Kind, Step
from talento.services.reference import book
from talento.services.talents import form
from talento.state.doors import current

LISTS = ("languages", "skills")
NAMES = tuple(known.name for known in form.facts() if known.kind not in (Kind.PHOTO, Kind.CV))
TEXTS = tuple(name for name in NAMES if name not in LISTS)
PLACES = {"origin", "residence"}
OTHERS = ("city_typed", "phone_country", "whatsapp_country")


class FactsMixin(rx.State, mixin=True):
    """The answers as typed, what is wrong with them, and the cities of the chosen country."""

    raw: dict[str, str] = {}
    languages: list[str] = []
    skills: list[str] = []
    problems: dict[str, str] = {}
    cities: list[dict[str, str]] = []
    currency: str = ""

    def _fill(self, data: dict[str, Any]) -> None:
        self.raw = {name: str(data.get(name) or "") for name in (*TEXTS, *OTHERS)}
        self.languages = list(data.get("languages") or [])
        self.skills = list(data.get("skills") or [])
        self._follow_residence()

    def _typed(self, step: str | None = None) -> dict[str, Any]:
        everything = {**self.raw, "languages": list(self.languages), "skills": list(self.skills)}
        if step is None:
            return everything
        names = {known.name for known in form.facts(Step(step))} | set(OTHERS)
        return {name: value for name, value in everything.items() if name in names}

    def _take(self, name: str, value: str) -> None:
        """Note one answer; a new country of residence asks for a new city."""
        if name not in (*TEXTS, *OTHERS):
            return
        is_moved = name == "residence" and self.raw.get(name) != value
        self.raw[name] = value
        if is_moved:
            self.raw["city"] = ""
            self._follow_residence()

    def _take_all(self, step: str, data: dict[str, Any]) -> None:
        for known in form.facts(Step(step)):
            if known.name in data and known.name in TEXTS and isinstance(data[known.name], str):
                self._take(known.name, data[known.name])
        if isinstance(data.get("city_typed"), str):
            self.raw["city_typed"] = data["city_typed"]

    def _toggle(self, name: str, value: str, is_on: bool) -> None:
        if name not in LISTS:
            return
        others = [one for one in getattr(self, name) if one != value]
        setattr(self, name, [*others, value][:100] if is_on else others)

    def _judge(self, step: str) -> dict[str, str]:
        """What is wrong with a step, in the reader's language, by field."""
        found = form.problems(self._typed() | self._files(), steps=[Step(step)])
        return {name: refusal.text(current().locale) for name, refusal in found.items()}

    def _judge_one(self, step: str, name: str) -> None:
        wrong = self._judge(step)
        kept = {key: text for key, text in self.problems.items() if key != name}
        self.problems = kept | ({name: wrong[name]} if name in wrong else {})

    def _files(self) -> dict[str, str]:
        return {}

    def _follow_residence(self) -> None:
        residence = self.raw.get("residence", "")
        locale = current().locale
        offered = book().cities_of.get(residence, [])
        self.cities = [{"value": str(city.id), "label": city.label(locale)} for city in offered if not city.is_unlisted]
        self.currency = book().currencies.get(residence, "")
        unlisted = next((str(city.id) for city in offered if city.is_unlisted), "")
        if unlisted and self.raw.get("city") == unlisted:
            self.raw["city"] = form.OTHER_CITY
