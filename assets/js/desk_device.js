// Who this tablet is: a device that was paired, whose token is in a cookie that scripts can't read.
import { ask, drop, flush, onWipe, resume } from "./desk_engine.js";
import { openStore } from "./desk_store.js";

const EVERY = 60_000;
const NOBODY = { device: undefined, projects: undefined };

// `listener(state)`: {is: "opening" | "paired" | "unpaired" | "wiped" | "expired" | "unreached", device, projects, isReached, detail}.
export function followDevice(listener) {
  let state = { is: "opening" };
  let timer;
  let isStopped = false;
  const say = (news) => !isStopped && listener((state = { ...state, ...news }));

  const look = async () => {
    clearTimeout(timer);
    await meet(say).catch(() => say({ isReached: false }));
    if (!isStopped && state.is !== "wiped") timer = setTimeout(look, EVERY);
  };
  const begin = async () => {
    const known = await (await openStore()).get("device");
    if (known) say(hasEnded(known) ? { is: "expired" } : { is: "paired", ...known });
    await resume();
    await look();
    if (state.is === "opening") say({ is: "unreached" });
  };
  // The server may still take what was scanned in time, of a device that is over: only then everything goes.
  onWipe(async (detail, isOfScans) => {
    if (state.is === "wiped") return;
    if (!isOfScans) {
      await (await openStore()).forget();
      say({ is: "expired", ...NOBODY });
      if (!(await flush()) || state.is === "wiped") return;
    }
    await wipe();
    say({ is: "wiped", detail, ...NOBODY });
  });
  window.addEventListener("online", look);
  begin();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    window.removeEventListener("online", look);
  };
}

async function meet(say) {
  const store = await openStore();
  const known = await store.get("device");
  if (known && hasEnded(known)) {
    await store.forget(); // scans that wait stay until the server has answered them
    say({ is: "expired", ...NOBODY });
  }
  const answer = await ask("/desk/mine");
  if (answer.ok) {
    const { device, projects } = await answer.json();
    await store.put("device", { device, projects });
    say({ is: "paired", device, projects, isReached: true });
  } else if (answer.status === 401 && !(await answer.json().catch(() => ({}))).wipe) {
    await store.forget();
    say({ is: "unpaired", isReached: true, ...NOBODY });
  } else if (answer.status !== 401) {
    throw new Error(String(answer.status));
  }
}

function hasEnded({ device }) {
  return Date.parse(device.expires_at) <= Date.now();
}

// Whether the PIN is right; a refusal comes with its sentence. Throws without a network.
export async function unlock(pin) {
  const answer = await ask("/desk/unlock", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ pin }),
  });
  if (answer.ok) return { isRight: true };
  if (answer.status >= 500) throw new Error(String(answer.status));
  return { isRight: false, detail: (await answer.json()).detail };
}

export async function wipe() {
  drop();
  await (await openStore()).wipe();
  const names = await window.caches?.keys?.() ?? [];
  await Promise.all(names.filter((name) => name.startsWith("talento-")).map((name) => caches.delete(name)));
}
