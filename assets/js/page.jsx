// What a page needs of the browser: focus after a navigation, arrow keys between tabs, copying a text.
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

let lastPath = null;

// After a move from one page to another, the heading is focused, so that a screen reader says where one is.
export function PageFocus() {
  const { pathname } = useLocation();
  useEffect(() => {
    if (lastPath !== null && lastPath !== pathname) {
      document.querySelectorAll("details[open][data-menu]").forEach((menu) => (menu.open = false));
      document.querySelectorAll("dialog[open][data-nav]").forEach((drawer) => drawer.close());
      requestAnimationFrame(() => document.getElementById("page-title")?.focus({ preventScroll: true }));
    }
    lastPath = pathname;
  }, [pathname]);
  return null;
}

export function Roving({ pick, children, ...rest }) {
  const ref = useRef(null);
  const press = (event) => {
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...ref.current.querySelectorAll(pick)];
    const at = items.indexOf(document.activeElement);
    const next = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : step && at + step;
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const item = items[(next + items.length) % items.length];
    item.focus();
    item.click();
  };
  return (
    <div {...rest} ref={ref} onKeyDown={press}>
      {children}
    </div>
  );
}

export function CopyButton({ text, copied, children, ...rest }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await write(text);
    setDone(true);
    setTimeout(() => setDone(false), 1800);
  };
  return (
    <button type="button" {...rest} onClick={copy} data-done={done || undefined}>
      {done ? (
        <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="2.4">
          <path d="m5 12.5 4.5 4.5L19 7.5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      ) : (
        children
      )}
      <span className="sr-only" aria-live="polite">
        {done ? copied : ""}
      </span>
    </button>
  );
}

async function write(text) {
  if (navigator.clipboard?.writeText) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  return undefined;
}

export function toneOf(name) {
  const sum = [...String(name ?? "")].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  return TONES[sum % TONES.length];
}

const TONES = [
  "bg-tone-1 text-tone-1-ink",
  "bg-tone-2 text-tone-2-ink",
  "bg-tone-3 text-tone-3-ink",
  "bg-tone-4 text-tone-4-ink",
  "bg-tone-5 text-tone-5-ink",
  "bg-tone-6 text-tone-6-ink",
];

export function initialsOf(name) {
  const words = String(name ?? "").trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0]).join("").toUpperCase();
}

// Folds the side menu to icons; remembered by this browser.
export function NavToggle({ children, ...rest }) {
  useEffect(() => {
    if (localStorage.getItem("talento_nav") === "narrow") document.documentElement.dataset.nav = "narrow";
  }, []);
  const toggle = () => {
    const narrow = document.documentElement.dataset.nav !== "narrow";
    document.documentElement.dataset.nav = narrow ? "narrow" : "wide";
    localStorage.setItem("talento_nav", document.documentElement.dataset.nav);
  };
  return (
    <button type="button" {...rest} onClick={toggle}>
      {children}
    </button>
  );
}

// Focuses what `target` finds each time `signal` changes: the heading of a new step, the first refused field.
export function FocusOn({ signal, target }) {
  const last = useRef(signal);
  useEffect(() => {
    if (last.current === signal) return;
    last.current = signal;
    requestAnimationFrame(() => {
      const found = document.querySelector(target);
      found?.focus();
      found?.scrollIntoView({ block: "nearest" });
    });
  }, [signal, target]);
  return null;
}
