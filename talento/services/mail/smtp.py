"""Any SMTP server, its certificate always checked. Source: RFC 5321, RFC 8314."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from talento import clock
from talento.services import preferences
from talento.services.mail.transport import SECONDS, Failed, Parcel, Refused, Unsure
from talento.services.preferences import registry
from talento.settings import settings
from talento.vocabulary.mailing import Tls


class Unfolded(UnstructuredHeader):
    """A header whose long address stays whole: Python would encode it, and no mail program would find it."""

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Unfolded)
POLICY = EmailPolicy(header_factory=HEADERS, linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Smtp:
    """One server. `authority`: a file of certificates to believe besides the system's."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str
    sender: str
    authority: str = ""
    seconds: float = SECONDS

    def send(self, parcel: Parcel) -> bool:
        if not parcel.to.isascii():
            raise Refused("SMTP can't write to this address: it has letters beyond ASCII.")
        message = self._message(parcel).as_bytes()
        try:
            server = self._connected()
        except smtplib.SMTPResponseException as error:
            raise Failed(str(_answered(error.smtp_code, error.smtp_error))) from error
        except ssl.SSLCertVerificationError as error:
            raise Failed(f"The certificate of {self.host} is not valid: {error.verify_message}.") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Failed(f"{self.host}:{self.port} can't be reached: {error}") from error
        try:
            self._hand_over(server, parcel.to, message)
        finally:
            server.close()
        return False

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.authority:
            context.load_verify_locations(self.authority)
        if self.tls is Tls.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            if self.tls is Tls.STARTTLS:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, to: str, message: bytes) -> None:
        """From the last line of the message on, a lost connection leaves us unsure."""
        try:
            server.ehlo_or_helo_if_needed()
            for code, words in (server.mail(self.sender), server.rcpt(to)):
                if code not in (250, 251):
                    raise _answered(code, words)
        except (OSError, smtplib.SMTPException) as error:
            raise Failed(f"{self.host} hung up: {error}") from error
        try:
            code, words = server.data(message)
        except smtplib.SMTPDataError as error:
            raise _answered(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(f"{self.host} did not say whether it took the message: {error}") from error
        if code != 250:
            raise _answered(code, words)

    def _message(self, parcel: Parcel) -> EmailMessage:
        message = EmailMessage(POLICY)
        message["From"] = Address(preferences.value(registry.SITE_NAME), addr_spec=self.sender)
        message["To"] = Address(" ".join(parcel.name.split()), addr_spec=parcel.to)
        message["Subject"] = parcel.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{parcel.uid}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        for name, value in parcel.headers.items():
            message[name] = value
        message.set_content(parcel.text)
        message.add_alternative(parcel.html, subtype="html")
        for file in parcel.enclosed:
            kind, _, subtype = file.media_type.partition("/")
            message.add_attachment(file.data, maintype=kind, subtype=subtype, filename=file.name)
        return message


def _answered(code: int, words: bytes | str) -> Failed | Refused:
    """4xx asks to come back, 5xx refuses for good. Source: RFC 5321, 4.2.1."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    said = f"The server answered {code}: {' '.join(text.split())}"[:280]
    return Failed(said) if 400 <= code < 500 else Refused(said)


def configured(sender: str) -> Smtp:
    """The server that the settings name.

    Raises:
        Refused: they name none.
    """
    host = preferences.value(registry.SMTP_HOST)
    if not host:
        raise Refused("No SMTP server is set.")
    return Smtp(
        host,
        preferences.value(registry.SMTP_PORT),
        preferences.value(registry.SMTP_TLS),
        preferences.value(registry.SMTP_USER),
        preferences.secret(registry.SMTP_PASSWORD),
        sender,
        settings().smtp_authority,
    )
