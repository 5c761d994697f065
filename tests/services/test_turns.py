"""Who goes first when many wait for a password to be looked at."""

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from talento.errors import Invalid, TooMany, Unavailable
from talento.services import accounts, passwords
from talento.services.turns import PLACES, Lane, Turns
from talento.services.work import Actor
from tests.factories import PASSWORD, Cast


class Crowd:
    """Threads that take a turn each, and note when."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.order, self.ends = turns, [], []
        self.threads: list[threading.Thread] = []

    def comes(self, name: str, lane: Lane) -> threading.Event:
        """Somebody who stays until the event is set."""
        end = threading.Event()
        thread = threading.Thread(target=self._stay, args=(name, lane, end))
        self.threads.append(thread)
        self.ends.append(end)
        before = len(self.turns._waiting) + len(self.order)
        thread.start()
        until(lambda: len(self.turns._waiting) + len(self.order) > before)
        return end

    def _stay(self, name: str, lane: Lane, end: threading.Event) -> None:
        with self.turns.turn(lane):
            self.order.append(name)
            end.wait(5)

    def leaves(self) -> None:
        for end in self.ends:
            end.set()
        for thread in self.threads:
            thread.join(5)


@pytest.fixture
def crowd():
    made = Crowd(Turns())
    yield made
    made.leaves()


def until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def test_a_known_browser_goes_before_a_new_one_and_both_before_who_failed(crowd: Crowd) -> None:
    first, second = crowd.comes("a", Lane.NEW), crowd.comes("b", Lane.NEW)
    for name, lane in (("wary", Lane.WARY), ("new", Lane.NEW), ("known", Lane.KNOWN)):
        crowd.comes(name, lane)
    assert crowd.order == ["a", "b"]

    first.set()
    until(lambda: len(crowd.order) == 3)
    second.set()
    until(lambda: len(crowd.order) == 4)

    assert crowd.order[2:] == ["known", "new"]


def test_of_those_we_do_not_know_the_newest_goes_first(crowd: Crowd) -> None:
    first, _ = crowd.comes("a", Lane.NEW), crowd.comes("b", Lane.NEW)
    for number in range(3):
        crowd.comes(f"flood {number}", Lane.NEW)
    crowd.comes("somebody", Lane.NEW)

    first.set()

    until(lambda: crowd.order == ["a", "b", "somebody"])


def test_those_who_failed_never_hold_every_core(crowd: Crowd) -> None:
    for number in range(4):
        crowd.comes(f"wary {number}", Lane.WARY)
    assert crowd.order == ["wary 0"]

    crowd.comes("honest", Lane.NEW)

    until(lambda: crowd.order == ["wary 0", "honest"])


def test_a_full_lane_refuses_and_leaves_room_in_the_others() -> None:
    turns = Turns()
    with ExitStack() as stack:
        for _ in range(PLACES[Lane.WARY]):
            stack.enter_context(turns.place(Lane.WARY))
        with pytest.raises(Unavailable), turns.place(Lane.WARY):
            pass
        with turns.place(Lane.NEW), turns.place(Lane.KNOWN):
            pass
    with turns.place(Lane.WARY):
        pass


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Lane, bool]]:
    """Which lane each sign-in took, and whether anything was compared."""
    seen: list[tuple[Lane, bool]] = []
    real = passwords.matches

    def noting(password, kept, *, lane, is_pointless):
        seen.append((lane, not is_pointless()))
        return real(password, kept, lane=lane, is_pointless=is_pointless)

    monkeypatch.setattr(passwords, "matches", noting)
    return seen


def tried(name: str, password: str = "wrong password entirely", ip: str = "192.0.2.1", browser: str = "") -> str:
    try:
        signed = accounts.sign_in(Actor(ip=ip, browser=browser), identifier=name, password=password)
    except (Invalid, TooMany):
        return ""
    return signed.device  # type: ignore[union-attr]


def test_a_failure_makes_its_address_and_its_account_wait_behind_the_others(cast: Cast, lanes: list) -> None:
    zoe, youssef = "zoe@agency.example.com", "youssef@agency.example.com"
    device = tried(zoe, PASSWORD)
    tried(zoe)
    tried(youssef)
    tried(zoe, ip="198.51.100.1")
    tried(zoe, PASSWORD, ip="198.51.100.2", browser=device)
    tried(youssef, PASSWORD, ip="198.51.100.3", browser=device)

    assert [lane for lane, _ in lanes] == [Lane.NEW, Lane.NEW, Lane.WARY, Lane.WARY, Lane.KNOWN, Lane.WARY]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a single thread can't step back")
def test_comparing_for_those_who_failed_lately_lets_everything_else_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    nice: list[int] = []

    def compared(password: bytes, kept: bytes) -> bool:
        nice.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return True

    kept = passwords.hashed("correct horse battery staple")
    monkeypatch.setattr(passwords.bcrypt, "checkpw", compared)
    for lane in (Lane.KNOWN, Lane.NEW, Lane.WARY, Lane.NEW):
        assert passwords.matches("correct horse battery staple", kept, lane=lane)

    usual = os.getpriority(os.PRIO_PROCESS, 0)
    assert nice == [usual, usual, 19, usual]


def test_nothing_is_compared_for_an_account_that_must_wait(
    cast: Cast, lanes: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(passwords.time, "sleep", slept.append)
    for number in range(8):
        tried("zoe@agency.example.com", ip=f"198.51.100.{number}")
        tried("nobody@agency.example.com", ip=f"192.0.2.{number}")

    assert [is_compared for _, is_compared in lanes] == [True] * 10 + [False] * 6
    assert len(slept) == 14 and min(slept) > 0, "a rest after each of 8 comparisons, and 6 times as long without one"
    assert tried("zoe@agency.example.com", PASSWORD, ip="203.0.113.9") == ""
