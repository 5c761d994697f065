"""Mail providers on loopback: what answers as SendGrid does, and a real SMTP server."""

import base64
import email
import email.policy
import json
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from talento.services.mail.sendgrid import SendGrid

KEY = "SG.test-key"
SENDER = "noreply@talento.example.com"


SILENT = 0
"""Takes the message and hangs up without a word."""


class Provider:
    """A mail provider on loopback that answers as SendGrid's v3 API does."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.heard: list[dict] = []
        self.keys: list[str | None] = []
        self.says = b""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.keys.append(self.headers["Authorization"])
                provider.heard.append(json.loads(body) | {"path": self.path})
                status, headers = provider.answers.pop(0) if provider.answers else (202, {})
                if status == SILENT:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(provider.says)))
                self.end_headers()
                self.wfile.write(provider.says)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def transport(self) -> SendGrid:
        return SendGrid(KEY, SENDER, host=self.host, seconds=0.5)


class Smtpd:
    """A real SMTP server, with TLS and a password, that keeps what it is given."""

    USER, PASSWORD = "talento", "correct horse"

    def __init__(self, folder: Path, *, starttls: bool = True, name: str = "localhost") -> None:
        self.received: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answer = "250 OK"
        self.hangs_up = False
        self.authority = certificate(folder, name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        options = {"auth_required": True, "authenticator": self._knows, "auth_require_tls": starttls}
        options |= {"tls_context": context, "require_starttls": True} if starttls else {"ssl_context": context}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="localhost", **options)
        self.controller.start()

    def _knows(self, server, session, envelope, mechanism, auth_data) -> AuthResult:
        told = (auth_data.login.decode(), auth_data.password.decode())
        return AuthResult(success=told == (self.USER, self.PASSWORD), handled=False)

    async def handle_DATA(self, server, session, envelope) -> str:
        self.raw.append(envelope.content)
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.hangs_up:
            server.transport.abort()
        return self.answer

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address.startswith("nobody@"):
            return "550 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def certificate(folder: Path, name: str) -> str:
    """A key and a certificate for a host, signed by itself; returns the file to believe."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return str(folder / "cert.pem")


class Signer:
    """Signs batches of events as SendGrid does."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        der = self._key.public_key().public_bytes(serialization.Encoding.DER, spki)
        self.public = base64.b64encode(der).decode()

    def signed(self, events: object, at: datetime) -> tuple[str, str, bytes]:
        """Signature, time stamp and body."""
        body = json.dumps(events).encode()
        stamp = str(int(at.timestamp()))
        signature = self._key.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return base64.b64encode(signature).decode(), stamp, body
