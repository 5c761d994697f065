"""A thousand messages while the provider is ill and the sender is killed again and again: none lost, hardly any twice.

The provider is a real HTTP server on loopback that answers as SendGrid does: 202, 429 with `Retry-After`, 500, or
nothing after it took the message. It tells later, signed, what it took; the sender is a process of its own that is
killed with SIGKILL. Only the waiting is shortened: the sender's clock runs `SPEED` times as fast.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bench.report import Report

MAILS, KILLS = 1_000, 20
SPEED = 120
SILENCE = 0.25
LONGEST = 240.0

WRITE = """
import sys
import talento.models.tables
from talento.services import database
from talento.services.mail import outbox
from talento.services.mail.letter import Letter
from talento.services.preferences import changes
from talento.services.work import SYSTEM, run
database.migrate()
chosen = {"mail_way": "sendgrid", "mail_from": "noreply@example.com", "sendgrid_events_key": sys.argv[2]}
for key, typed in chosen.items():
    run(SYSTEM, changes.change, key, typed, revision=0)
letter = Letter("en", "A message", "Hello", ["A paragraph."])
def write(work):
    for number in range(int(sys.argv[1])):
        outbox.put_to(work, "call_time", f"talent{number}@example.com", "en", letter)
run(SYSTEM, write)
"""

SEND = f"""
import sys, time
from datetime import UTC, datetime, timedelta
import talento.models.tables
from talento import clock
begun = float(sys.argv[1])
def fast():
    return datetime.fromtimestamp(begun, UTC) + timedelta(seconds=(time.time() - begun) * {SPEED})
clock.now = fast
from talento.services import preferences
from talento.services.mail import delivery, sendgrid
sendgrid.SendGrid.__init__.__defaults__ = ("", {SILENCE})
while True:
    if not delivery.deliver():
        time.sleep(0.05)
"""

HEAR = f"""
import json, sys, time
from datetime import UTC, datetime, timedelta
import talento.models.tables
from talento import clock
begun = float(sys.argv[1])
def fast():
    return datetime.fromtimestamp(begun, UTC) + timedelta(seconds=(time.time() - begun) * {SPEED})
clock.now = fast
from talento.services.mail import events
from talento.services.work import VISITOR
for line in sys.stdin:
    signature, stamp, body = json.loads(line)
    print(events.hear(VISITOR, signature, stamp, body.encode()), flush=True)
