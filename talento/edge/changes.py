"""Requests that wait until a desk changed: long polls, which hold no thread and no database connection meanwhile."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from talento.edge.sockets import before_stopping

AT_ONCE = 3
"""How many requests of one device may wait; the oldest is answered when there are more."""

KEYED = frozenset({"presence", "project", "assignment"})
"""The topics that a desk depends on, keyed by its project. The rest is found out when the wait is over."""


@dataclass(eq=False)
class Place:
    """Somebody who waits; `is_over` when there is no reason to wait any longer."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def leave(self) -> None:
        """Answer now."""
        self.is_over = True
        self.changed.set()

    async def wait(self, seconds: float) -> bool:
        """Until something changed; False when the time is up or there is no reason to go on."""
        try:
            await asyncio.wait_for(self.changed.wait(), max(seconds, 0))
        except TimeoutError:
            return False
        self.changed.clear()
        return not self.is_over


@dataclass
class Waiting:
    """Who waits in this process, by what they wait for and by who they are."""

    loop: asyncio.AbstractEventLoop | None = None
    places: dict[tuple[str, int], dict[Place, None]] = field(default_factory=lambda: defaultdict(dict))

    @contextmanager
    def place(self, project_id: int, holder: tuple[str, int]) -> Iterator[Place]:
        """A place that is told when the project changed, or something about who holds it."""
        self._prepare_to_stop()
        mine, keys = Place(), (("project", project_id), holder)
        for key in keys:
            self.places[key][mine] = None
        if len(self.places[holder]) > AT_ONCE:
            next(iter(self.places[holder])).leave()
        try:
            yield mine
        finally:
            for key in keys:
                self.places[key].pop(mine, None)
                if not self.places[key]:
                    del self.places[key]

    def wake(self, changes: Iterable[tuple[str, int]]) -> None:
        """Tell those whom a change concerns."""
        for topic, key in changes:
            for one in self.places.get(("project" if topic in KEYED else topic, key), ()):
                one.changed.set()

    async def dismiss(self) -> None:
        """Answer everybody: the server stops."""
        for some in list(self.places.values()):
            for one in some:
                one.leave()

    def _prepare_to_stop(self) -> None:
        here = asyncio.get_running_loop()
        if self.loop is not here:
            self.loop = here
            before_stopping(self.dismiss)


waiting = Waiting()


def heard(changes: list[tuple[str, int]]) -> None:
    """Hand changes on from any thread: a listener of the feed."""
    loop = waiting.loop
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(waiting.wake, changes)
