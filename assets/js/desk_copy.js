// A desk's own copy of its project: who is on it, their faces, what happened today, which badges are good. It follows the
// server while there is a network, and answers scans alone while there is none.
import { identify } from "./desk_badge.js";
import { ask, openDesk } from "./desk_engine.js";
import { dayOf, instant, isThere, standing, stays } from "./desk_fold.js";
import { openStore } from "./desk_store.js";

const PATIENCE = 40_000;
const PAUSE = 3000;
const CALM = 400;
const FACES = 3;

export class Copy {
  listeners = new Set();
  faces = new Map();
  kept = null; // {etag, at, copy}
  extra = new Map(); // marks that the server settled since the copy was taken, by client id
  isGone = false;
  isReached = null;

  constructor(code, language) {
    this.code = code;
    this.language = language;
    this.path = `/desk/${encodeURIComponent(code)}`;
    this.queue = openDesk(code);
    this.queue.judge = (scan) => this.judge(scan);
    this.queue.learn = (answers) => this.learn(answers);
    this.ending = new AbortController();
    this.ready = this.load();
    this.follow();
  }

  close() {
    this.ending.abort();
    this.queue.judge = async () => null;
    this.queue.learn = () => undefined;
    this.faces.forEach(({ url }) => URL.revokeObjectURL(url));
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  get now() {
    return Date.now() + (this.queue.offset ?? 0);
  }

  async load() {
    this.store = await openStore();
    this.kept = (await this.store.get(`copy ${this.code}`)) ?? null;
    this.tell();
    this.showFaces();
  }

  // As long as the page lives: take the copy anew whenever the server says that something changed.
  async follow() {
    await this.ready;
    let version = "";
    while (!this.ending.signal.aborted) {
      try {
        await this.refresh();
        version = await this.change(version);
      } catch {
        this.reach(false);
        await pause(PAUSE, this.ending.signal);
      }
    }
  }

  async change(after) {
    const path = `${this.path}/changes?after=${encodeURIComponent(after)}`;
    const answer = await ask(path, { patience: PATIENCE, signal: this.ending.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    this.reach(true);
    const { version } = await answer.json();
    await pause(CALM, this.ending.signal); // a coach of people is one change
    return String(version);
  }

  async refresh() {
    const asked = Date.now();
    const headers = this.kept?.etag && this.kept.language === this.language ? { "If-None-Match": this.kept.etag } : {};
    const answer = await ask(`${this.path}/snapshot?lang=${this.language}`, { headers, signal: this.ending.signal });
    if (answer.status === 404) return this.lose();
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    if (answer.status === 304) {
      this.kept = { ...this.kept, at: asked };
    } else {
      const copy = await answer.json();
      this.queue.keepTime(Date.parse(copy.now) - asked);
      this.kept = { etag: answer.headers.get("ETag"), language: this.language, at: asked, copy };
      for (const [id, mark] of this.extra) if (mark.learned < asked) this.extra.delete(id);
    }
    this.isGone = false;
    await this.store.put(`copy ${this.code}`, this.kept).catch(() => undefined);
    this.reach(true);
    this.takeFaces();
    return undefined;
  }

  // The desk was closed to this device: nothing of it stays but the scans that wait.
  async lose() {
    this.isGone = true;
    await forget(this.store, this.code, Object.keys((await this.store.get(`faces ${this.code}`)) ?? {}));
    this.kept = null;
    this.tell();
    await pause(PAUSE * 10, this.ending.signal);
  }

  reach(isReached) {
    if (this.ending.signal.aborted) return;
    this.isReached = isReached;
    this.queue.reach(isReached);
    this.tell();
  }

  // What happened to each person: by the copy, by what was settled since, and by what still waits.
  marks() {
    const found = new Map();
    const waiting = [...this.queue.waiting.values()].map((one) => this.mark(one));
    for (const one of [...waiting, ...this.extra.values(), ...this.kept.copy.marks]) {
      if (!found.has(one.assignment_id)) found.set(one.assignment_id, []);
      found.get(one.assignment_id).push(one);
    }
    return found;
  }

  mark({ client_id, assignment_id, device_at, offset }) {
    return { client_id, assignment_id, action: "scan", at: Date.parse(device_at) + (offset ?? this.queue.offset ?? 0) };
  }

  learn(answers) {
    for (const { client_id, person, at, outcome } of answers) {
      if (outcome === "refused" || !person) continue;
      this.isReached = true;
      this.extra.set(client_id, { client_id, assignment_id: person.assignment_id, action: "scan", at, learned: Date.now() });
    }
    this.tell();
  }

  // What this device itself says of a scan, by the rules of the server.
  async judge(scan) {
    await this.ready;
    if (!this.kept) return null;
    const { copy } = this.kept;
    const mark = this.mark(scan);
    const base = { client_id: scan.client_id, scanned: scan.scanned, isOwn: true };
    const { person, refusal, isUnchecked } = await identify(copy, scan.scanned, mark.at);
    if (refusal) return { ...base, outcome: "refused", says: refusal };
    if (person.is_suspended) return { ...base, outcome: "refused", says: "suspended", name: person.name };
    const found = stays([...(this.marks().get(person.id) ?? []), mark], copy.project.cool_down);
    const who = { ...base, isUnchecked, person: this.shown(person), at: iso(mark.at) };
    const ended = found.find((one) => one.departure === scan.client_id);
    if (ended) return { ...who, outcome: "out", worked_minutes: minutes(ended) };
    if (found.some((one) => one.arrival === scan.client_id)) return { ...who, outcome: "in" };
    const earlier = found.flatMap((one) => [one.arrived_at, one.left_at]).filter((at) => at !== null && at <= mark.at);
    return { ...who, outcome: "repeated", since: earlier.length ? iso(Math.max(...earlier)) : null, by: "" };
  }

  shown(person) {
    return { assignment_id: person.id, code: person.code, name: person.name, role: person.role, photo_url: this.faces.get(person.id)?.url ?? "" };
  }

  people() {
    return (this.kept?.copy.people ?? []).map((one) => this.shown(one));
  }

  // The day's sheet, people in the order of their numbers.
  sheet() {
    if (!this.kept) return [];
    const { copy } = this.kept;
    const { zone, day_break, cool_down } = copy.project;
    const { now } = this;
    const today = dayOf(now, zone, day_break);
    const marks = this.marks();
    return copy.people.map((one) => {
      const isShown = (stay) => dayOf(stay.arrived_at, zone, day_break) === today || isThere(stay, now);
      const mine = stays(marks.get(one.id) ?? [], cool_down).filter(isShown);
      return { person: this.shown(one), stays: mine, call_at: one.call_at, standing: standing(mine, one.call_at, now, copy.project) };
    });
  }

  // Faces

  async takeFaces() {
    if (this.isTaking) return;
    this.isTaking = true;
    try {
      const known = (await this.store.get(`faces ${this.code}`)) ?? {};
      const people = this.kept?.copy.people ?? [];
      const gone = Object.keys(known).filter((id) => !people.some((one) => String(one.id) === id && one.photo === known[id]));
      for (const id of gone) {
        delete known[id];
        await this.store.remove(`face ${this.code} ${id}`);
        this.faces.delete(Number(id));
      }
      const wanted = people.filter((one) => one.photo && !(one.id in known));
      const next = async () => {
        for (let one = wanted.shift(); one; one = wanted.shift()) {
          const answer = await ask(one.photo, { signal: this.ending.signal });
          if (answer.ok) await this.store.put(`face ${this.code} ${one.id}`, await answer.arrayBuffer());
          if (answer.ok || answer.status === 404) known[one.id] = one.photo;
        }
      };
      await Promise.all(Array.from({ length: FACES }, next)).catch(() => undefined);
      await this.store.put(`faces ${this.code}`, known);
      await this.showFaces();
    } catch {
      // the next change tries again
    } finally {
      this.isTaking = false;
    }
  }

  async showFaces() {
    const known = (await this.store.get(`faces ${this.code}`)) ?? {};
    for (const [id, photo] of Object.entries(known)) {
      if (this.faces.get(Number(id))?.photo === photo) continue;
      const bytes = await this.store.get(`face ${this.code} ${id}`);
      if (bytes && !this.ending.signal.aborted) this.faces.set(Number(id), { photo, url: URL.createObjectURL(new Blob([bytes])) });
    }
    this.tell();
  }
}

export async function forget(store, code, faces) {
  await store.remove(`copy ${code}`, `faces ${code}`, ...faces.map((id) => `face ${code} ${id}`));
}

function minutes({ arrived_at, left_at }) {
  return Math.floor((left_at - arrived_at) / 60_000);
}

function iso(at) {
  return new Date(at).toISOString();
}

// Ends early when the network comes back, or when the copy is given up.
function pause(milliseconds, signal) {
  const ended = new AbortController();
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    window.addEventListener("online", resolve, { signal: ended.signal });
    signal.addEventListener("abort", resolve, { signal: ended.signal });
  }).finally(() => ended.abort());
}