"""

LEFT = """
import json
import talento.models.tables
from sqlalchemy import func, select
from talento.models.operations import OutgoingMail
from talento.services.work import SYSTEM, look
counts = select(OutgoingMail.status, func.count()).group_by(OutgoingMail.status)
print(json.dumps(look(SYSTEM, lambda work: dict(map(tuple, work.session.execute(counts))))))
"""


@dataclass(frozen=True)
class Outcome:
    """What the provider had taken when nothing waited any more. `unexplained`: taken twice, without doubt or kill."""

    mails: int
    kills: int
    lost: int
    doubled: int
    unexplained: int
    requests: int
    answers: dict[str, int]
    seconds: float


class Provider:
    """Answers as SendGrid does on a bad day, and tells later what it took."""

    def __init__(self, silent: float) -> None:
        self.taken: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.doubtful: set[str] = set()
        self.last: list[tuple[float, str]] = []
        self.told: list[tuple[float, str]] = []
        self._random, self._silent, self._lock = Random(7), silent, threading.Lock()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = provider.decide(body["custom_args"]["talento_mail_id"])
                if not status:
                    time.sleep(SILENCE * 2)
                    self.close_connection = True
                    return
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "30")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def decide(self, uid: str) -> int:
        """What is answered; 0 for silence, after which two in three messages were taken all the same."""
        with self._lock:
            drawn = self._random.random()
            status = 0 if drawn < self._silent else 429 if drawn < self._silent + 0.15 else 202
            status = 500 if drawn > 0.9 else status
            self.answers[str(status or "silence")] += 1
            self.last.append((time.time(), uid))
            if status == 0:
                self.doubtful.add(uid)
            if status == 202 or (status == 0 and self._random.random() < 0.67):
                self.taken[uid] += 1
                self.told.append((time.time() + self._random.uniform(0.2, 1.5), uid))
        return status

    def due(self) -> list[str]:
        """What is to be told by now."""
        with self._lock:
            now = time.time()
            due = [uid for at, uid in self.told if at <= now]
            self.told = [one for one in self.told if one[0] > now]
        return due

    def killed(self) -> None:
        """Whatever was on the wire a moment ago is in doubt."""
        with self._lock:
            self.doubtful |= {uid for at, uid in self.last if at > time.time() - 1}
            self.last.clear()


class Sender:
    """The process that sends, killed each time it has made a few requests."""

    def __init__(self, environment: dict[str, str], begun: str) -> None:
        self._environment, self._begun = environment, begun
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", SEND, self._begun]
        self.process = subprocess.Popen(command, env=self._environment, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def soak(
    folder: Path, mails: int, kills: int, *, silent: float = 0.06, hears: bool = True, longest: float = LONGEST
) -> Outcome:
    """Send `mails` messages through `kills` kills. Without `hears`, the twin: the provider's word never arrives."""
    provider, key = Provider(silent), ec.generate_private_key(ec.SECP256R1())
    environment = _environment(folder, provider.server.server_port)
    _told(environment, WRITE, str(mails), _public(key))
    begun = time.time()
    sender = Sender(environment, str(begun))
    ear = subprocess.Popen(
        [sys.executable, "-c", HEAR, str(begun)], env=environment, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    dice, done, goal = Random(11), 0, 15
    while time.time() < begun + longest:
        time.sleep(0.02)
        _tell(ear, key, provider.due() if hears else [], begun)
        if done < kills and sum(provider.answers.values()) >= goal:
            sender.kill()
            provider.killed()
            done, goal = done + 1, sum(provider.answers.values()) + dice.randint(5, max(6, mails // (kills + 1)))
            sender.start()
        is_taken = len(provider.taken) >= mails and not (hears and provider.told) and done >= kills
        if is_taken and json.loads(_told(environment, LEFT)).get("sent") == mails:
            break
    seconds = time.time() - begun
    sender.kill()
    assert ear.stdin is not None
    ear.stdin.close()
    ear.wait()
    provider.server.shutdown()
    twice = {uid for uid, count in provider.taken.items() if count > 1}
    return Outcome(
        mails, done, mails - len(provider.taken), len(twice), len(twice - provider.doubtful),
        sum(provider.answers.values()), dict(provider.answers), seconds,
    )  # fmt: skip


def _tell(ear: subprocess.Popen, key: ec.EllipticCurvePrivateKey, uids: list[str], begun: float) -> None:
    """The signed webhook, by the same fast clock as the sender's."""
    if not uids:
        return
    stamp = int(begun + (time.time() - begun) * SPEED)
    events = [{"event": "processed", "talento_mail_id": uid, "timestamp": stamp} for uid in uids]
    body = json.dumps(events)
    signature = key.sign(f"{stamp}{body}".encode(), ec.ECDSA(hashes.SHA256()))
    assert ear.stdin is not None
    assert ear.stdout is not None
    ear.stdin.write(json.dumps([base64.b64encode(signature).decode(), str(stamp), body]) + "\n")
    ear.stdin.flush()
    ear.stdout.readline()


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(key.public_key().public_bytes(serialization.Encoding.DER, spki)).decode()


def _environment(folder: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/outbox.db",
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a secret for benchmarks, long enough to be one",
        "ENCRYPTION_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "SENDGRID_API_KEY": "SG.benchmark-key",
        "SENDGRID_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }


def _told(environment: dict[str, str], program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """The figure of the outbox."""
    report = Report("outbox", "Messages while the provider is ill and the sender is killed")
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), MAILS, KILLS)
    report.add("messages", found.mails)
    report.add("times the sender was killed", found.kills, target="20")
    report.add("requests", found.requests)
    for answer, count in sorted(found.answers.items()):
        report.add(f"answered {answer}", count)
    report.add("lost", found.lost, target="0")
    report.add("taken twice", found.doubled, target="≤ 1 of 1,000")
    report.add("taken twice without a silence or a kill", found.unexplained, target="0")
    report.add("time, with a clock 120 times as fast", found.seconds, "s")
    report.write()


if __name__ == "__main__":
    main()
