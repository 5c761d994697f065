// Scans on their way to the server: each has a number of its own, is kept until the server acknowledged it, and is sent
// again while the network is away. One queue per desk for as long as the tab lives, whatever page it shows.
const MOST = 20;
const LONGEST = 11000;
const PAUSES = [400, 1000, 2000, 4000, 8000];
const PATIENCE = 10000;
const SLOW = 900;

const desks = new Map();

export function openDesk(code) {
  if (!desks.has(code)) desks.set(code, new Queue(code));
  return desks.get(code);
}

class Queue {
  constructor(code) {
    this.address = `/desk/${encodeURIComponent(code)}/scans`;
    this.waiting = new Map();
    this.listeners = new Set();
    this.failures = 0;
    this.isOut = false;
    this.isSending = false;
    window.addEventListener("online", () => this.send());
    window.addEventListener("beforeunload", (event) => this.waiting.size && event.preventDefault());
  }

  // listener({waiting, isAway, isOut, answer}): what changed, and the answer to a scan when there is a new one.
  listen(listener) {
    this.listeners.add(listener);
    this.tell();
    return () => this.listeners.delete(listener);
  }

  scan(scanned, source) {
    const scan = { client_id: uuid7(), scanned: scanned.slice(0, LONGEST), source, device_at: new Date().toISOString() };
    this.waiting.set(scan.client_id, scan);
    setTimeout(() => {
      if (this.waiting.has(scan.client_id)) this.tell({ client_id: scan.client_id, outcome: "pending", scanned });
    }, SLOW);
    this.tell();
    this.send();
    return scan.client_id;
  }

  async send() {
    if (this.isSending || !this.waiting.size) return;
    clearTimeout(this.timer);
    this.isSending = true;
    const batch = [...this.waiting.values()].slice(0, MOST);
    const isTaken = await this.post(batch).catch(() => false);
    this.isSending = false;
    this.failures = isTaken ? 0 : this.failures + 1;
    this.tell();
    if (!this.waiting.size) return;
    const pause = isTaken ? 0 : PAUSES[Math.min(this.failures, PAUSES.length) - 1];
    this.timer = setTimeout(() => this.send(), pause);
  }

  // Whether the batch was settled; a server that is away, busy or does not know us any more gets it again.
  async post(scans) {
    const answer = await fetch(`${this.address}?lang=${document.documentElement.lang}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Talento": "1" },
      body: JSON.stringify({ device_now: new Date().toISOString(), scans }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    this.isOut = answer.status === 401;
    if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) return false;
    const said = await answer.json();
    const answers = said.answers ?? scans.map((one) => ({ client_id: one.client_id, outcome: "refused", sentence: said.detail }));
    for (const one of answers) {
      this.waiting.delete(one.client_id);
      this.tell(one);
    }
    return true;
  }

  tell(answer) {
    const now = { waiting: this.waiting.size, isAway: this.failures > 0, isOut: this.isOut, answer };
    this.listeners.forEach((listener) => listener(now));
  }
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
