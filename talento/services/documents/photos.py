"""Photos on their way into documents."""

from collections.abc import Callable

from talento.errors import NotFound
from talento.services.uploads import store
from talento.services.work import Actor


def photo(actor: Actor, photo_id: str, size: str = "large") -> Callable[[], bytes | None]:
    """Reads a photo when it is drawn, so that only one is in memory at a time; nothing when it may not be seen."""

    def read() -> bytes | None:
        try:
            return store.read(actor, photo_id, size=size).data if photo_id else None
        except NotFound:
            return None

    return read
