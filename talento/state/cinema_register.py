"""The wizard of a cinema talent: the general one's comfort, a gallery, credits, and a guardian for the young."""

from dataclasses import asdict
from typing import Any

import reflex as rx

from talento.services.cinema import form, profile, register
from talento.services.cinema.portfolio import Change, CreditItem, PhotoItem
from talento.services.drafts import DraftView
from talento.services.uploads import store
from talento.state.doors import PUBLIC
from talento.state.portfolio import arranged_by
from talento.state.session import do
from talento.state.wizard import Course, WizardMixin

COURSE = Course(register.REGISTRATION, register.known, "/cinema/profile")


class CinemaRegisterState(arranged_by(PUBLIC), WizardMixin, rx.State):
    """Where the reader stands in the cinema wizard, and what they answered."""

    lists: dict[str, list[str]] = {
        "languages": [], "skills": [], "accents": [], "kinds": [], "licenses": [], "ethnicities": [],
    }  # fmt: skip
    is_young: bool = False
    was_young: bool = False

    def _course(self) -> Course:
        return COURSE

    def _show(self, draft: DraftView | None) -> None:
        data = draft.data if draft else {}
        self.gallery = [
            profile.Photo(item.key, f"/files/{item.key}", item.category.value)
            for item in form.photos(data.get("gallery"))
        ]
        self.credits = [profile.credit_line(item) for item in form.credits(data.get("credits"))]
        self._write(None)
        super()._show(draft)
        self.is_young = form.is_young(self.raw.get("born_on"))

    def _take(self, name: str, value: str) -> None:
        super()._take(name, value)
        self.is_young = form.is_young(self.raw.get("born_on"))

    def _show_done(self, made: Any) -> None:
        self.was_young = self.is_young
        super()._show_done(made)
        self.gallery, self.credits = [], []

    def _files(self) -> dict[str, Any]:
        return super()._files() | {
            "gallery": [{"key": one.key, "category": one.category} for one in self.gallery],
            "credits": [asdict(item) for item in self._credit_items()],
        }

    def _credit_items(self) -> list[CreditItem]:
        return [
            CreditItem(one.key, one.title, one.year, one.kind, one.part, one.url.rstrip("/").rpartition("/")[2])
            for one in self.credits
        ]

    async def _change_gallery(self, change: Change[PhotoItem]) -> None:
        before = form.photos([{"key": one.key, "category": one.category} for one in self.gallery])
        after = form.photos([asdict(item) for item in change(before)])
        await self._save({"gallery": [asdict(item) for item in after]})
        for gone in {item.key for item in before} - {item.key for item in after}:
            await do(store.discard, gone, self._browser())
        self.gallery = [profile.Photo(item.key, f"/files/{item.key}", item.category.value) for item in after]

    async def _change_credits(self, change: Change[CreditItem]) -> None:
        after = form.credits([asdict(item) for item in change(self._credit_items())])
        await self._save({"credits": [asdict(item) for item in after]})
        self.credits = [profile.credit_line(item) for item in after]
