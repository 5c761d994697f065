"""Closed tabs make room; open ones, busy ones and those just closed stay."""

from contextlib import suppress

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken

from talento.state import closed


async def opened(manager: StateManagerMemory, *names: str) -> None:
    for name in names:
        await manager.get_state(BaseStateToken(ident=name, cls=rx.State))


async def test_only_the_last_closed_tabs_are_kept() -> None:
    manager = StateManagerMemory()
    await opened(manager, *(f"tab{number}" for number in range(10)))

    assert closed.sweep(manager, {"tab0"}, kept=3) == 6
    assert {token.ident for _, token in manager._token_expires_at.values()} == {"tab0", "tab7", "tab8", "tab9"}
    assert len(manager.states) == 4
    await manager.close()


async def test_a_tab_whose_event_is_running_is_left_alone() -> None:
    manager = StateManagerMemory()
    token = BaseStateToken(ident="busy", cls=rx.State)
    with suppress(KeyError):
        async with manager.modify_state(token):
            assert closed.sweep(manager, set(), kept=0) == 0

    assert closed.sweep(manager, set(), kept=0) == 1
    await manager.close()
