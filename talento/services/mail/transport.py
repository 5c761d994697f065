"""How a message leaves the house: through SendGrid, through an SMTP server, or not at all (the local outbox)."""

from dataclasses import dataclass
from typing import Protocol

from talento.services import preferences
from talento.services.preferences import registry
from talento.vocabulary.mailing import Way

SECONDS = 30
LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to go, its secret filled in. `unsubscribe`: where its reader refuses further ones."""

    uid: str
    kind: str
    to: str
    name: str
    subject: str
    text: str
    html: str
    link: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    unsubscribe: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What lets mail programs offer a button to unsubscribe. Source: RFC 8058."""
        if not self.unsubscribe:
            return {}
        return {"List-Unsubscribe": f"<{self.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class Failed(Exception):
    """It did not work this time; trying again later may."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Unsure(Failed):
    """The connection ended after the message was handed over: it may have been taken, or not (`RE-31`)."""


class Refused(Exception):
    """It will never work like this."""


class Transport(Protocol):
    def send(self, parcel: Parcel) -> bool:
        """Hand the message on; True when it stays here for an admin to read.

        Raises:
            Failed: try again later; `Unsure` when it may have been taken.
            Refused: don't.
        """


class LocalOutbox:
    """Keeps messages for an admin to read, and prints links for whoever runs the server."""

    def send(self, parcel: Parcel) -> bool:
        where = f"  {parcel.link}" if parcel.link else ""
        files = "".join(f"  [{file.name}]" for file in parcel.enclosed)
        print(f"✉ {parcel.kind} → {parcel.to}{where}{files}", flush=True)
        return True


def is_local() -> bool:
    """Whether messages stay here."""
    return preferences.value(registry.MAIL_WAY) is Way.LOCAL


def sender() -> str:
    """The address that messages come from.

    Raises:
        Refused: nobody said which.
    """
    found = preferences.value(registry.MAIL_FROM)
    if not found:
        raise Refused("No sender's address is set.")
    return found
