"""Whose password is looked at next: that takes a core for a fifth of a second, so only two are at once (`AU-02`).

Guessing never stands in front of honest people: a browser that we know goes first, and those who failed lately are
served one at a time, the other core being left to everybody else. Of those whom we don't know the newest goes first:
whoever sends many at once waits behind the one who comes now.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from itertools import count

from talento.errors import Unavailable


class Lane(IntEnum):
    """Who goes first."""

    KNOWN = 0
    """Somebody signed in with this browser before."""
    NEW = 1
    WARY = 2
    """Somebody failed lately, from this address or on this account."""


AT_ONCE = {Lane.KNOWN: 2, Lane.NEW: 2, Lane.WARY: 1}
"""How many of a lane run at once; of all lanes together, as many as of the first."""

PLACES = {Lane.KNOWN: 50, Lane.NEW: 100, Lane.WARY: 20}
"""How many of a lane are in the house, waiting included."""


class Turns:
    """The turns of this process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: Counter[Lane] = Counter()
        self._inside: Counter[Lane] = Counter()
        self._waiting: list[tuple[Lane, int]] = []
        self._numbers = count()

    @contextmanager
    def place(self, lane: Lane) -> Iterator[None]:
        """Come in, if there is room.

        Raises:
            Unavailable: there is none.
        """
        with self._changed:
            if self._inside[lane] >= PLACES[lane]:
                raise Unavailable("Many people are signing in right now. Please try again in a moment.")
            self._inside[lane] += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[lane] -= 1

    @contextmanager
    def turn(self, lane: Lane) -> Iterator[None]:
        """Wait until it is one's turn, and have it."""
        number = next(self._numbers)
        mine = (lane, -number if lane is Lane.NEW else number)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: self._is_next(mine))
            self._waiting.remove(mine)
            self._running[lane] += 1
        try:
            yield
        finally:
            with self._changed:
                self._running[lane] -= 1
                self._changed.notify_all()

    def _is_next(self, mine: tuple[Lane, int]) -> bool:
        if self._running.total() >= AT_ONCE[Lane.KNOWN]:
            return False
        free = [one for one in self._waiting if self._running[one[0]] < AT_ONCE[one[0]]]
        return bool(free) and min(free) == mine


turns = Turns()
