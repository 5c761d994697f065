"""The public card behind an address or a scanned QR, of a general or of a cinema profile."""

from typing import Any

import reflex as rx

from talento.errors import NotFound
from talento.services.cinema import card as cinema
from talento.services.cinema.profile import CreditLine, Photo
from talento.services.talents import profile
from talento.services.wording import Line
from talento.services.work import Work
from talento.state.doors import PUBLIC, event
from talento.state.session import look


class CardState(rx.State):
    """What one person published, in both languages; nothing when there is no such card."""

    is_ready: bool = False
    is_cinema: bool = False
    code: str = ""
    name: str = ""
    photo_url: str = ""
    bio: str = ""
    url: str = ""
    showreel: str = ""
    place_en: str = ""
    place_fr: str = ""
    kinds: list[str] = []
    skills_en: list[str] = []
    skills_fr: list[str] = []
    languages_en: list[str] = []
    languages_fr: list[str] = []
    measures_en: list[Line] = []
    measures_fr: list[Line] = []
    gallery: list[Photo] = []
    credits: list[CreditLine] = []

    @event(PUBLIC, rate=(120, 60.0))
    async def open(self):
        """Find the card for the code in the address, in whatever form it was typed."""
        self.reset()
        try:
            english, french = await look(_both, self.router.url.path)
        except NotFound:
            pass
        else:
            self._show(english, french)
        self.is_ready = True

    def _show(self, english: Any, french: Any) -> None:
        self.is_cinema = isinstance(english, cinema.CinemaCard)
        for name in ("code", "name", "photo_url", "bio", "url"):
            setattr(self, name, getattr(english, name))
        self.place_en, self.place_fr = _place(english), _place(french)
        self.skills_en, self.skills_fr = english.skills, french.skills
        self.languages_en, self.languages_fr = english.languages, french.languages
        if self.is_cinema:
            for name in ("kinds", "gallery", "credits", "showreel"):
                setattr(self, name, getattr(english, name))
            self.measures_en, self.measures_fr = english.measures, french.measures


def _both(work: Work, address: str) -> tuple[Any, Any]:
    try:
        return profile.card(work, address, locale="en"), profile.card(work, address, locale="fr")
    except NotFound:
        return cinema.card(work, address, locale="en"), cinema.card(work, address, locale="fr")


def _place(card: Any) -> str:
    return f"{card.city}, {card.country}" if card.city else ""
