"""The product itself: every handler that it registers × every role, over a raw socket. Source: AZ-01, AZ-02, AZ-04.

Each call carries an argument that no handler takes. Whoever may open the door is told that this was not understood,
and nothing runs; whoever may not is refused before anybody looks at the arguments.
"""

import json
import os
import subprocess
import sys

import pytest

from talento.vocabulary.permissions import Role, allowed
from tests.edge.conftest import REPOSITORY, Server, free_port, stop, wait_for
from tests.edge.wire import MESSAGES, tab

PREPARE = """
import json
from talento import clock
from talento.models.accounts import User
from talento.services import database, sessions
from talento.services.work import SYSTEM, work
from talento.vocabulary.permissions import Role

database.migrate()
with work(SYSTEM) as opened:
    tokens = {}
    for role in Role:
        person = User(email=f"{role}@example.org", name=role, role=role, created_at=opened.now)
        opened.session.add(person)
        opened.session.flush()
        tokens[role] = sessions.start(opened, person, is_remembered=False)[0]

import talento.talento
from talento.state import doors
needs = {name: getattr(door.needs, "value", None) for name, door in doors.audit_handlers().items()}
from reflex_base.registry import RegistrationContext
names = [name for name in RegistrationContext.get().event_handlers if name.endswith(".setvar")]
print("RESULT" + json.dumps({"tokens": tokens, "needs": needs, "setvars": names, "cookie": sessions.COOKIE}))
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """The product's server on an empty database with one signed-in person per role, and its inventory."""
    folder = tmp_path_factory.mktemp("product")
    server = Server(free_port(), folder)
    own = os.environ | {
        "PORT": str(server.port),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "TALENTO_PRODUCTION": "false",
        "SECRET_KEY": "s" * 48,
        "ENCRYPTION_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
        "DATABASE_URL": f"sqlite:///{folder}/talento.db",
        "DATA_DIR": str(folder / "data"),
        "REDIS_URL": "",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "__REFLEX_SKIP_COMPILE": "true",
        "TALENTO_EVENTS_PER_SECOND": "10000",
        "TALENTO_EVENTS_BURST": "10000",
    }
    done = subprocess.run([sys.executable, "-c", PREPARE], cwd=REPOSITORY, env=own, capture_output=True, text=True)
    assert "RESULT" in done.stdout, done.stderr[-3000:]
    server.facts = json.loads(done.stdout.split("RESULT")[1])
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(server.port)]
    command += ["--host", "127.0.0.1", "--workers-kill-timeout", "3", "talento.talento:app"]
    with (folder / "server.log").open("w") as log:
        server.process = subprocess.Popen(
            command, cwd=REPOSITORY, env=own, stdout=log, stderr=log, start_new_session=True
        )
    wait_for(server)
    yield server
    stop(server)


def may(role: str, need: str) -> bool:
    return need == "everybody" or (role != "visitor" and allowed(Role(role), need))


async def outcome(mine, name: str) -> str:
    """What becomes of a call: `admitted`, `refused` or `sent away`."""
    before = len(mine.heard)
    mine.events.clear()
    mine.vars.pop(f"{MESSAGES}.messages", None)
    await mine.call(name.rpartition(".")[2], {"no_such_argument": 1}, state=name.rpartition(".")[0])
    await mine.until(lambda tab: len(tab.heard) > before and (tab.redirects or tab.messages))
    if mine.redirects:
        return "sent away"
    said = mine.messages[-1]
    return "refused" if said == "You are not allowed to do this." else "admitted"


@pytest.mark.parametrize("role", ["visitor", *Role])
async def test_every_handler_of_the_product_opens_for_those_of_the_matrix_only(product, role):
    facts = product.facts
    cookie = "" if role == "visitor" else f"{facts['cookie']}={facts['tokens'][role]}"
    wrong = []
    async with tab(product, cookie=cookie) as mine:
        for name, need in facts["needs"].items():
            got = await outcome(mine, name)
            expected = "admitted" if may(role, need) else "sent away" if role == "visitor" else "refused"
            if got != expected:
                wrong.append((name, need, got))

    assert wrong == []
    assert len(facts["needs"]) > 10


@pytest.mark.parametrize("role", ["visitor", *Role])
async def test_setvar_is_refused_on_every_state(product, role):
    facts = product.facts
    cookie = "" if role == "visitor" else f"{facts['cookie']}={facts['tokens'][role]}"
    async with tab(product, cookie=cookie) as mine:
        outcomes = {await outcome(mine, name) for name in facts["setvars"]}

    assert outcomes == {"refused"}
