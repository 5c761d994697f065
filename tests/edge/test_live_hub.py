"""The bookkeeping of subscriptions."""

from types import SimpleNamespace

import pytest

from talento.state.live import LISTED_KEYS, TOPICS_PER_TAB, Hub, Subscription


class Recorder(Hub):
    """A hub that writes down what it would send."""

    def __init__(self, *here: str) -> None:
        super().__init__()
        self.here, self.sent = set(here), []

    def sockets(self) -> set[str]:
        return self.here

    async def _send(self, subscription: Subscription, keys: list[int]) -> None:
        self.sent.append((subscription.token, subscription.topic, keys))


async def heard_by(hub: Recorder, *changes: tuple[str, int]) -> list[tuple[str, str, list[int]]]:
    hub.wait(changes)
    await hub.flush
    return hub.sent


async def test_only_the_rows_that_were_asked_for():
    hub = Recorder("a", "b")
    hub.add(Subscription("a", "sheet", "S.f", 7))
    hub.add(Subscription("b", "sheet", "S.f"))

    assert await heard_by(hub, ("sheet", 7), ("sheet", 8), ("other", 7)) == [
        ("a", "sheet", [7]),
        ("b", "sheet", [7, 8]),
    ]


async def test_a_tab_elsewhere_is_dropped():
    hub = Recorder("here")
    hub.add(Subscription("gone", "sheet", "S.f"))

    assert await heard_by(hub, ("sheet", 1)) == []
    assert not hub.by_topic
    assert not hub.by_token


async def test_a_tab_has_a_limited_number_of_topics():
    hub = Recorder("a")
    for number in range(TOPICS_PER_TAB + 10):
        hub.add(Subscription("a", f"topic{number}", "S.f"))

    assert len(hub.by_token["a"]) == TOPICS_PER_TAB
    assert "topic0" not in hub.by_topic


async def test_only_the_sockets_of_this_process_are_served():
    hub = Hub()
    mine, theirs = SimpleNamespace(instance_id="me"), SimpleNamespace(instance_id="other")
    manager = SimpleNamespace(instance_id="me", token_to_socket={"a": mine, "b": theirs})
    hub.app = SimpleNamespace(event_namespace=SimpleNamespace(_token_manager=manager))

    assert hub.sockets() == {"a"}


class FakeProcessor:
    def __init__(self) -> None:
        self.enqueued = []
        self._root_context = SimpleNamespace(fork=lambda token: f"root context of {token}")

    async def enqueue(self, token, event, context):
        self.enqueued.append((token, event.payload, context))


@pytest.mark.parametrize(("count", "listed"), [(LISTED_KEYS, LISTED_KEYS), (LISTED_KEYS + 1, 0)])
async def test_an_event_carries_neither_too_many_keys_nor_the_senders_context(count, listed):
    processor = FakeProcessor()
    hub = Hub()
    hub.app = SimpleNamespace(event_processor=processor, set_contexts=SimpleContext)

    await hub._send(Subscription("a", "sheet", "S.f"), list(range(count)))

    [(token, payload, context)] = processor.enqueued
    assert (token, len(payload["keys"]), context) == ("a", listed, "root context of a")


class SimpleContext:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None
