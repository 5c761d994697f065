"""The tabs of this process that show the settings: kept in the database while they are open, so that admins meet."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from reflex.app import App
from sqlalchemy.exc import SQLAlchemyError

from talento.services.preferences import readers
from talento.services.work import SYSTEM, perform
from talento.state import live

log = logging.getLogger(__name__)

_tabs: set[str] = set()


def note(tab: str) -> None:
    """A tab shows the settings."""
    _tabs.add(tab)


def has(tab: str) -> bool:
    """Whether a tab was showing them."""
    return tab in _tabs


async def leave(tab: str) -> None:
    """A tab shows something else now."""
    _tabs.discard(tab)
    await perform(SYSTEM, readers.leave, [tab])


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[None]:
    """Looks after the tabs while the process serves; `app.register_lifespan_task(readers.lifespan)`."""
    task = asyncio.create_task(_keeping())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keeping() -> None:
    while True:
        await asyncio.sleep(readers.EVERY.total_seconds())
        if _tabs:
            try:
                await _kept()
            except SQLAlchemyError:
                log.warning("who reads the settings can't be noted; trying again")


async def _kept() -> None:
    gone = _tabs - live.open_tabs()
    _tabs.difference_update(gone)
    if gone:
        await perform(SYSTEM, readers.leave, gone)
    if _tabs:
        await perform(SYSTEM, readers.keep, set(_tabs))
