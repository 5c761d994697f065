"""What changed reaches the tabs that show it, each with its own rights."""

import asyncio

from tests.edge.conftest import COOKIES
from tests.edge.wire import tab


async def test_a_change_reaches_every_tab_that_listens_as_its_own_reader(server):
    async with tab(server, cookie=COOKIES["presence"]) as nadia, tab(server) as visitor, tab(server) as deaf:
        for listener in (nadia, visitor):
            await listener.call("listen")
            await listener.listen(0.2)
        async with tab(server, cookie=COOKIES["admin"]) as awa:
            await awa.call("publish")
            await nadia.until(lambda tab: tab.done)
            await visitor.until(lambda tab: tab.done)

        assert nadia.done == ["sheet [7] as presence"]
        assert visitor.done == ["sheet [7] as visitor"]
        assert (await deaf.listen(0.1)).done == []


async def test_a_burst_reaches_a_tab_as_one_event(server):
    async with tab(server, cookie=COOKIES["admin"]) as awa:
        await awa.call("listen")
        for _ in range(10):
            await awa.call("publish")
        await awa.until(lambda tab: tab.done)
        await awa.listen(0.3)

        assert len(awa.done) <= 3


async def test_a_tab_that_left_is_forgotten(server):
    async with tab(server) as gone:
        await gone.call("listen")
        await gone.listen(0.2)
    await asyncio.sleep(0.2)
    async with tab(server, cookie=COOKIES["admin"]) as awa:
        await awa.call("publish")
        await awa.listen(0.3)

    assert "disconnected client" not in server.log
