"""Doors: every event handler says who may open it, and what it takes; one that says nothing stays shut.

Reflex lets any socket call any public method of any state, passes on whatever it was sent, and logs what it could not
convert. `event` declares a handler, `PolicyMiddleware` asks before each one runs, `audit_handlers` refuses to start
when one was forgotten. `current()` is who acts; it comes from the session cookie, never from an event.
"""

import asyncio
import functools
import inspect
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NotRequired, TypeVar, get_type_hints
from urllib.parse import quote

import reflex as rx
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from reflex.app import App
from reflex.istate.proxy import StateProxy
from reflex.middleware import Middleware
from reflex.state import BaseState, FrontendEventExceptionState, StateUpdate
from reflex_base.event import Event, EventSpec
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.form import transform_form_data
from reflex_base.utils.format import json_dumps
from typing_extensions import TypedDict

from talento import clock, i18n
from talento.errors import Forbidden, Invalid, InvalidForm, NotFresh, Refusal, TooMany, Unauthorized
from talento.i18n import say
from talento.services import metrics, sessions
from talento.services.work import VISITOR, Actor
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

SIGN_IN = "/sign-in"
DOOR = "__talento_door__"
NEWS = {"topic", "keys"}
"""What the payload of a pushed event has."""
KEPT_MESSAGES = 4
KEPT_BUCKETS = 20_000
LARGEST = 2**31 - 1

_ROOT = "reflex___state____state."
_ON_LOAD = _ROOT + "reflex___state____on_load_internal_state."
HYDRATION = frozenset({_ROOT + "hydrate", _ROOT + "hydrate_and_load"})
FRAMEWORK = HYDRATION | {
    _ROOT + "set_is_hydrated",
    _ON_LOAD + "on_load_internal",
    _ON_LOAD + "set_is_hydrated",
    _ROOT + "reflex___state____update_vars_internal_state.update_vars_internal",
    _ROOT + "reflex___state____frontend_event_exception_state.handle_frontend_exception",
}

Handler = TypeVar("Handler", bound=Callable[..., Any])
Headers = Mapping[str, Any]


class Public(Enum):
    """Says that anybody may open a door, signed in or not."""

    EVERYBODY = "everybody"


PUBLIC = Public.EVERYBODY

_current: ContextVar[Actor] = ContextVar("actor", default=VISITOR)
_running: ContextVar[tuple[str, dict[str, Any]]] = ContextVar("running", default=("", {}))


def current() -> Actor:
    """Who causes the event that is running; a visitor outside of one."""
    return _current.get()


def running() -> tuple[str, dict[str, Any]]:
    """The name and the payload of the event that is running."""
    return _running.get()


class UndeclaredDoor(SystemExit):
    """An event handler does not say who may call it, or what it takes."""


class Bucket:
    """A token bucket: `rate` a second on average, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._level = burst
        self._at = clock.monotonic()

    def take(self) -> bool:
        """Use one token, if there is one."""
        now = clock.monotonic()
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True


@dataclass(frozen=True, eq=False)
class Door:
    """What one handler requires."""

    needs: Permission | Public
    handler: Callable[..., Any]
    rate: tuple[int, float] | None = None

    def admits(self, actor: Actor) -> bool:
        """Whether `actor` may call the handler."""
        return self.needs is PUBLIC or (isinstance(self.needs, Permission) and actor.can(self.needs))

    def accepted(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The payload as the handler's parameters are typed: nothing missing, nothing extra, nothing converted.

        Raises:
            Invalid: with one sentence for every defect; what was sent is never repeated nor logged. Source: RX-07.
        """
        try:
            if not fits(payload):
                raise ValueError
            sent = {name: transform_form_data(value, self._hints.get(name, Any)) for name, value in payload.items()}
            return self._adapter.validate_json(json_dumps(sent))
        except (ValidationError, TypeError, ValueError, RecursionError):
            raise Invalid("That could not be understood. Please reload the page and try again.") from None

    @functools.cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.handler, include_extras=True)

    @functools.cached_property
    def _adapter(self) -> TypeAdapter[dict[str, Any]]:
        fields = {}
        for parameter in list(inspect.signature(self.handler).parameters.values())[1:]:
            if parameter.name not in self._hints or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                raise UndeclaredDoor(f"{self.handler.__qualname__}: `{parameter.name}` has no type.")
            hint = self._hints[parameter.name]
            fields[parameter.name] = hint if parameter.default is parameter.empty else NotRequired[hint]
        shape = TypedDict("Payload", fields)  # type: ignore[operator]
        shape.__pydantic_config__ = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)
        return TypeAdapter(shape)

    def prepare(self) -> None:
        """Read the handler's types now rather than at the first event.

        Raises:
            UndeclaredDoor: a parameter's type is missing or cannot be checked.
        """
        try:
            _ = self._adapter
        except (PydanticUserError, NameError) as reason:
            raise UndeclaredDoor(f"{self.handler.__qualname__}: {reason}") from reason


