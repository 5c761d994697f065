"""What an operator sees when something is wrong."""

import os
import socket
import subprocess
import sys

import pytest

from tests.edge.conftest import REPOSITORY

FINE = {
    "SECRET_KEY": "s" * 48,
    "ENCRYPTION_KEY": "a2" * 21 + "a=",
    "TALENTO_PRODUCTION": "true",
    "PUBLIC_URL": "https://x.test",
}


def talento(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "talento", *arguments],
        cwd=REPOSITORY,
        env=os.environ | FINE | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "tiny-key"}, "SECRET_KEY"),
        ({"ENCRYPTION_KEY": "not-a-key"}, "ENCRYPTION_KEY"),
        ({"PUBLIC_URL": "http://x.test"}, "PUBLIC_URL"),
        ({"WORKERS": "2", "REDIS_URL": ""}, "REDIS_URL"),
        ({"PORT": "many"}, "PORT"),
    ],
)
def test_a_weak_setting_stops_the_start_with_one_sentence(environment, named):
    done = talento("run", **environment)

    assert done.returncode == 78
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not any(value in done.stderr for value in environment.values() if len(value) > 3)


def test_a_taken_port_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = talento("run", "--no-build", PORT=port, HOST="127.0.0.1")

    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"Port {port} on 127.0.0.1 is taken: stop the other program, or set PORT to another number."
    )


def test_every_command_says_what_it_does():
    done = talento("--help")

    assert done.returncode == 0
    assert "run" in done.stdout
