"""Real servers, one of each kind for the whole session of tests."""

import base64
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

REPOSITORY = Path(__file__).parents[2]
APP = Path(__file__).parent / "app"

PEOPLE = {
    "zoe-token-0000000000000000": "user",
    "nadia-token-00000000000000": "presence",
    "youssef-token-000000000000": "recruiter",
    "awa-token-0000000000000000": "admin",
}
COOKIES = {role: f"talento={token}" for token, role in PEOPLE.items()} | {"visitor": ""}

SCRIPT = "window.__reactRouterContext.streamController.close();"


@dataclass
class Server:
    """A running server and where it writes."""

    port: int
    folder: Path
    process: subprocess.Popen = field(repr=False, default=None)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def people(self, people: dict[str, str]) -> None:
        (self.folder / "people.json").write_text(json.dumps(people))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def launch(folder: Path, mode: str = "guarded", **environment: str) -> Server:
    """Start the test application under granian and wait until it answers."""
    shutil.copytree(APP, folder, dirs_exist_ok=True)
    exported(folder / ".web")
    server = Server(free_port(), folder)
    server.people(PEOPLE)
    own = {
        "EDGE_MODE": mode,
        "EDGE_ORIGINS": server.origin if mode != "open" else "*",
        "EDGE_PEOPLE": str(folder / "people.json"),
        "PORT": str(server.port),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "PRODUCTION": "false",
        "SECRET_KEY": "s" * 48,
        "ENCRYPTION_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "REDIS_URL": "",
        "DATABASE_URL": f"sqlite:///{folder}/unused.db",
        "PYTHONPATH": f"{folder}{os.pathsep}{REPOSITORY}",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "TALENTO_SOCKETS_PER_ADDRESS": "400",
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(server.port)]
    command += ["--host", "127.0.0.1", "--workers-kill-timeout", "3", "edgeapp.edgeapp:app"]
    with (folder / "server.log").open("w") as log:
        server.process = subprocess.Popen(
            command, cwd=folder, env=os.environ | own | environment, stdout=log, stderr=log, start_new_session=True
        )
    wait_for(server)
    return server


def exported(web: Path) -> None:
    """A small hand-made export: two pages, a hashed asset, an icon."""
    client = web / "build" / "client"
    (client / "about").mkdir(parents=True)
    (client / "assets").mkdir()
    page = f"<!doctype html><title>x</title><script>{SCRIPT}</script>"
    for name in ("index.html", "about/index.html", "about.html", "404.html"):
        (client / name).write_text(page)
    (client / "assets" / "root-DUhG-MuN.js").write_text("export {}")
    (client / "assets" / "reflex-env-BVGF6eGS.js").write_text("var e={EVENT:`ws://localhost:8000/_event`}")
    (client / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    from talento.edge import build

    build.finish(client)


def wait_for(server: Server, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            httpx.get(server.origin + "/ping", timeout=1)
            return
        except httpx.TransportError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log}")


def build_pages() -> None:
    """Compile the product's pages, once however many test processes ask."""
    with (REPOSITORY / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, "-m", "talento", "build"], cwd=REPOSITORY, check=True)


def stop(server: Server) -> None:
    os.killpg(server.process.pid, signal.SIGTERM)
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """What we ship."""
    running = launch(tmp_path_factory.mktemp("guarded") / "app")
    yield running
    stop(running)


@pytest.fixture(scope="session")
def forgetful(tmp_path_factory):
    """The policy without the audit: a forgotten handler is in the house."""
    running = launch(tmp_path_factory.mktemp("forgetful") / "app", "forgetful")
    yield running
    stop(running)


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """The twin with every protection off: Reflex as it comes."""
    running = launch(tmp_path_factory.mktemp("open") / "app", "open")
    yield running
    stop(running)