def fits(value: Any) -> bool:
    """Whether every number in a payload could be a row's: databases refuse larger ones."""
    if isinstance(value, Mapping):
        return all(map(fits, value.values()))
    if isinstance(value, list):
        return all(map(fits, value))
    return not isinstance(value, int) or -LARGEST <= value <= LARGEST


def event(
    needs: Permission | Public,
    *,
    background: bool = False,
    supersedes: bool = False,
    rate: tuple[int, float] | None = None,
    **options: Any,
) -> Callable[[Handler], Handler]:
    """Declare an event handler and who may call it.

    Args:
        needs: a permission, or PUBLIC.
        background: runs without the state's lock; open it with `async with self`.
        supersedes: a newer call cancels the unfinished one: for answers to keystrokes.
        rate: at most so many calls in so many seconds by one person; `(5, 60.0)` is five a minute.
        options: what `rx.event` takes besides.
    """
    if not isinstance(needs, Permission | Public):
        raise TypeError("An event needs a permission or PUBLIC.")

    def declare(handler: Handler) -> Handler:
        guarded = _stream(handler) if _yields(handler) else _call(handler)
        setattr(guarded, DOOR, Door(needs, handler, rate))
        return rx.event(guarded, background=background or None, supersedes=supersedes or None, **options)

    return declare


def _yields(handler: Callable[..., Any]) -> bool:
    return inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler)


