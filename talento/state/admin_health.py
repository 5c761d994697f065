"""The health of the house, for admins: looked at every few seconds while the page is open, read through on demand."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from talento.services import health
from talento.services.health import Finding
from talento.services.work import Actor
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import aside, look
from talento.vocabulary.permissions import Permission

PATH = "/admin/health"
EVERY_SECONDS = 10.0
TOLD_EVERY = 0.2


class HealthState(rx.State):
    """What was found at the last look; perhaps a check that reads everything through."""

    is_ready: bool = False
    findings: list[Finding] = []
    is_looking: bool = False
    is_checking: bool = False
    step: int = 0
    done: int = 0
    integrity: list[Finding] = []
    _visit: int = 0
    _is_stopped: bool = False

    @rx.var
    def worst(self) -> str:
        """How the house stands as a whole: the worst of what was found."""
        states = {one.state.value for one in (*self.findings, *self.integrity)}
        return next((state for state in ("broken", "look", "fine") if state in states), "")

    @event(Permission.ADMINISTER)
    async def open(self):
        """Look, and go on looking while the page is open."""
        self._visit += 1
        await self._look()
        self.is_ready = True
        return HealthState.follow

    @event(Permission.ADMINISTER, background=True)
    async def follow(self):
        """Look again every few seconds, until the reader goes elsewhere."""
        async with self:
            visit, tab = self._visit, self.router.session.client_token
        while tab in live.open_tabs():
            await asyncio.sleep(EVERY_SECONDS)
            async with self:
                if self._visit != visit or self.router.url.path.rstrip("/") != PATH:
                    return
                await self._look()

    @event(Permission.ADMINISTER, rate=(20, 60.0))
    async def look_again(self):
        """Look at once."""
        self.is_looking = True
        yield
        try:
            await self._look()
        finally:
            self.is_looking = False

    @event(Permission.ADMINISTER, background=True, rate=(6, 60.0))
    async def check(self):
        """Read everything through, telling how far it is; `stop` ends it."""
        actor = current()
        async with self:
            if self.is_checking:
                return
            self.is_checking, self.step, self.done, self.integrity, self._is_stopped = True, 0, 0, [], False
        job = _Check(actor)
        task = asyncio.create_task(aside(job.run))
        try:
            while not task.done():
                await asyncio.wait([task], timeout=TOLD_EVERY)
                async with self:
                    self.step, self.done, job.is_stopped = job.step, job.done, self._is_stopped
            found = await task
        finally:
            async with self:
                self.is_checking = False
        async with self:
            self.integrity = found

    @event(Permission.ADMINISTER)
    async def stop(self):
        """Check no further."""
        self._is_stopped = True

    async def _look(self) -> None:
        self.findings = await look(health.looked_over)


@dataclass
class _Check:
    """A check in a thread of its own: `step` and `done` say how far it is, `is_stopped` ends it."""

    actor: Actor
    step: int = 0
    done: int = 0
    is_stopped: bool = False

    def run(self) -> list[Finding]:
        try:
            return health.checked_through(self.actor, self._told)
        except health.Stopped:
            return []

    def _told(self, step: int, done: int) -> None:
        self.step, self.done = step, done
        if self.is_stopped:
            raise health.Stopped
