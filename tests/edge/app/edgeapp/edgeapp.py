"""Handlers of every kind behind the real guard, or, as a twin, behind nothing.

EDGE_MODE: `guarded` is what we ship; `forgetful` has the policy but skips the audit; `open` is Reflex as it comes.
"""

import json
import os
import time
from datetime import date
from pathlib import Path

import reflex as rx
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from talento.edge import logs
from talento.edge.guard import Guard
from talento.edge.headers import Headers
from talento.errors import Conflict
from talento.services import sessions
from talento.services.work import VISITOR, Actor
from talento.state import doors, live
from talento.state.doors import PUBLIC, current, event, tell
from talento.vocabulary.permissions import Permission, Role

MODE = os.environ.get("EDGE_MODE", "guarded")
PEOPLE = Path(os.environ.get("EDGE_PEOPLE", "people.json"))
CANARY = "DSN=postgresql://u:CANARY-IN-EXCEPTION@db/x"

_cache: dict[str, tuple[float, Actor]] = {}


def look_up(token: str | None, ip: str = "", agent: str = "") -> Actor:
    """Who holds a session token, according to a file that the tests write."""
    role = json.loads(PEOPLE.read_text()).get(token) if token else None
    found = VISITOR if role is None else Actor(user_id=len(role), role=Role(role), session_id=1, name=role)
    _cache[token or ""] = (time.monotonic() + 0.3, found)
    return found


def remembered(token: str | None) -> Actor | None:
    """What `look_up` said moments ago."""
    until, found = _cache.get(token or "", (0.0, VISITOR))
    return found if until > time.monotonic() else None


sessions.actor, sessions.cached = look_up, remembered


class Desk(rx.State):
    """One handler per permission, and some that misbehave."""

    done: list[str] = []
    who: str = ""
    _secret: str = "BACKEND-SECRET"

    @event(PUBLIC)
    def public(self):
        self.done = [*self.done, "public"]

    @event(Permission.OWN_PROFILE)
    def mine(self):
        self.who = current().name
        self.done = [*self.done, "mine"]

    @event(Permission.RECORD_PRESENCE)
    async def scan(self):
        self.done = [*self.done, "scan"]

    @event(Permission.EXPORT, background=True)
    async def export(self):
        async with self:
            self.done = [*self.done, "export"]

    @event(Permission.ADMINISTER)
    def backup(self):
        self.done = [*self.done, "backup"]

    @event(Permission.OWN_PROFILE)
    def chain(self):
        return Desk.backup

    @event(PUBLIC)
    def typed(self, n: int, day: date | None = None, is_loud: bool = False):
        self.done = [*self.done, f"typed {n!r} {day} {is_loud!r}"]

    @event(PUBLIC)
    def form(self, form_data: dict[str, str]):
        self.done = [*self.done, f"form {sorted(form_data.items())}"]

    @event(PUBLIC, rate=(3, 60.0))
    def costly(self):
        self.done = [*self.done, "costly"]

    @event(PUBLIC)
    def explode(self):
        raise RuntimeError(CANARY)

    @event(PUBLIC, background=True)
    async def explode_later(self):
        raise RuntimeError(CANARY)

    @event(PUBLIC)
    async def explode_midway(self):
        yield
        raise RuntimeError(CANARY)

    @event(PUBLIC)
    async def clash(self):
        raise Conflict("Somebody was first.")

    @event(PUBLIC)
    async def greet(self):
        await tell(self, "Good morning")

    @event(PUBLIC)
    async def listen(self):
        live.subscribe(self, "sheet", Desk.heard, key=7)

    @event(Permission.OWN_PROFILE)
    async def publish(self):
        await live.deliver("sheet", 7)

    @event(PUBLIC, supersedes=True)
    async def heard(self, topic: str, keys: list[int]):
        self.done = [*self.done, f"{topic} {keys} as {current().name or 'visitor'}"]


if MODE != "guarded":

    class Careless(rx.State):
        """What a hurried colleague writes."""

        title: str = ""

        def helper(self, v: str):
            self.title = v

        def set_last(self, value: str):
            self.title = value


api = FastAPI()


@api.post("/files")
@api.post("/echo")
async def echo(request: Request):
    return {"bytes": len(await request.body()), "ip": request.client.host, "scheme": request.url.scheme}


@api.get("/whoami")
async def whoami(request: Request):
    return {"ip": request.client.host, "scheme": request.url.scheme, "tab": request.headers.get("reflex-client-token")}


@api.get("/own-policy")
async def own_policy():
    return HTMLResponse("x", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private"})


logs.install()

if MODE == "open":
    app = rx.App(api_transformer=[api])
else:
    app = rx.App(api_transformer=[api, lambda inner: Headers(inner, pages=Path(".web/pages.json").absolute()), Guard])
    if MODE == "guarded":
        doors.install(app)
    else:
        app.add_middleware(doors.PolicyMiddleware(), index=0)
app.register_lifespan_task(live.lifespan)
app.add_page(lambda: rx.el.p("hello"), route="/", title="Edge")
app.add_page(lambda: rx.el.p("code"), route="/t/[code]", title="Card")
