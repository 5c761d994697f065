// What makes a page a program on the tablet: installed, there without a network, the screen on, and no socket to a server.
import { useEffect } from "react";

const QUIET = 20_000;
const YEAR = 31_536_000;

// Reflex looks at this cookie before it opens its socket; only this page sees it.
if (typeof document !== "undefined") {
  document.cookie = `backend-enabled=false; path=/tablet; max-age=${YEAR}; samesite=strict`;
}

export function useInstalled() {
  useEffect(() => {
    document.querySelector("link[rel=manifest]")?.setAttribute("href", "/manifest.webmanifest");
    navigator.storage?.persist?.().catch(() => undefined);
    const workers = navigator.serviceWorker;
    if (!workers) return undefined;
    const wasControlled = Boolean(workers.controller);
    const renew = () => wasControlled && whenQuiet(() => window.location.reload());
    workers.addEventListener("controllerchange", renew);
    workers.register("/sw.js").catch(() => undefined);
    return () => workers.removeEventListener("controllerchange", renew);
  }, []);
}

// A new version waits until nobody has touched or scanned for a while; what is queued is on the disk.
function whenQuiet(work) {
  let timer = setTimeout(work, QUIET);
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => {
      clearTimeout(timer);
      timer = setTimeout(work, QUIET);
    });
  }
}

export function useScreenOn() {
  useEffect(() => {
    let lock;
    const hold = async () => {
      if (document.visibilityState !== "visible") return;
      lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      document.removeEventListener("visibilitychange", hold);
      lock?.release();
    };
  }, []);
}
