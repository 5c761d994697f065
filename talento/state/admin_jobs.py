"""Scheduled jobs, for admins: how they stand, run at once, let to rest; and the recap as it would go out now."""

import reflex as rx

from talento.services import jobs, recap, schedule
from talento.services.jobs import JobView
from talento.services.recap import Preview
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import aside, do, look, said
from talento.vocabulary.permissions import Permission


class JobsState(rx.State):
    """Every job, live; perhaps the recap looked over."""

    is_ready: bool = False
    rows: list[JobView] = []
    running: str = ""
    is_looking: bool = False
    previews: list[Preview] = []

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the jobs, and follow them."""
        live.subscribe(self, jobs.TOPIC, JobsState.refreshed)
        self.is_looking = False
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A job ran, here or in another process."""
        await self._read()

    @event(Permission.ADMINISTER)
    async def rest(self, name: str, is_paused: bool):
        """Let a job rest, or go on."""
        await do(jobs.pause, schedule.JOBS, name[:40], is_paused=is_paused)
        await self._read()

    @event(Permission.ADMINISTER, background=True, rate=(10, 60.0))
    async def run_now(self, name: str):
        """Do a job at once."""
        actor = current()
        async with self:
            if self.running:
                return
            self.running = name[:40]
        try:
            went_well = await aside(jobs.run_now, actor, schedule.JOBS, name[:40])
        finally:
            async with self:
                self.running = ""
                await self._read()
        async with self:
            self.is_looking = False
            if went_well:
                await said(self, "Done.")
            else:
                await said(self, "That did not work. The list says why.", "error")

    @event(Permission.ADMINISTER)
    async def look_over(self):
        """Show the recap as it would go out now."""
        self.previews = await look(recap.preview)
        self.is_looking = True

    @event(Permission.ADMINISTER)
    async def look_away(self):
        """Close the preview; nothing was sent."""
        self.is_looking = False

    async def _read(self) -> None:
        self.rows = await look(jobs.listed, schedule.JOBS)
