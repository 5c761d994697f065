"""Real websocket clients, each changing its search once a second: how many one process holds.

Ten thousand distinct searches over 100,000 people, so that no cache of answers helps. The clients share the two cores
with the server, which makes the figure a low one.
"""

import asyncio
import json
import random
import sys
import time
from uuid import uuid4

import websockets

from bench import served, town
from bench.report import Report

SIZE = 100_000
DISTINCT = 10_000
STEPS = (100, 200, 300, 400, 500)
SECONDS = 20
WARM = 5
HELD = 300.0
STATE = "reflex___state____state.talento___state___talents____talents_state"
ROUTER = {"pathname": "/talents", "asPath": "/talents", "query": {}}


def main() -> None:
    """Raise the number of clients until the 95th percentile is beyond 300 ms."""
    steps = [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or STEPS
    result = Report(
        "live_clients", f"Websocket clients that change their search every second, {SIZE:,} people, one process"
    )
    held = 0
    with served.served(SIZE) as product:
        for count in steps:
            times = asyncio.run(_round(product, count))
            p95 = town.percentile(times, 95)
            result.add(f"{count} clients, {len(times):,} searches: p50", town.percentile(times, 50), "ms")
            result.add(f"{count} clients, {len(times):,} searches: p95", p95, "ms", target="≤ 300")
            if p95 > HELD:
                break
            held = count
    result.add("clients held with p95 ≤ 300 ms", held, target="≥ 200")
    result.write()


async def _round(product: served.Served, count: int) -> list[float]:
    texts = searches()
    random.Random(count).shuffle(texts)
    shares = [texts[place::count] for place in range(count)]
    start = time.perf_counter() + 2 + count / 40
    clients = (_client(product, shares[place], start + place / count, place) for place in range(count))
    return [one for times in await asyncio.gather(*clients) for one in times]


async def _client(product: served.Served, texts: list[str], start: float, place: int) -> list[float]:
    """One tab: opens the page, then types something else every second; milliseconds until the answer is here."""
    await asyncio.sleep(place / 40)
    address = f"ws://127.0.0.1:{product.port}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    headers = {"Cookie": f"talento={product.cookies[0]}"}
    times: list[float] = []
    async with websockets.connect(
        address, additional_headers=headers, origin=product.origin, max_size=None, compression=None, open_timeout=60
    ) as socket:
        await socket.recv()
        await socket.send("40/_event," + json.dumps({"event": _event("reflex___state____state.hydrate_and_load")}))
        await hear(socket, '"is_ready_rx_state_": true', '"is_ready_rx_state_":true')
        for turn in range(SECONDS):
            await _idle(socket, start + turn)
            text = texts[turn % len(texts)]
            began = time.perf_counter()
            await socket.send("42/_event," + json.dumps(["event", _event(f"{STATE}.typed", text=text)]))
            said = json.dumps(text, ensure_ascii=False)
            await hear(socket, f'"text_rx_state_": {said}', f'"text_rx_state_":{said}')
            times.append((time.perf_counter() - began) * 1000)
    return times[WARM:]


def _event(name: str, **payload: str) -> dict[str, object]:
    return {"name": name, "payload": payload, "router_data": ROUTER}


async def hear(socket: websockets.ClientConnection, *signs: str) -> None:
    """Wait for a frame that holds one of the signs, answering pings."""
    async with asyncio.timeout(60):
        while True:
            frame = await socket.recv()
            if frame == "2":
                await socket.send("3")
            elif any(sign in frame for sign in signs):
                return


async def _idle(socket: websockets.ClientConnection, until: float) -> None:
    """Wait, answering pings."""
    while (left := until - time.perf_counter()) > 0:
        try:
            async with asyncio.timeout(left):
                if await socket.recv() == "2":
                    await socket.send("3")
        except TimeoutError:
            return


def searches() -> list[str]:
    """Texts as they are being typed: one or two words of which the last is unfinished; all distinct."""
    rng, found = random.Random(1), {}
    known = [
        *town.NAMES,
        *town.WORDS,
        *["hassan", "leila", "moussa", "yasmine", "rachid", "cheikh", "paul", "marie", "alami", "idrissi", "zoubir"],
    ]
    while len(found) < DISTINCT:
        first, second = rng.choice(known), rng.choice(known)
        letters = "".join(rng.choices("abcdefghijklmnoprstuvyz", k=rng.randrange(0, 2)))
        typed = (
            first[: rng.randrange(1, len(first) + 1)] + letters,
            f"{first} {second[: rng.randrange(1, 7)]}{letters}",
        )
        found[rng.choice(typed)] = None
    return list(found)


if __name__ == "__main__":
    main()