def _call(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, whose failure becomes a message."""

    @functools.wraps(handler)
    async def guarded(self: BaseState, *arguments: Any, **named: Any) -> Any:
        try:
            result = handler(self, *arguments, **named)
            return await result if inspect.isawaitable(result) else result
        except Exception as error:  # an edge: the screen
            return await _failed(self, handler, error)

    return guarded


def _stream(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a handler that yields."""

    @functools.wraps(handler)
    async def guarded(self: BaseState, *arguments: Any, **named: Any) -> Any:
        try:
            steps = handler(self, *arguments, **named)
            if inspect.isasyncgen(steps):
                async for step in steps:
                    yield step
            else:
                for step in steps:
                    yield step
        except Exception as error:  # an edge: the screen
            yield await _failed(self, handler, error)

    return guarded


async def _failed(state: BaseState, handler: Callable[..., Any], error: Exception) -> EventSpec | None:
    """Tell the reader, and nobody else, what went wrong; ask who they are if that is what is missing."""
    if isinstance(error, NotFresh):
        from talento.state import proof

        async with _unlocked(state):
            await proof.ask(state)
        return None
    text = spoken(error, where=handler.__qualname__)
    async with _unlocked(state):
        await tell(state, text, "error")
    return rx.redirect(SIGN_IN) if isinstance(error, Unauthorized) else None


def _unlocked(state: BaseState) -> AbstractAsyncContextManager[Any]:
    """Opens a background handler's state for writing; a foreground one is open already."""
    return state if isinstance(state, StateProxy) else nullcontext()


def spoken(error: Exception, *, where: str) -> str:
    """What the reader is told of a failure: a refusal's own sentence, or the number of an incident. Source: RX-12."""
    locale = current().locale
    if isinstance(error, InvalidForm):
        return " ".join([error.text(locale), *dict.fromkeys(error.texts(locale).values())])
    if isinstance(error, Refusal):
        return error.text(locale)
    incident = secrets.token_hex(4)
    log.error("incident %s in %s", incident, where, exc_info=error)
    return say(
        locale, "Something went wrong on our side. Please try again; if it stays, quote {incident}.", incident=incident
    )


# Messages


@dataclass(frozen=True)
class Message:
    """One thing to tell the reader. `tone` is `info`, `success`, `warning` or `error`."""

    id: str
    tone: str
    text: str
    detail: str = ""


class MessageState(rx.State):
    """What the toaster shows, oldest first."""

    messages: list[Message] = []

    @event(PUBLIC)
    def dismiss(self, id: str):
        """Take a message away."""
        self.messages = [message for message in self.messages if message.id != id]

    def _add(self, message: Message) -> None:
        self.messages = [*self.messages, message][-KEPT_MESSAGES:]


async def tell(state: BaseState, text: str, tone: str = "success", detail: str = "") -> None:
    """Show `text` in the toaster of the tab that `state` belongs to."""
    box = await state.get_state(MessageState)
    box._add(Message(secrets.token_hex(6), tone, text, detail))


# Policy


class PolicyMiddleware(Middleware):
    """Asks before every event, chained, loaded, pushed or sent. What is not clearly allowed is refused."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        try:
            answer = await self._judge(state, event)
            metrics.EVENTS.add("refused" if answer else "passed")
            return answer
        except Refusal as refusal:
            metrics.EVENTS.add("refused")
            return await _shown(state, refusal.text(current().locale))
        except Exception as error:  # an edge: a policy that fails refuses. Source: AZ-08
            _current.set(VISITOR)
            return await _shown(state, spoken(error, where="the policy"))

    async def _judge(self, state: BaseState, event: Event) -> StateUpdate | None:
        headers = _headers(state)
        token = sessions.token_in(headers["cookie"])
        actor = await _actor(token, headers, await _language(state, headers))
        _current.set(actor)
        is_over = token is not None and actor.user_id is None

        if event.name in FRAMEWORK:
            return _to_sign_in(state) if is_over and event.name in HYDRATION else None
        door = door_of(RegistrationContext.get().event_handlers.get(event.name))
        if door is None:
            log.warning("refused a handler without a door")
            raise Forbidden("You are not allowed to do this.")
        if not door.admits(actor):
            return await self._refused(state, actor, is_news=set(event.payload) == NEWS)
        self._charge(door, event.name, actor)
        _fill(event.payload, door.accepted(event.payload))
        _running.set((event.name, event.payload))
        return None

    async def _refused(self, state: BaseState, actor: Actor, *, is_news: bool) -> StateUpdate:
        if not state._get_root_state().router_data:
            return StateUpdate()  # pushed to a tab whose state has expired: it loads afresh at its next event
        if actor.user_id is None:
            return _to_sign_in(state)
        if is_news:
            return StateUpdate()  # of a page that its reader may not see any more; they asked for nothing
        return await _shown(state, Forbidden("You are not allowed to do this.").text(actor.locale))

    def _charge(self, door: Door, name: str, actor: Actor) -> None:
        """Count a call against the handler's rate, for the person or, for a visitor, the address."""
        if door.rate is None:
            return
        calls, seconds = door.rate
        key = (name, str(actor.user_id or actor.ip))
        bucket = self._buckets.setdefault(key, Bucket(calls / seconds, calls))
        self._buckets.move_to_end(key)
        while len(self._buckets) > KEPT_BUCKETS:
            self._buckets.popitem(last=False)
        if not bucket.take():
            raise TooMany("That was too often. Please wait a moment.", retry_after=round(seconds / calls) or 1)


def _headers(state: BaseState) -> dict[str, str]:
    """The handshake's headers and address, set by the server; a client's own claims are overwritten by Reflex."""
    router = state._get_root_state().router_data
    sent = router.get("headers", {})
    return {
        "cookie": sent.get("cookie", ""),
        "agent": sent.get("user-agent", ""),
        "languages": sent.get("accept-language", ""),
        "ip": router.get("ip", ""),
    }


async def _actor(token: str | None, headers: dict[str, str], locale: str) -> Actor:
    ip, agent = headers["ip"], headers["agent"]
    found = sessions.cached(token) if token else VISITOR
    if found is None:
        found = await asyncio.to_thread(sessions.actor, token, ip, agent)
    return replace(found, ip=ip, agent=agent, locale=locale)


async def _language(state: BaseState, headers: dict[str, str]) -> str:
    """The language that the page shows: the choice made in this tab, else the handshake's cookie and preference."""
    chosen = [part.split("=", 1)[-1].strip() for part in headers["cookie"].split(";") if i18n.COOKIE in part]
    root = state._get_root_state()
    spoken = next((sub for name, sub in root.substates.items() if name.endswith("locale_state")), None)
    now = getattr(spoken, "locale", "") if spoken is not None else ""
    return i18n.negotiate(now or (chosen[0] if chosen else ""), headers["languages"])


def _to_sign_in(state: BaseState) -> StateUpdate:
    """Send the tab to the sign-in page, and back here afterwards."""
    path = str(state._get_root_state().router_data.get("asPath", ""))
    is_here = path.startswith("/") and not path.startswith(("//", "/\\", SIGN_IN))
    target = f"{SIGN_IN}?next={quote(path)}" if is_here and path != "/" else SIGN_IN
    return StateUpdate(events=Event.from_event_type(rx.redirect(target)))


async def _shown(state: BaseState, text: str) -> StateUpdate:
    """Show a message instead of running the handler."""
    await tell(state, text, "error")
    root = state._get_root_state()
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta)


