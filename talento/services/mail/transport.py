"""How a message leaves the house: through SendGrid, or not at all (the local outbox)."""

import base64
import logging
from dataclasses import dataclass
from typing import Protocol

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Attachment, CustomArg, Email, Mail, To

from talento.services import preferences
from talento.services.preferences import registry
from talento.settings import Settings

log = logging.getLogger(__name__)

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to go, its secret filled in."""

    uid: str
    kind: str
    to: str
    name: str
    subject: str
    text: str
    html: str
    link: str = ""
    enclosed: tuple[Enclosed, ...] = ()


class Failed(Exception):
    """It did not work this time; trying again later may."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Refused(Exception):
    """It will never work like this."""


class Transport(Protocol):
    def send(self, parcel: Parcel) -> bool:
        """Hand the message on; True when it stays here for an admin to read.

        Raises:
            Failed: try again later.
            Refused: don't.
        """


class LocalOutbox:
    """Keeps messages for an admin to read, and prints links for whoever runs the server."""

    def send(self, parcel: Parcel) -> bool:
        where = f"  {parcel.link}" if parcel.link else ""
        files = "".join(f"  [{file.name}]" for file in parcel.enclosed)
        print(f"✉ {parcel.kind} → {parcel.to}{where}{files}", flush=True)
        return True


class SendGrid:
    """SendGrid's v3 API through its official client."""

    def __init__(self, api_key: str, sender: str, host: str = "https://api.sendgrid.com") -> None:
        self._client = SendGridAPIClient(api_key, host=host)
        self._client.client.timeout = SECONDS
        self._sender = sender

    def send(self, parcel: Parcel) -> bool:
        mail = Mail(
            from_email=Email(self._sender, preferences.value(registry.SITE_NAME)),
            to_emails=To(parcel.to, parcel.name or None),
            subject=parcel.subject,
            plain_text_content=parcel.text,
            html_content=parcel.html,
        )
        mail.add_custom_arg(CustomArg("talento_mail_id", parcel.uid))
        for file in parcel.enclosed:
            mail.add_attachment(
                Attachment(base64.b64encode(file.data).decode(), file.name, file.media_type, "attachment")
            )
        try:
            self._client.send(mail)
        except HTTPError as error:
            _explain(error)
        except OSError as error:
            raise Failed(f"SendGrid can't be reached: {type(error).__name__}") from error
        return False


def _explain(error: HTTPError) -> None:
    if error.status_code == 429 or error.status_code >= 500:
        raise Failed(f"SendGrid answered {error.status_code}", _seconds(error.headers)) from error
    raise Refused(f"SendGrid answered {error.status_code}") from error


def _seconds(headers: object) -> float | None:
    try:
        return min(float(headers["Retry-After"]), 3600.0)  # type: ignore[index]
    except (KeyError, TypeError, ValueError):
        return None


def configured(settings: Settings) -> Transport:
    """SendGrid when a key is set, else the local outbox."""
    if settings.sendgrid_api_key:
        return SendGrid(settings.sendgrid_api_key, settings.sendgrid_from_email or "noreply@localhost")
    return LocalOutbox()
