"""Closed tabs: the state of a few is kept for readers who come back at once; that of the others makes room.

A state is a cache: whoever comes back later gets a fresh one, filled by the page's `on_load` from the database, the
address and the cookies, as after a restart.
"""

import asyncio
from collections.abc import AsyncIterator, Container
from contextlib import asynccontextmanager, suppress

from reflex.app import App
from reflex.istate.manager.memory import StateManagerMemory

from talento.state import live

KEPT = 200
EVERY = 2.0


def sweep(manager: StateManagerMemory, open_tabs: Container[str], kept: int = KEPT) -> int:
    """Forget the states of closed tabs, but for the `kept` that were last in use; returns how many."""
    locks = manager._states_locks
    closed = sorted(
        (deadline, key)
        for key, (deadline, token) in manager._token_expires_at.items()
        if token.ident not in open_tabs and not ((lock := locks.get(token.lock_key)) and lock.locked())
    )
    gone = closed[: max(0, len(closed) - kept)]
    for _, key in gone:
        manager._purge_token(manager._token_expires_at[key][1])
    return len(gone)


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[None]:
    """Sweeps while the process serves; `app.register_lifespan_task(closed.lifespan)`. Redis forgets by itself."""
    manager = app.state_manager
    task = asyncio.create_task(_sweeping(manager)) if isinstance(manager, StateManagerMemory) else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _sweeping(manager: StateManagerMemory) -> None:
    while True:
        await asyncio.sleep(EVERY)
        sweep(manager, live.open_tabs())