def _fill(payload: dict[str, Any], accepted: dict[str, Any]) -> None:
    """Reflex calls the handler with this very mapping."""
    payload.clear()
    payload.update(accepted)


# Audit


def door_of(registered: RegisteredEventHandler | None) -> Door | None:
    """The door of a registered handler, if it was declared with one."""
    return getattr(registered.handler.fn, DOOR, None) if registered else None


def inventory() -> dict[str, Door]:
    """Every handler that can be called, by its full name."""
    handlers = RegistrationContext.get().event_handlers
    return {name: door for name, registered in handlers.items() if (door := door_of(registered))}


def audit_handlers() -> dict[str, Door]:
    """Check every registered handler; returns the inventory.

    Raises:
        UndeclaredDoor: names the handlers that say nothing, or that are setters. Source: AZ-01, AZ-02.
    """
    doors = inventory()
    open_names = sorted(name for name in RegistrationContext.get().event_handlers if _is_forgotten(name, doors))
    if open_names:
        raise UndeclaredDoor("These event handlers do not say who may call them: " + ", ".join(open_names))
    setters = sorted(name for name in doors if name.rpartition(".")[2].startswith("set_"))
    if setters:
        raise UndeclaredDoor("`setvar` could call these by another name; rename them: " + ", ".join(setters))
    for door in doors.values():
        door.prepare()
    return doors


def _is_forgotten(name: str, doors: Mapping[str, Door]) -> bool:
    return name not in doors and name not in FRAMEWORK and not name.endswith(".setvar")


def install(app: App) -> None:
    """Put the policy in front of every event of `app`, and refuse to start when a handler was forgotten."""
    app.add_middleware(PolicyMiddleware(), index=0)
    app.backend_exception_handler = unexpected
    app.frontend_exception_handler = browser_failed
    FrontendEventExceptionState.auto_reload_on_errors = []  # Reflex would reload by `eval`, which the policy forbids
    audit_handlers()


def unexpected(exception: Exception) -> EventSpec | None:
    """A failure outside of any handler of ours: logged as an incident, told to nobody."""
    spoken(exception, where="the framework")
    return None


def browser_failed(exception: Exception) -> None:
    """A script failed in somebody's browser. The text is theirs: kept short and on one line."""
    log.warning("in a browser: %s", " ".join(str(exception).split())[:300])
