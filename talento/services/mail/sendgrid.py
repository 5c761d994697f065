"""SendGrid's v3 API through its official client. It has no idempotency key: each message carries its own number."""

import base64
import json
import ssl
from http.client import HTTPException
from socket import gaierror
from urllib.error import URLError

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Attachment, CustomArg, Email, Header, Mail, To

from talento.services import preferences
from talento.services.mail.transport import LONGEST_WAIT, SECONDS, Failed, Parcel, Refused, Unsure
from talento.services.preferences import registry
from talento.settings import settings

NOT_REACHED = (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError)
"""Nothing was handed over."""

GATEWAYS = (502, 504)
"""Somebody between us answered; whether SendGrid itself took the message, nobody knows."""

NOT_ITS_FAULT = (401, 403, 429)
"""The account is wrong or has had its share: the message waits."""


class SendGrid:
    """One account at SendGrid."""

    def __init__(self, api_key: str, sender: str, host: str = "", seconds: float = SECONDS) -> None:
        self._client = SendGridAPIClient(api_key, host=host or settings().sendgrid_url)
        self._client.client.timeout = seconds
        self._sender = sender

    def send(self, parcel: Parcel) -> bool:
        mail = self._mail(parcel)
        try:
            self._client.send(mail)
        except HTTPError as error:
            _explain(error)
        except URLError as error:
            raise _unreached(error.reason) from error
        except (OSError, HTTPException) as error:
            raise _unreached(error) from error
        return False

    def _mail(self, parcel: Parcel) -> Mail:
        mail = Mail(
            from_email=Email(self._sender, preferences.value(registry.SITE_NAME)),
            to_emails=To(parcel.to, parcel.name or None),
            subject=parcel.subject,
            plain_text_content=parcel.text,
            html_content=parcel.html,
        )
        mail.add_custom_arg(CustomArg("talento_mail_id", parcel.uid))
        for name, value in parcel.headers.items():
            mail.add_header(Header(name, value))
        for file in parcel.enclosed:
            mail.add_attachment(
                Attachment(base64.b64encode(file.data).decode(), file.name, file.media_type, "attachment")
            )
        return mail


def _unreached(why: object) -> Failed:
    said = f"SendGrid can't be reached: {type(why).__name__}"
    return Failed(said) if isinstance(why, NOT_REACHED) else Unsure(said)


def _explain(error: HTTPError) -> None:
    said = f"SendGrid answered {error.status_code}{_words(error.body)}"
    if error.status_code in GATEWAYS:
        raise Unsure(said, _seconds(error.headers)) from error
    if error.status_code in NOT_ITS_FAULT or error.status_code >= 500:
        raise Failed(said, _seconds(error.headers)) from error
    raise Refused(said) from error


def _words(body: object) -> str:
    """What SendGrid says is wrong."""
    try:
        errors = json.loads(body)["errors"]  # type: ignore[arg-type]
        said = " ".join(str(one["message"]) for one in errors)
    except (ValueError, TypeError, KeyError):
        return ""
    return f": {' '.join(said.split())}"[:240] if said else ""


def _seconds(headers: object) -> float | None:
    try:
        return max(1.0, min(float(headers["Retry-After"]), LONGEST_WAIT))  # type: ignore[index]
    except (KeyError, TypeError, ValueError):
        return None
