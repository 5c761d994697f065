// Messages for the reader. They come from a state variable (a list of {id, tone, text, detail}) or from the page's own
// modules (`window.dispatchEvent(new CustomEvent("talento:toast", {detail: {tone, text}}))`). Each id is shown once.
import { useEffect, useRef, useState } from "react";

const SEEN = "talento_toasts";
const LIVES = { success: 5000, info: 6000, warning: 9000, error: 12000 };
const MARKS = {
  success: "m5 12.5 4.5 4.5L19 7.5",
  info: "M12 11v6M12 7.2v.1",
  warning: "M12 7v6M12 16.8v.1",
  error: "m7 7 10 10M17 7 7 17",
};
const TONES = {
  success: "bg-success-soft text-success-ink",
  info: "bg-info-soft text-info-ink",
  warning: "bg-warning-soft text-warning-ink",
  error: "bg-danger-soft text-danger-ink",
};

function seen() {
  try {
    return JSON.parse(sessionStorage.getItem(SEEN)) ?? [];
  } catch {
    return [];
  }
}

function isNew(id) {
  const known = seen();
  if (known.includes(id)) return false;
  sessionStorage.setItem(SEEN, JSON.stringify([...known, id].slice(-100)));
  return true;
}

export function Toaster({ messages, label, dismiss }) {
  const ref = useRef(null);
  const [shown, setShown] = useState([]);
  const add = (fresh) => setShown((before) => [...before, ...fresh].slice(-4));
  useEffect(() => {
    const fresh = (messages ?? []).filter((message) => isNew(String(message.id)));
    if (fresh.length) add(fresh);
  }, [messages]);
  useEffect(() => {
    const own = (event) => add([{ id: `own-${performance.now()}`, tone: "info", ...event.detail }]);
    window.addEventListener("talento:toast", own);
    return () => window.removeEventListener("talento:toast", own);
  }, []);
  useEffect(() => {
    // raised anew for each message, so that it lies above a dialog that was opened meanwhile
    const section = ref.current;
    if (!section.showPopover) return;
    if (section.matches(":popover-open")) section.hidePopover();
    if (shown.length) section.showPopover();
  }, [shown.length]);
  const drop = (id) => setShown((before) => before.filter((message) => message.id !== id));
  return (
    <section
      ref={ref}
      popover="manual"
      aria-label={label}
      className="pointer-events-none fixed inset-x-0 top-auto bottom-20 z-50 m-0 flex h-auto w-auto max-w-none flex-col items-center gap-2 overflow-visible border-0 bg-transparent px-4 py-0 lg:bottom-6 lg:items-end lg:px-6"
    >
      <div role="status" aria-live="polite" className="contents">
        {shown.filter(({ tone }) => tone !== "error").map((message) => (
          <Toast key={message.id} message={message} dismiss={dismiss} onDrop={() => drop(message.id)} />
        ))}
      </div>
      <div role="alert" className="contents">
        {shown.filter(({ tone }) => tone === "error").map((message) => (
          <Toast key={message.id} message={message} dismiss={dismiss} onDrop={() => drop(message.id)} />
        ))}
      </div>
    </section>
  );
}

function Toast({ message, dismiss, onDrop }) {
  const [held, setHeld] = useState(false);
  const left = useRef(LIVES[message.tone] ?? LIVES.info);
  useEffect(() => {
    if (held) return undefined;
    const from = performance.now();
    const timer = setTimeout(onDrop, left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1500, left.current - (performance.now() - from));
    };
  }, [held]);
  const tone = TONES[message.tone] ? message.tone : "info";
  return (
    <div
      className="toast pointer-events-auto flex w-full max-w-sm items-start gap-3 rounded-card border border-line bg-raised p-3 shadow-overlay"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${TONES[tone]}`} aria-hidden="true">
        <svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="2.6">
          <path d={MARKS[tone]} strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
      <div className="min-w-0 flex-1 py-0.5 text-sm">
        <p className="font-medium text-ink">{message.text}</p>
        {message.detail ? <p className="mt-0.5 text-muted">{message.detail}</p> : null}
      </div>
      <button
        type="button"
        className="-me-1 grid size-8 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        aria-label={dismiss}
        onClick={onDrop}
      >
        <svg viewBox="0 0 24 24" width="16" height="16" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
          <path d="m6 6 12 12M18 6 6 18" />
        </svg>
      </button>
    </div>
  );
}
