"""The public card behind an address or a scanned QR."""

from dataclasses import asdict
from typing import Any

import reflex as rx

from talento.errors import NotFound
from talento.services.talents import profile
from talento.services.work import Work
from talento.state.doors import PUBLIC, event
from talento.state.session import look

NO_CARD = profile.Card("", "", "", "", "", [], [], "", "")


class CardState(rx.State):
    """What one person published, in both languages; nothing when there is no such card."""

    is_ready: bool = False
    code: str = ""
    name: str = ""
    photo_url: str = ""
    bio: str = ""
    url: str = ""
    place_en: str = ""
    place_fr: str = ""
    skills_en: list[str] = []
    skills_fr: list[str] = []
    languages_en: list[str] = []
    languages_fr: list[str] = []

    @event(PUBLIC, rate=(120, 60.0))
    async def open(self):
        """Find the card for the code in the address, in whatever form it was typed."""
        try:
            english, french = await look(_both, self.router.url.path)
        except NotFound:
            self._clear()
        else:
            self._show(asdict(english), asdict(french))
        self.is_ready = True

    def _show(self, english: dict[str, Any], french: dict[str, Any]) -> None:
        for name in ("code", "name", "photo_url", "bio", "url"):
            setattr(self, name, english[name])
        self.place_en, self.place_fr = _place(english), _place(french)
        self.skills_en, self.skills_fr = english["skills"], french["skills"]
        self.languages_en, self.languages_fr = english["languages"], french["languages"]

    def _clear(self) -> None:
        nothing = {
            "code": "",
            "name": "",
            "photo_url": "",
            "bio": "",
            "url": "",
            "city": "",
            "skills": [],
            "languages": [],
        }
        self._show(nothing, nothing)


def _both(work: Work, address: str) -> tuple[profile.Card, profile.Card]:
    return profile.card(work, address, locale="en"), profile.card(work, address, locale="fr")


def _place(card: dict[str, Any]) -> str:
    return f"{card['city']}, {card['country']}" if card["city"] else ""
