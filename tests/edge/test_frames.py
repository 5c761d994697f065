"""What a socket may send. Source: RX-05, RX-10, experiment (f)."""

import asyncio
import json
import time

import pytest

from tests.edge.conftest import COOKIES
from tests.edge.wire import DESK, tab


async def test_a_frame_is_measured_in_bytes(server):
    async with tab(server) as mine:
        await mine.call("form", {"form_data": {"a": "字" * 90_000}})

        assert await mine.code() == 1009


async def test_a_frame_of_ordinary_size_passes(server):
    async with tab(server) as mine:
        await mine.call("form", {"form_data": {"a": "x" * 200_000}})
        await mine.until(lambda tab: tab.done)


async def test_twin_reflex_alone_takes_more_than_two_megabytes(bare):
    async with tab(bare) as mine:
        await mine.call("form", {"form_data": {"a": "字" * 300_000}})
        await mine.until(lambda tab: tab.done)


@pytest.mark.parametrize(
    "frame",
    [
        "42/_event," + "[" * 100 + "]" * 100,
        "42/_event," + json.dumps(["event", {"name": f"{DESK}.public", "payload": json.loads("[" * 40 + "]" * 40)}]),
        "42/_event,not json",
        "42/_event,[]",
        '42/_event,["event"]',
        '42/_event,["event","a string"]',
        '42/_event,["event",{"name":1}]',
        '42/_event,["event",{"name":"x","payload":[]}]',
        '42/_event,["event",{"name":"x","router_data":"no"}]',
        '42/_event,["event",{"name":"x","router_data":{"query":"no"}}]',
        '42/_event,["event",{"name":"x","router_data":{"pathname":["no"]}}]',
        '42/_event,["link_token_to_sid","x","y"]',
        '42/_event,["on_connect",{}]',
        '42/other,["event",{}]',
        '42["event",{}]',
        '451-/_event,["event",{"_placeholder":true,"num":0}]',
        "4",
        "5",
        "6",
        "2probe",
        "x" * 100,
        b"\x00\x01",
    ],
)
async def test_a_malformed_frame_ends_the_socket(server, frame):
    before = len(server.log)
    async with tab(server) as mine:
        await mine.send(frame)

        assert await mine.code() == 1008
    assert "Traceback" not in server.log[before:]


async def test_an_event_that_nobody_knows_is_dropped_and_not_logged(server):
    before = len(server.log)
    async with tab(server, cookie=COOKIES["user"]) as mine:
        for number in range(50):
            await mine.call(f"unknown{number}", {"x": "FLOOD" * 2_000})
        await mine.call("public")
        await mine.until(lambda tab: tab.done)

    written = server.log[before:]
    assert len(written) < 1_000
    assert "FLOOD" not in written
    assert mine.token not in written
    assert "zoe-token" not in written


async def test_twin_reflex_alone_logs_them_with_the_cookie(bare):
    async with tab(bare, cookie=COOKIES["user"]) as mine:
        await mine.call("unknown", {"x": "FLOOD" * 100})
        await mine.listen(1)

    assert "FLOOD" in bare.log


async def test_a_flood_is_cut_and_the_others_do_not_notice(server):
    async with tab(server) as bystander, tab(server) as flooder:
        flood = asyncio.create_task(send_many(flooder, 5_000))
        waits = [await round_trip(bystander) for _ in range(20)]
        await flood

        assert await flooder.code() in (1008, 1006)  # what is still on its way makes the system reset the connection
        assert len(flooder.done) < 100
        assert "frame refused (1008)" in server.log
        assert sorted(waits)[-2] < 0.25


async def send_many(mine, count: int) -> None:
    try:
        for _ in range(count):
            await mine.call("public")
    except Exception:
        return


async def round_trip(mine) -> float:
    begun, before = time.monotonic(), len(mine.done)
    await mine.call("public")
    await mine.until(lambda tab: len(tab.done) > before)
    await asyncio.sleep(0.06)
    return time.monotonic() - begun - 0.06


async def test_a_very_fast_typist_is_never_cut(server):
    async with tab(server) as typist:
        reader = asyncio.create_task(typist.until(lambda tab: len(tab.done) == 250, 30))
        for _ in range(250):
            await typist.call("public")
            await asyncio.sleep(0.06)
        await reader


async def test_pings_cost_no_events(server):
    async with tab(server) as mine:
        for _ in range(40):
            await mine.send("3")
            await mine.send('42/_event,["ping"]') if _ % 4 == 0 else None
        for _ in range(50):
            await mine.call("public")
        await mine.until(lambda tab: len(tab.done) == 50)


async def test_twin_reflex_alone_runs_a_whole_flood(bare):
    async with tab(bare) as mine:
        await send_many(mine, 1_000)
        await mine.until(lambda tab: len(tab.done) == 1_000, 30)
