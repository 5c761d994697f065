"""The product itself, serving a town of invented people, for the benchmarks that need a browser or sockets."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench import town

ROOT = Path(__file__).parents[1]

RECRUITERS = """
import sys
import talento.models.tables
from sqlalchemy import select
from talento.models.accounts import User
from talento.services import accounts, sessions
from talento.services.work import SYSTEM, work
from talento.vocabulary.permissions import Role
with work(SYSTEM) as opened:
    for number in range(int(sys.argv[1])):
        email = f"recruiter.{number}@bench.example.com"
        known = opened.session.scalars(select(User).where(User.email == email)).first()
        user = known or accounts.create_staff(opened, email=email, role=Role.RECRUITER, name=f"Recruiter {number}")
        print(sessions.start(opened, user, is_remembered=False)[0])
"""


@dataclass(frozen=True)
class Served:
    """A running product and signed-in recruiters."""

    port: int
    cookies: list[str]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(size: int, recruiters: int = 1, *, roster: str = "people") -> Iterator[Served]:
    """Serve the town of a size in one process; the pages are built first if need be."""
    town.database(size, roster)
    port = free_port()
    environment = os.environ | town.environment(size, roster) | generous(port)
    made = [sys.executable, "-c", RECRUITERS, str(recruiters)]
    cookies = subprocess.run(
        made, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()
    command = [sys.executable, "-m", "talento", "run"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        until_it_answers(port, process)
        yield Served(port, cookies)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def processes(environment: dict[str, str], count: int) -> Iterator[list[int]]:
    """So many processes on one database, each on a port of its own."""
    with ExitStack() as stack:
        ports = []
        for _ in range(count):
            port = free_port()
            command = [sys.executable, "-m", "talento", "run"]
            process = subprocess.Popen(command, env=environment | generous(port), cwd=ROOT, stdout=subprocess.DEVNULL)
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
            until_it_answers(port, process)
            ports.append(port)
        yield ports


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def generous(port: int) -> dict[str, str]:
    """One address and one session hold hundreds of sockets here."""
    names = ("SOCKETS_PER_ADDRESS", "SOCKETS_PER_SESSION", "SOCKETS_PER_WORKER")
    return {f"TALENTO_{name}": "5000" for name in names} | {"PORT": str(port), "HOST": "127.0.0.1", "PUBLIC_URL": ""}


def until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for the first page; end the program when there is none."""
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("The product did not start.")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/sign-in", timeout=2).status_code == 200:
                time.sleep(4)  # the index loads in the background
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit("The product does not answer.")
