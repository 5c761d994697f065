// Scans on their way to the server: each has a number of its own, is on the disk before anything is said of it, and leaves
// the disk once the server answered. One queue for each desk; of several tabs one sends at a time, and all of them hear.
import { openStore } from "./desk_store.js";

const MOST = 50;
const LONGEST = 11000;
const PAUSES = [400, 1000, 2000, 4000, 8000];
const PATIENCE = 10000;
const SLOW = 900;
const ANSWERED = [400, 404, 409, 413, 422];

const desks = new Map();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("talento-desk");
channel?.addEventListener("message", ({ data }) => desks.get(data.code)?.hear(data));

export function openDesk(code) {
  if (!desks.has(code)) desks.set(code, new Queue(code));
  return desks.get(code);
}

// Opens the queue of every desk that left scans on this device, so that they are sent.
export async function resume() {
  const queued = await (await openStore()).queued();
  queued.forEach(({ code }) => openDesk(code));
}

// Sends what every desk left, once; says whether nothing waits any more.
export async function flush() {
  await resume();
  for (const desk of desks.values()) {
    await desk.ready;
    await desk.drain();
  }
  return [...desks.values()].every((desk) => !desk.waiting.size);
}

// Forgets what waits, in this tab too.
export function drop() {
  desks.forEach((desk) => desk.stop());
  desks.clear();
}

// Asks the server about desks; everything that it asks says how many scans wait.
export async function ask(path, { headers, patience = PATIENCE, signal, ...options } = {}) {
  const waiting = [...desks.values()].reduce((sum, desk) => sum + desk.waiting.size, 0);
  const limits = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
  const answer = await fetch(path, {
    ...options,
    headers: { "X-Talento": "1", "X-Waiting": String(waiting), ...headers },
    signal: AbortSignal.any(limits),
  });
  if (answer.status === 401) await refused(answer, options.method === "POST" && path.includes("/scans"));
  return answer;
}

let wiped = () => undefined;

// What to do when the server says that this device is to keep nothing: `work(its sentence, whether scans were sent)`.
export function onWipe(work) {
  wiped = work;
}

async function refused(answer, isOfScans) {
  const said = await answer.clone().json().catch(() => ({}));
  if (said.wipe) await wiped(said.detail, isOfScans);
}

class Queue {
  waiting = new Map();
  listeners = new Set();
  failures = 0;
  isCutOff = typeof navigator !== "undefined" && !navigator.onLine;
  offset = null;
  isOut = false;
  isDurable = true;
  // judge(scan): what the device itself can say of a scan; nothing where it keeps no copy. learn(answers): what was settled.
  judge = async () => null;
  learn = () => undefined;

  constructor(code) {
    this.code = code;
    this.path = `/desk/${encodeURIComponent(code)}`;
    this.shown = new Map(); // of the scans of this tab: the outcome that was shown
    this.ready = this.load();
    window.addEventListener("online", () => this.send());
    window.addEventListener("offline", () => this.reach(false));
    window.addEventListener("beforeunload", (event) => !this.isDurable && this.waiting.size && event.preventDefault());
  }

  get isAway() {
    return this.failures > 0 || this.isCutOff;
  }

  // Somebody else found out whether the server can be reached.
  reach(isReached) {
    this.isCutOff = !isReached;
    if (isReached && !this.waiting.size) this.failures = 0;
    this.tell();
    if (isReached) this.send();
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.tell();
  }

  // listener({waiting, isAway, isOut, isDurable, answer}): what changed, and the answer to a scan of this tab.
  listen(listener) {
    this.listeners.add(listener);
    this.tell();
    return () => this.listeners.delete(listener);
  }

  async load() {
    this.store = await openStore();
    this.isDurable = this.store.isDurable;
    this.offset ??= (await this.store.get("offset")) ?? null;
    await this.recall();
    this.send();
  }

  async recall() {
    const mine = (await this.store.queued()).filter((one) => one.code === this.code);
    mine.sort((one, other) => (one.client_id < other.client_id ? -1 : 1));
    this.waiting = new Map(mine.map((one) => [one.client_id, one]));
    this.tell();
  }

