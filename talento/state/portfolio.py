"""Photos and credits while they are arranged: the same in a wizard and in a profile."""

from typing import Any

import reflex as rx

from talento.errors import InvalidForm, Refusal
from talento.services import credits
from talento.services.cinema import form, portfolio
from talento.services.cinema.portfolio import Change, CreditItem, PhotoItem
from talento.services.cinema.profile import CreditLine, Photo
from talento.services.credits import Found
from talento.services.tokens import new_token
from talento.state.doors import Public, current, event
from talento.state.session import aside
from talento.vocabulary.casting import PhotoCategory
from talento.vocabulary.permissions import Permission

EMPTY = {"key": "", "title": "", "year": "", "kind": "", "part": "", "imdb_id": ""}


def arranged_by(needs: Permission | Public) -> Any:
    """The part of a state that arranges photos and credits, for those who may.

    The state stores what changes in `_change_gallery` and `_change_credits`.
    """

    class PortfolioMixin(rx.State, mixin=True):
        """The gallery and the credits, and the credit that is being written."""

        gallery: list[Photo] = []
        credits: list[CreditLine] = []
        credit: dict[str, str] = {}
        is_writing: bool = False
        credit_problems: dict[str, str] = {}
        can_look_up: bool = False
        is_looking_up: bool = False
        found: list[Found] = []
        look_up_said: str = ""

        @event(needs)
        async def photo_added(self, key: str, name: str, url: str):
            """A photo arrived through `POST /files`."""
            await self._arrange_photos(portfolio.added(PhotoItem(key)))

        @event(needs)
        async def photo_removed(self, key: str):
            """Take a photo away."""
            await self._arrange_photos(portfolio.removed(key))

        @event(needs)
        async def photo_moved(self, key: str, place: int):
            """Put a photo at a place, from 0."""
            await self._arrange_photos(portfolio.moved(key, place))

        @event(needs)
        async def photo_named(self, key: str, category: str):
            """Say what a photo shows."""
            found = PhotoCategory.parse(category) or PhotoCategory.OTHER
            await self._arrange_photos(portfolio.replaced(PhotoItem(key, found)))

        @event(needs)
        async def credit_begun(self):
            """Write a new credit."""
            self._write(EMPTY)
            self.can_look_up = credits.is_ready()

        @event(needs)
        async def credit_opened(self, key: str):
            """Write an existing one anew."""
            line = next((one for one in self.credits if one.key == key), None)
            if line is not None:
                year = str(line.year) if line.year else ""
                imdb_id = line.url.rstrip("/").rpartition("/")[2]
                self._write({**EMPTY, "key": key, "title": line.title, "year": year, "kind": line.kind,
                             "part": line.part, "imdb_id": imdb_id})  # fmt: skip
                self.can_look_up = credits.is_ready()

        @event(needs)
        async def credit_left(self):
            """Give up what is being written."""
            self._write(None)

        @event(needs)
        async def credit_typed(self, name: str, value: str):
            """Note one field of the credit that is being written."""
            self._type(name, value)

        @event(needs)
        async def credit_entered(self, name: str, value: str):
            """The same, and keep it: Enter was pressed."""
            self._type(name, value)
            await self._keep_credit()

        @event(needs)
        async def credit_saved(self):
            """Keep the credit that is being written, if it is in order."""
            await self._keep_credit()

        @event(needs)
        async def credit_removed(self, key: str):
            """Take a credit away."""
            await self._arrange_credits(portfolio.removed(key))

        @event(needs)
        async def credit_moved(self, key: str, by: int):
            """Move a credit up or down."""
            at = next((place for place, one in enumerate(self.credits) if one.key == key), 0)
            await self._arrange_credits(portfolio.moved(key, at + by))

        @event(needs, rate=(20, 60.0))
        async def look_up(self):
            """Ask the film database for the title; what was typed stays whatever it answers."""
            title = self.credit.get("title", "")
            self.found, self.look_up_said, self.is_looking_up = [], "", True
            yield
            try:
                self.found = await aside(credits.look_up, current(), title)
            except Refusal as refused:
                self.look_up_said = refused.text(current().locale)
            finally:
                self.is_looking_up = False

        @event(needs)
        async def found_picked(self, imdb_id: str):
            """Fill in the credit with what was found."""
            one = next((one for one in self.found if one.imdb_id == imdb_id), None)
            if one is not None:
                year = str(one.year) if one.year else ""
                self.credit = {**self.credit, "title": one.title, "year": year, "kind": one.kind, "imdb_id": imdb_id}
                self.found, self.look_up_said, self.credit_problems = [], "", {}

        def _type(self, name: str, value: str) -> None:
            if name in ("title", "year", "kind", "part") and self.is_writing:
                self.credit = {**self.credit, name: value[:300]}
                self.credit_problems = {key: said for key, said in self.credit_problems.items() if key != name}

        async def _keep_credit(self) -> None:
            if not self.is_writing:
                return
            key = self.credit.get("key")
            try:
                item = form.credit(self.credit | {"key": key or f"new-{new_token()[:12]}"})
            except InvalidForm as refused:
                self.credit_problems = refused.texts(current().locale)
                return
            if await self._arrange_credits(portfolio.replaced(item) if key else portfolio.added(item)):
                self._write(None)

        def _write(self, credit: dict[str, str] | None) -> None:
            self.credit, self.is_writing = dict(credit or {}), credit is not None
            self.credit_problems, self.found, self.look_up_said = {}, [], ""

        async def _arrange_photos(self, change: Change[PhotoItem]) -> None:
            try:
                await self._change_gallery(change)
            except Refusal as refused:
                self._complain_of("gallery", refused.text(current().locale))
            else:
                self._complain_of("gallery", "")

        async def _arrange_credits(self, change: Change[CreditItem]) -> bool:
            try:
                await self._change_credits(change)
            except Refusal as refused:
                self._complain_of("credits", refused.text(current().locale))
                return False
            self._complain_of("credits", "")
            return True

        def _complain_of(self, name: str, text: str) -> None:
            others = {key: said for key, said in self.problems.items() if key != name}
            self.problems = others | ({name: text} if text else {})

        async def _change_gallery(self, change: Change[PhotoItem]) -> None:
            raise NotImplementedError

        async def _change_credits(self, change: Change[CreditItem]) -> None:
            raise NotImplementedError

    return PortfolioMixin
