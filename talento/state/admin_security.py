"""Alerts and blocks, live: what happened, who looks after it, who is kept out."""

from typing import Any

import reflex as rx

from talento.errors import Refusal
from talento.services.security import alerts, blocklist, blocks
from talento.services.security.alerts import Admin, AlertView
from talento.services.security.blocks import BlockView
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import do, look, said, text_in
from talento.vocabulary.permissions import Permission

LASTS = ("1", "24", "168", "720", "0")
"""For how many hours a network can be blocked on the page; 0: until somebody lifts it."""


class SecurityState(rx.State):
    """The alerts of one view, and every block. `resolving` is the alert whose end is being written."""

    is_ready: bool = False
    view: str = "open"
    alerts: list[AlertView] = []
    open_count: int = 0
    mine_count: int = 0
    admins: list[Admin] = []
    resolving: int = 0
    missing: str = ""
    blocks: list[BlockView] = []
    own_address: str = ""
    typed: str = ""
    problem: str = ""
    wide: str = ""
    """The wide network that was asked for: asked for again, it is blocked."""
    round: int = 0

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show what is open, and follow it."""
        for topic in (alerts.TOPIC, blocklist.TOPIC):
            live.subscribe(self, topic, SecurityState.refreshed)
        self.problem = self.wide = self.typed = self.missing = ""
        self.resolving, self.own_address = 0, current().ip
        self.admins = await look(alerts.admins)
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Something happened, here or elsewhere."""
        await self._read()

    @event(Permission.ADMINISTER)
    async def turn_to(self, view: str):
        """Show other alerts."""
        if view in alerts.VIEWS:
            self.view = view
            await self._read()

    @event(Permission.ADMINISTER)
    async def take(self, alert_id: int):
        """Look after an alert oneself."""
        await do(alerts.give, alert_id, current().user_id or 0)
        await self._read()

    @event(Permission.ADMINISTER)
    async def give(self, alert_id: int, user_id: int):
        """Let somebody else look after it."""
        await do(alerts.give, alert_id, user_id)
        await self._read()

    @event(Permission.ADMINISTER)
    async def begin(self, alert_id: int):
        """Write what came of an alert."""
        self.resolving, self.missing = alert_id, ""

    @event(Permission.ADMINISTER)
    async def leave(self):
        """Leave it open."""
        self.resolving = 0

    @event(Permission.ADMINISTER)
    async def resolve(self, answers: dict[str, Any]):
        """Close the alert."""
        try:
            await do(alerts.resolve, self.resolving, text_in(answers, "alert_note"))
        except Refusal as refused:
            self.missing = refused.text(current().locale)
            return
        self.resolving = 0
        await self._read()
        await said(self, "Resolved.")

    @event(Permission.ADMINISTER)
    async def reopen(self, alert_id: int):
        """Look at it again."""
        await do(alerts.reopen, alert_id)
        await self._read()

    @event(Permission.ADMINISTER)
    async def fill_in(self, address: str):
        """Put the address of an alert into the form, and lead to the reason that is asked there."""
        self.typed, self.problem, self.wide = address[:60], "", ""
        self.round += 1

    @event(Permission.ADMINISTER, rate=(30, 60.0))
    async def block(self, answers: dict[str, Any]):
        """Keep a network out; a wide one only when it is asked for again."""
        self.typed = text_in(answers, "block_network")[:60]
        hours = text_in(answers, "block_hours")
        try:
            network = await do(
                blocks.add,
                self.typed,
                reason=text_in(answers, "block_reason"),
                hours=int(hours) if hours in LASTS else -1,
                is_sure=self.typed != "" and self.typed == self.wide,
            )
        except Refusal as refused:
            self.problem = refused.text(current().locale)
            self.wide = self.typed if isinstance(refused, blocks.Wide) else ""
            return
        self.problem = self.wide = self.typed = ""
        self.round += 1
        await self._read()
        await said(self, "{network} is blocked.", network=network)

    @event(Permission.ADMINISTER)
    async def lift(self, network: str):
        """Let a network in again."""
        await do(blocks.lift, network)
        await self._read()
        await said(self, "{network} may come in again.", network=network)

    async def _read(self) -> None:
        found = await look(alerts.standing)
        self.open_count, self.mine_count = found.open, found.mine
        self.alerts = await look(alerts.listed, self.view)
        self.blocks = await look(blocks.listed)