  async scan(scanned, source) {
    await this.ready;
    const { code, offset } = this;
    const device_at = new Date().toISOString();
    const scan = { client_id: uuid7(), code, scanned: scanned.slice(0, LONGEST), source, device_at, offset };
    const isAway = this.isAway;
    const own = await this.judge(scan).catch(() => null);
    Object.assign(scan, { assignment_id: own?.person?.assignment_id ?? null, said: own?.outcome ?? null });
    await this.store.enqueue(scan).catch(() => (this.isDurable = false));
    this.waiting.set(scan.client_id, scan);
    channel?.postMessage({ code });
    const answer = own ?? { client_id: scan.client_id, outcome: "pending", scanned };
    this.shown.set(scan.client_id, null);
    if (isAway && own) this.say(answer);
    else setTimeout(() => this.waiting.has(scan.client_id) && this.say(answer), SLOW);
    this.tell();
    this.send();
    return scan.client_id;
  }

  say(answer) {
    this.shown.set(answer.client_id, answer.outcome);
    this.tell(answer);
  }

  // Of several tabs the one that has the lock sends what all of them have queued.
  async send() {
    if (this.isSending || !this.waiting.size) return;
    clearTimeout(this.timer);
    this.isSending = true;
    try {
      await alone(`talento-desk ${this.code}`, () => this.drain());
    } finally {
      this.isSending = false;
    }
    if (!this.waiting.size) return;
    this.timer = setTimeout(() => this.send(), this.failures ? PAUSES[Math.min(this.failures, PAUSES.length) - 1] : 0);
  }

  async drain() {
    await this.recall(); // another tab may have sent them meanwhile
    while (this.waiting.size) {
      const isTaken = await this.post([...this.waiting.values()].slice(0, MOST)).catch(() => false);
      this.failures = isTaken ? 0 : this.failures + 1;
      if (isTaken) this.isCutOff = false;
      this.tell();
      if (!isTaken) return;
    }
  }

  // Whether the batch was settled; a server that is away, busy or does not know us any more gets it again.
  async post(scans) {
    const now = Date.now();
    const answer = await ask(`${this.path}/scans?lang=${document.documentElement.lang}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ device_now: new Date(now).toISOString(), scans: scans.map((one) => this.sent(one)) }),
    });
    this.isOut = [401, 403].includes(answer.status);
    if (!answer.ok && !ANSWERED.includes(answer.status)) return false;
    const said = await answer.json();
    if (said.now) this.keepTime(Date.parse(said.now) - now);
    const answers = said.answers ?? scans.map((one) => ({ client_id: one.client_id, outcome: "refused", sentence: said.detail }));
    await this.settle(answers.map((one) => ({ ...one, scanned: this.waiting.get(one.client_id)?.scanned })));
    return true;
  }

  // A clock that was set since the scan would move it: its time is told by the clock that the server is told now.
  sent({ client_id, scanned, source, device_at, offset }) {
    const moved = offset === null || this.offset === null ? 0 : offset - this.offset;
    const at = Math.abs(moved) > 60_000 ? new Date(Date.parse(device_at) + moved).toISOString() : device_at;
    return { client_id, scanned, source, device_at: at };
  }

  keepTime(offset) {
    const isNews = this.offset === null || Math.abs(offset - this.offset) > 1000;
    this.offset = offset;
    if (isNews) this.store.put("offset", offset).catch(() => undefined);
  }

  async settle(answers) {
    await this.store.dequeue(answers.map((one) => one.client_id));
    channel?.postMessage({ code: this.code, answers });
    this.close(answers);
  }

  hear({ answers }) {
    if (answers) {
      this.failures = 0;
      this.isCutOff = false;
      this.close(answers);
    } else {
      this.ready.then(() => this.recall());
    }
  }

  // An answer is shown by the tab that asked, unless it has said the same already. Where the tablet had said something else
  // while it was away, the answer carries that as `was`.
  close(answers) {
    this.learn(answers);
    for (const one of answers) {
      const { said } = this.waiting.get(one.client_id) ?? {};
      const shown = this.shown.get(one.client_id);
      const isAsked = this.shown.has(one.client_id) && (shown === null || shown === "pending");
      this.waiting.delete(one.client_id);
      this.shown.delete(one.client_id);
      if (isAsked) this.tell(one);
      else if (said && said !== one.outcome) this.tell({ ...one, was: said });
    }
    this.tell();
  }

  tell(answer) {
    const { isAway, isOut, isDurable } = this;
    this.listeners.forEach((listener) => listener({ waiting: this.waiting.size, isAway, isOut, isDurable, answer }));
  }
}

async function alone(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}

// A number that sorts by time (RFC 9562, version 7); `crypto.randomUUID` is missing on plain http.
function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let at = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = at % 256;
    at = Math.floor(at / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
