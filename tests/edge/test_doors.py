"""What a handler must declare, and what happens to a start where one does not. Source: AZ-01, AZ-02, AZ-08."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from reflex.state import StateUpdate

from talento.edge.network import Network, neighbourhood
from talento.state import doors
from talento.state.doors import PUBLIC, Bucket, Door, PolicyMiddleware, UndeclaredDoor, event
from talento.vocabulary.permissions import Permission
from tests.edge.conftest import APP, REPOSITORY


def start(mode: str) -> subprocess.CompletedProcess:
    """Import the test application and audit what it registered."""
    own = {"EDGE_MODE": mode, "PYTHONPATH": f"{APP}{os.pathsep}{REPOSITORY}", "SECRET_KEY": "s" * 48}
    code = "import edgeapp.edgeapp; from talento.state import doors; doors.audit_handlers()"
    return subprocess.run([sys.executable, "-c", code], cwd=APP, env=os.environ | own, capture_output=True, text=True)


def test_a_forgotten_handler_stops_the_start():
    done = start("forgetful")

    assert done.returncode != 0
    assert "careless.helper" in done.stderr
    assert "careless.set_last" in done.stderr


def test_without_one_the_start_goes_on():
    done = start("guarded")
    assert done.returncode == 0, done.stderr


def test_the_frameworks_own_handlers_are_these_seven():
    assert len(doors.FRAMEWORK) == 7


@pytest.mark.parametrize("needs", [None, "admin", True, lambda actor: True])
def test_a_door_needs_a_permission_or_public(needs):
    with pytest.raises(TypeError):
        event(needs)


def untyped(self, n): ...


def greedy(self, **everything: int): ...


def vague(self, thing: object()): ...


@pytest.mark.parametrize("handler", [untyped, greedy])
def test_a_parameter_needs_a_type(handler):
    with pytest.raises(UndeclaredDoor):
        Door(PUBLIC, handler).prepare()


def test_a_door_admits_nobody_by_default():
    assert not Door(Permission.ADMINISTER, untyped).admits(doors.VISITOR)
    assert not Door("admin", untyped).admits(doors.VISITOR)  # a typing mistake opens nothing


@pytest.mark.parametrize("broken", [RuntimeError("the database is down"), LookupError("x")])
async def test_a_policy_that_fails_refuses(monkeypatch, broken):
    async def shown(state, text):
        return StateUpdate()

    def fail(*_):
        raise broken

    monkeypatch.setattr(doors.sessions, "token_in", fail)
    monkeypatch.setattr(doors, "_shown", shown)
    state = SimpleNamespace(_get_root_state=lambda: SimpleNamespace(router_data={"headers": {}}))

    answer = await PolicyMiddleware().preprocess(None, state, SimpleNamespace(name="x", payload={}))

    assert answer is not None


def test_a_bucket_refills(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(doors.clock, "monotonic", lambda: now[0])
    bucket = Bucket(rate=2, burst=3)

    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def scope(peer: str, **headers: str) -> dict:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (peer, 1), "scheme": "http", "headers": raw}


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
    ],
)
def test_a_visitors_address_is_what_our_own_proxies_saw(peer, forwarded, expected):
    network = Network(("https://talento.test",), "10.0.0.0/8")
    seen = network.resolved(scope(peer, x_forwarded_for=forwarded, x_forwarded_proto="https"))

    assert seen["client"][0] == expected
    assert seen["scheme"] == ("https" if peer.startswith("10.") else "http")


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("talento.test", True),
        ("TALENTO.test:443", True),
        ("talento.test:8080", False),
        ("evil.test", False),
        ("", False),
    ],
)
def test_our_host_has_one_name(host, is_ours):
    network = Network(("https://talento.test",), "10.0.0.0/8")
    seen = network.resolved(scope("10.0.0.1", host=host, x_forwarded_for="1.2.3.4", x_forwarded_proto="https"))

    assert network.is_own_host(seen) is is_ours


def test_one_customer_with_many_addresses_is_one_neighbour():
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff") != neighbourhood("2001:db8:0:1::1")
