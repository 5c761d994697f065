"""The settings of the site, live: each is saved when it is left, signed, undone; two admins see each other."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from talento.errors import Invalid, Refusal
from talento.i18n import phrase, say
from talento.services.preferences import changes, readers, registry, trials
from talento.services.preferences.cache import TOPIC
from talento.services.preferences.changes import Entry, Past, Stale
from talento.services.preferences.registry import ALL, GROUPS, Preference
from talento.state import live
from talento.state import readers as tabs
from talento.state.doors import current, event
from talento.state.session import aside, do, look, text_in
from talento.vocabulary.folding import fold
from talento.vocabulary.permissions import Permission

ADMIN = Permission.ADMINISTER
FIRST = registry.GROUPS[0].key


@dataclass(frozen=True)
class Field:
    """A setting on the page. `note`: `saved`, `undone`, `reset`… after what was done here; `turn` grows when the
    control must show `typed` whatever stands in it."""

    typed: str = ""
    revision: int = 0
    source: str = "default"
    by: str = ""
    at: str = ""
    can_undo: bool = False
    note: str = ""
    problem: str = ""
    mine: str = ""
    is_stale: bool = False
    turn: int = 0


@dataclass(frozen=True)
class Before:
    """A former value, in the list of what was changed."""

    id: int
    action: str
    value: str
    by: str
    at: str


class SettingsState(rx.State):
    """Every setting by its key, and which of them are shown."""

    is_ready: bool = False
    group: str = ""
    shown: list[str] = []
    groups: list[str] = []
    typed: str = ""
    fields: dict[str, Field] = {}
    others: list[readers.Reader] = []
    announced: str = ""

    trying: str = ""
    outcome: dict[str, str] = {}
    works: dict[str, bool] = {}

    past_key: str = ""
    past: list[Before] = []

    @event(ADMIN)
    async def open(self):
        """Show the group in the address."""
        said = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.group = next((one.key for one in GROUPS if one.key == said), FIRST)
        self.typed, self.announced, self.past_key, self.outcome = "", "", "", {}
        self._choose()
        live.subscribe(self, TOPIC, SettingsState.refreshed)
        live.subscribe(self, readers.TOPIC, SettingsState.met)
        self.fields = {}
        await self._read()
        self.is_ready = True
        tab = self.router.session.client_token
        tabs.note(tab)
        await do(readers.arrive, tab, self.group)
        self.others = await look(readers.here)

    @event(ADMIN)
    async def visit(self, group: str):
        """Go to another group."""
        known = next((one.key for one in GROUPS if one.key == group), FIRST)
        return rx.redirect(f"/admin/settings/{known}")

    @event(ADMIN, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody changed a setting."""
        await self._read()

    @event(ADMIN, supersedes=True)
    async def met(self, topic: str, keys: list[int]):
        """Somebody came or went."""
        self.others = await look(readers.here)

    @event(ADMIN)
    async def search(self, text: str):
        """Show the settings whose words match, whatever their group."""
        self.typed = text[:100]
        self._choose()

    @event(ADMIN)
    async def keep(self, key: str, typed: str, revision: int):
        """Save what was typed, against what the control showed."""
        await self._try(key, typed, changes.change, typed, revision=revision, note="saved")

    @event(ADMIN)
    async def turn(self, key: str, is_on: bool):
        """Switch on or off."""
        typed = "true" if is_on else "false"
        await self._try(key, typed, changes.change, typed, revision=self._revision(key), note="saved")

    @event(ADMIN)
    async def choose(self, key: str, value: str):
        """Choose an option."""
        await self._try(key, value, changes.change, value, revision=self._revision(key), note="saved")

    @event(ADMIN)
    async def undo(self, key: str):
        """Put the former value back."""
        await self._try(key, "", changes.undo, revision=self._revision(key), note="undone")

    @event(ADMIN)
    async def let_go(self, key: str):
        """Let the default count again; remove a secret."""
        await self._try(key, "", changes.reset, revision=self._revision(key), note="reset")

    @event(ADMIN)
    async def keep_mine(self, key: str):
        """After a conflict: what was typed here shall stay."""
        mine = self.fields[key].mine if key in self.fields else ""
        await self._try(key, mine, changes.change, mine, revision=self._revision(key), note="saved")

    @event(ADMIN)
    async def take_theirs(self, key: str):
        """After a conflict: what the other saved shall stay."""
        if key in self.fields:
            self._put(key, is_stale=False, mine="", problem="", turn=self.fields[key].turn + 1)

    @event(ADMIN)
    async def replace(self, answers: dict[str, Any]):
        """Keep a new secret; what is sent is forgotten here at once."""
        key = text_in(answers, "key")
        await self._try(key, "", changes.change, text_in(answers, "secret"), revision=0, note="saved")

    @event(ADMIN, rate=(10, 60.0))
    async def try_out(self, key: str):
        """Ask one question with a secret."""
        self.trying, self.outcome = key, {}
        yield
        try:
            await aside(trials.try_out, current(), key)
        except Refusal as refused:
            self.outcome, self.works = {key: refused.text(current().locale)}, {key: False}
        else:
            self.outcome, self.works = {key: say(current().locale, "It works.")}, {key: True}
        finally:
            self.trying = ""

    @event(ADMIN)
    async def look_back(self, key: str):
        """List the former values of a setting."""
        found = await look(changes.history, key)
        self.past = [_before(ALL[key], one, current().locale) for one in found]
        self.past_key = key

    @event(ADMIN)
    async def close_past(self):
        """Close the list."""
        self.past_key, self.past = "", []

    @event(ADMIN)
    async def put_back(self, change_id: int):
        """Put a value of the list back."""
        key, self.past_key, self.past = self.past_key, "", []
        await self._try(key, "", changes.put_back, change_id, revision=self._revision(key), note="undone")

    async def _try(self, key: str, mine: str, action: Any, *values: Any, note: str, **named: Any) -> None:
        """Do it, and say at the field what became of it."""
        wanted = changes.known(key)
        try:
            entry = await do(action, key, *values, **named)
        except Stale as stale:
            self._put(key, **_shown(wanted, stale.theirs), mine=mine, is_stale=True, note="", problem="")
            self._announce(stale.text(current().locale))
        except Invalid as refused:
            self._put(key, problem=refused.text(current().locale), note="", is_stale=False)
        else:
            turn = self.fields[key].turn + 1 if key in self.fields else 0
            self._put(key, **_shown(wanted, entry), note=note, problem="", is_stale=False, mine="", turn=turn)
            self.outcome = {}
            self._announce(say(current().locale, NOTES[note], name=say(current().locale, wanted.label)))

    async def _read(self) -> None:
        """Read every setting; what was typed and refused stays."""
        found = await look(changes.entries)
        for key, entry in found.items():
            before = self.fields.get(key)
            if before is None or before.revision != entry.revision or before.source != entry.source:
                note = "" if before is None or before.revision != entry.revision else before.note
                self._put(key, **_shown(ALL[key], entry), note=note)

    def _put(self, key: str, **values: Any) -> None:
        before = self.fields.get(key) or Field()
        kept = {name: getattr(before, name) for name in Field.__dataclass_fields__}
        self.fields[key] = Field(**(kept | values))

    def _revision(self, key: str) -> int:
        return self.fields[key].revision if key in self.fields else 0

    def _choose(self) -> None:
        locale = current().locale
        words = [fold(word) for word in self.typed.split()]
        if words:
            self.shown = [key for key, one in ALL.items() if all(word in _words(one, locale) for word in words)]
        else:
            self.shown = [key for key, one in ALL.items() if one.group.key == self.group]
        self.groups = list(dict.fromkeys(ALL[key].group.key for key in self.shown))

    def _announce(self, text: str) -> None:
        """Said to screen readers; a blank at the end makes the same sentence news."""
        self.announced = f"{text}\u00a0" if self.announced == text else text


NOTES = {
    "saved": phrase("{name}: saved."),
    "undone": phrase("{name}: the former value is back."),
    "reset": phrase("{name}: back to the default."),
}


def _shown(wanted: Preference[Any], entry: Entry) -> dict[str, Any]:
    at = entry.at.isoformat() if entry.at else ""
    return {"typed": entry.typed, "revision": entry.revision, "source": entry.source, "by": entry.by, "at": at,
            "can_undo": entry.can_undo}  # fmt: skip


def _words(wanted: Preference[Any], locale: str) -> str:
    return fold(" ".join(say(locale, text) for text in (wanted.label, wanted.text, wanted.group.label)))


def _before(wanted: Preference[Any], past: Past, locale: str) -> Before:
    value = past.before
    if wanted.kind.name == "switch":
        value = say(locale, "On" if past.before == "true" else "Off")
    if wanted.kind.name == "picture" and past.before:
        value = say(locale, "Another logo")
    return Before(past.id, past.action, value[:2_000], past.by, past.at.isoformat())
