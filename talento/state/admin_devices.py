"""The tablets that keep desks, for admins: the list, the one that is open, and the code that pairs it."""

import base64
from datetime import date, datetime
from typing import Any

import reflex as rx

from talento import clock
from talento.errors import Invalid
from talento.services.documents import qr
from talento.services.presence import devices
from talento.services.presence.devices import DeviceView, Scoped, Wish
from talento.settings import settings
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import do, look, said, text_in
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import DeviceState

DESK, KIOSK = "desk", "kiosk"


class DevicesState(rx.State):
    """Every device; the one at the side, with its form; and a pairing code while it is shown."""

    is_ready: bool = False
    rows: list[DeviceView] = []

    is_open: bool = False
    opened: DeviceView | None = None
    form_key: int = 0
    kind: str = DESK
    last_day: str = ""
    chosen: list[Scoped] = []
    looked_for: str = ""
    found: list[Scoped] = []
    problems: dict[str, str] = {}

    is_pairing: bool = False
    pairing: DeviceView | None = None
    code: str = ""
    address: str = ""
    picture: str = ""
    code_until: datetime | None = None

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the devices, and follow them."""
        live.subscribe(self, devices.TOPIC, DevicesState.refreshed)
        self._close()
        self._hide_code()
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A device was paired, seen, changed or revoked."""
        await self._read()

    # One device at the side

    @event(Permission.ADMINISTER)
    async def begin(self):
        """An empty form for a new device."""
        self._fill(None)

    @event(Permission.ADMINISTER)
    async def look_at(self, device_id: int):
        """Open one device."""
        self._fill(await look(devices.device, device_id))

    @event(Permission.ADMINISTER)
    async def close(self):
        """Back to the list."""
        self._close()

    @event(Permission.ADMINISTER)
    async def choose_kind(self, kind: str):
        """A desk that somebody keeps, or a kiosk where talents scan themselves."""
        self.kind = KIOSK if kind == KIOSK else DESK

    @event(Permission.ADMINISTER, supersedes=True)
    async def look_for(self, text: str):
        """Find projects while typing."""
        self.looked_for = text[:60]
        found = await look(devices.projects, self.looked_for) if self.looked_for.strip() else []
        there = {one.id for one in self.chosen}
        self.found = [one for one in found if one.id not in there]

    @event(Permission.ADMINISTER)
    async def choose(self, project_id: int):
        """Open a project's desk to the device."""
        picked = [one for one in self.found if one.id == project_id]
        self.chosen = [*self.chosen, *picked][: devices.MOST_PROJECTS]
        self.looked_for, self.found = "", []

    @event(Permission.ADMINISTER)
    async def leave_out(self, project_id: int):
        """Close a project's desk to the device."""
        self.chosen = [one for one in self.chosen if one.id != project_id]

    @event(Permission.ADMINISTER)
    async def save(self, answers: dict[str, Any]):
        """Keep what was decided; a new device goes on to be paired."""
        device_id = self.opened.id if self.opened else 0
        try:
            if device_id:
                await do(devices.change, device_id, self._wish(answers))
            else:
                device_id = await do(devices.add, self._wish(answers))
        except Invalid as refused:
            self.problems = {refused.field: refused.text(current().locale)}
            return
        is_new = self.opened is None
        self._close()
        await self._read()
        if is_new:
            await self._show_code(device_id)
        else:
            await said(self, "Saved.")

    @event(Permission.ADMINISTER)
    async def revoke(self, device_id: int):
        """Shut a device out for good."""
        await do(devices.revoke, device_id)
        self._close()
        await self._read()
        await said(self, "The device is shut out. It deletes what it holds at its next contact.")

    # Pairing

    @event(Permission.ADMINISTER)
    async def pair(self, device_id: int):
        """Show a new pairing code."""
        self._close()
        await self._show_code(device_id)

    @event(Permission.ADMINISTER)
    async def done(self):
        """Put the pairing code away."""
        self._hide_code()

    async def _show_code(self, device_id: int) -> None:
        self.code = await do(devices.new_code, device_id)
        await self._read()
        self.pairing = await look(devices.device, device_id)
        self.code_until = self.pairing.code_until
        self.address = f"{settings().base_url}/pair/{self.code}"
        self.picture = "data:image/svg+xml;base64," + base64.b64encode(qr.svg(self.address)).decode()
        self.is_pairing = True

    def _hide_code(self) -> None:
        self.is_pairing, self.code, self.address, self.picture, self.code_until = False, "", "", "", None

    def _fill(self, one: DeviceView | None) -> None:
        self.opened, self.chosen, self.problems = one, list(one.projects) if one else [], {}
        self.kind = KIOSK if one and one.is_kiosk else DESK
        self.last_day = (one.expires_on if one else clock.today() + devices.USUALLY).isoformat()
        self.looked_for, self.found = "", []
        self.form_key += 1
        self.is_open = True

    def _close(self) -> None:
        self.is_open, self.problems = False, {}

    def _wish(self, answers: dict[str, Any]) -> Wish:
        return Wish(
            name=text_in(answers, "device_name"),
            project_ids=[one.id for one in self.chosen],
            expires_on=_day(text_in(answers, "expires_on")),
            is_kiosk=self.kind == KIOSK,
            pin=text_in(answers, "pin").strip() or None,
        )

    async def _read(self) -> None:
        self.rows = await look(devices.devices)
        there = {one.id: one for one in self.rows}
        if self.pairing is not None:
            self.pairing = there.get(self.pairing.id)
        if self.opened is not None:
            self.opened = there.get(self.opened.id)
        if self.is_pairing and self.pairing is not None and self.pairing.state == DeviceState.REVOKED.value:
            self._hide_code()


def _day(typed: str) -> date | None:
    """A day as the browser sends it; one that is none is no choice, so that the service says what is wrong.

    An empty one is the usual time.
    """
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return date.min
