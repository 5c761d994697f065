"""Who reads: what the frame of every page shows of the signed-in person. Identity itself never lives here."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import reflex as rx

from talento.i18n import say
from talento.services import accounts, impersonation
from talento.services.cinema import profile as cinema
from talento.services.security import alerts
from talento.services.talents import profile
from talento.services.work import Work, ask, perform
from talento.state import live, readers
from talento.state.doors import PUBLIC, current, event, tell
from talento.state.site import SiteState
from talento.vocabulary.permissions import GRANTS, Permission

P = ParamSpec("P")
R = TypeVar("R")

SETTINGS = "/admin/settings"
HAS_CINEMA = "has_cinema"
"""Stands among the permissions of somebody with a cinema profile, so that menus can offer it."""


async def do(action: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """One service function in one transaction, in the name of the reader of the running event."""
    return await perform(current(), action, *args, **kwargs)


async def look(query: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """One service function that only reads."""
    return await ask(current(), query, *args, **kwargs)


async def aside(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """A function that waits (a password, a file), away from the event loop."""
    return await asyncio.to_thread(action, *args, **kwargs)


class ReaderState(rx.State):
    """The signed-in person as the page's frame shows them."""

    name: str = ""
    role: str = ""
    photo: str = ""
    permissions: list[str] = []
    is_signed_in: bool = False
    has_profile: bool = False
    has_cinema: bool = False
    impersonates: bool = False
    _user_id: int | None = None
    alerts: int = 0

    @event(PUBLIC)
    async def enter(self):
        """Run on every page: who is here, and is this still so."""
        (await self.get_state(SiteState))._open()
        tab = self.router.session.client_token
        if readers.has(tab) and not self.router.url.path.startswith(SETTINGS):
            await readers.leave(tab)
        actor = current()
        self.is_signed_in = actor.user_id is not None
        self.name, self._user_id, self.impersonates = actor.name, actor.user_id, actor.by_id is not None
        self.role = actor.role.label(actor.locale) if actor.role else ""
        self.permissions = sorted(GRANTS[actor.role]) if actor.role else []
        if actor.user_id is not None:
            general, in_cinema = await look(_badges)
            self.has_profile, self.has_cinema = general is not None, in_cinema is not None
            self.permissions = [*self.permissions, *([HAS_CINEMA] if self.has_cinema else [])]
            self.photo = general or in_cinema or ""
            live.subscribe(self, "session", ReaderState.ended, key=actor.by_id or actor.user_id)
        if actor.can(Permission.ADMINISTER):
            self.alerts = (await look(alerts.standing)).open
            live.subscribe(self, alerts.TOPIC, ReaderState.alerted)

    @event(Permission.OWN_PROFILE)
    async def ended(self, topic: str, keys: list[int]):
        """A session of this account ended: a tab that it shut out, or that now acts for somebody else, goes home."""
        if current().user_id != self._user_id:
            return rx.redirect("/")

    @event(Permission.OWN_PROFILE)
    async def be_oneself(self):
        """Stop acting in somebody's name."""
        await do(impersonation.stop)
        self._user_id = current().by_id
        return rx.redirect("/admin/people")

    @event(Permission.ADMINISTER, supersedes=True)
    async def alerted(self, topic: str, keys: list[int]):
        """An alert was raised or resolved: the menu says how many are open."""
        self.alerts = (await look(alerts.standing)).open

    @event(Permission.OWN_PROFILE)
    async def speak_as(self, locale: str):
        """Remember the language for mails, too."""
        await do(accounts.choose_locale, locale)

    @event(PUBLIC)
    async def home(self):
        """Send a signed-in reader to where their work is."""
        actor = current()
        if actor.user_id is not None:
            desk = "/presence" if actor.can(Permission.RECORD_PRESENCE) else "/profile"
            found = "/talents" if actor.can(Permission.SEARCH_TALENTS) else desk
            return rx.redirect("/admin" if actor.can(Permission.ADMINISTER) else found)


def _badges(work: Work) -> tuple[str | None, str | None]:
    return profile.badge(work), cinema.badge(work)


def key_in_address(state: rx.State) -> int:
    """The number at the end of the page's address; 0, which no row has, when there is none."""
    said = state.router.url.path.rstrip("/").rpartition("/")[2]
    return int(said) if re.fullmatch("[1-9][0-9]{0,8}", said) else 0


def text_in(answers: dict[str, Any], name: str) -> str:
    """What was typed into a field of a submitted form; empty for anything that is no text."""
    typed = answers.get(name)
    return typed if isinstance(typed, str) else ""


async def said(state: rx.State, sentence: str, tone: str = "success", **values: Any) -> None:
    """Show a sentence in the reader's language."""
    await tell(state, say(current().locale, sentence, **values), tone)
