// From events to stays, as `services/presence/stays.py` does it; `tests/presence/fold_cases.json` holds both to the same.
// A mark is {client_id, action, at, made_at, target}, with instants in ISO; a stay {arrived_at, arrival, left_at, departure,
// is_forgotten} with instants in milliseconds.
const HOUR = 3_600_000;
const LONGEST = 16 * HOUR;
const MARKS = ["scan", "in", "out"];

export function stays(marks, coolDown) {
  const found = [];
  let here = null;
  let last = null;
  for (const mark of counted(marks)) {
    if (mark.action === "scan" && last !== null && mark.at - last < coolDown * 1000) continue;
    if (here && mark.at - here.at > LONGEST) {
      found.push(stay(here, null, true));
      here = null;
    }
    if (!here && mark.action !== "out") {
      here = mark;
      last = mark.at;
    } else if (here && mark.action !== "in") {
      found.push(stay(here, mark, false));
      here = null;
      last = mark.at;
    }
  }
  if (here) found.push(stay(here, null, false));
  return found;
}

function stay(came, left, isForgotten) {
  return { arrived_at: came.at, arrival: came.id, left_at: left?.at ?? null, departure: left?.id ?? "", is_forgotten: isForgotten };
}

function counted(marks) {
  const events = new Map(marks.map((one) => [one.client_id, one]));
  const gone = taken(events);
  const moved = new Map();
  for (const event of events.values()) {
    if (event.action !== "move" || gone.has(event.client_id)) continue;
    const before = moved.get(event.target);
    if (!before || isBefore(instant(before.made_at), before.client_id, instant(event.made_at), event.client_id)) moved.set(event.target, event);
  }
  return [...events.values()]
    .filter((one) => MARKS.includes(one.action) && !gone.has(one.client_id))
    .map((one) => ({ id: one.client_id, action: one.action, at: instant((moved.get(one.client_id) ?? one).at) }))
    .sort((one, other) => (isBefore(one.at, one.id, other.at, other.id) ? -1 : 1));
}

function isBefore(at, id, otherAt, otherId) {
  return at < otherAt || (at === otherAt && id < otherId);
}

// The ids of what was taken back: by a cancellation that was not taken back itself.
function taken(events) {
  const against = new Map();
  for (const one of events.values()) {
    if (one.action === "cancel") against.set(one.target, [...(against.get(one.target) ?? []), one.client_id].sort());
  }
  const known = new Map();
  const isGone = (id, seen) => {
    if (!known.has(id)) known.set(id, (against.get(id) ?? []).some((one) => !seen.includes(one) && !isGone(one, [...seen, one])));
    return known.get(id);
  };
  return new Set([...events.keys()].filter((id) => isGone(id, [id])));
}

// Milliseconds since 1970, with the microseconds that `Date.parse` drops.
export function instant(iso) {
  if (typeof iso === "number") return iso;
  const finer = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? "";
  return Date.parse(iso) + Number(`0.${finer.padEnd(3, "0")}`);
}

const CLOCKS = {};

// The shooting day of an instant, as YYYY-MM-DD: a night goes with the day it began.
export function dayOf(at, zone, dayBreak) {
  CLOCKS[zone] ??= new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
  });
  const part = Object.fromEntries(CLOCKS[zone].formatToParts(at).map(({ type, value }) => [type, value]));
  const day = new Date(`${part.year}-${part.month}-${part.day}T00:00:00Z`);
  if (Number(part.hour) < dayBreak) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

// Whether somebody is still on set: a night goes on after the day-break, but no longer than anybody stays.
export function isThere(one, now) {
  return one.left_at === null && now - one.arrived_at <= LONGEST;
}

// Where somebody stands on a day, as `services/presence/desk.py` says it.
export function standing(mine, callAt, now, { late_after, no_show_after }) {
  if (mine.length) return isThere(mine[mine.length - 1], now) ? "here" : "left";
  if (callAt && now > instant(callAt) + no_show_after * HOUR) return "no_show";
  if (callAt && now > instant(callAt) + late_after * 60_000) return "late";
  return "expected";
}
