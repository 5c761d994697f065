// Photos opened large: everything inside that carries `data-photo` opens on a click or Enter, and the arrow keys, Home
// and End, or a swipe go through all of them. The browser's own <dialog> keeps the focus and gives it back.
import { useEffect, useRef, useState } from "react";

const SWIPE = 40;

export function Lightbox({ texts, children, ...rest }) {
  const root = useRef(null);
  const [shown, setShown] = useState(null);
  const open = (event) => {
    const from = event.target.closest("[data-photo]");
    if (!from) return;
    event.preventDefault();
    const all = [...root.current.querySelectorAll("[data-photo]")];
    const photos = all.map((one) => ({ url: one.dataset.photo, caption: one.dataset.caption ?? "" }));
    setShown({ photos, at: all.indexOf(from) });
  };
  return (
    <div {...rest}>
      <div ref={root} onClick={open} className="contents">
        {children}
      </div>
      {shown ? <Stage {...shown} texts={texts} onClose={() => setShown(null)} /> : null}
    </div>
  );
}

function Stage({ photos, at: first, texts, onClose }) {
  const dialog = useRef(null);
  const held = useRef(null);
  const [at, setAt] = useState(first);
  const [ready, setReady] = useState(false);
  const go = (next) => {
    if (next < 0 || next >= photos.length || next === at) return;
    setReady(false);
    setAt(next);
  };

  useEffect(() => {
    const box = dialog.current;
    box.showModal();
    return () => box.close();
  }, []);
  useEffect(() => {
    for (const near of [photos[at + 1], photos[at - 1]]) if (near) new Image().src = large(near.url);
  }, [photos, at]);

  const press = (event) => {
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + rtl, ArrowLeft: at - rtl, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: photos.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(next);
  };
  const swipe = {
    onPointerDown: (event) => (held.current = event.clientX),
    onPointerUp: (event) => {
      const moved = event.clientX - (held.current ?? event.clientX);
      held.current = null;
      if (Math.abs(moved) > SWIPE) go(moved < 0 ? at + 1 : at - 1);
    },
    onPointerCancel: () => (held.current = null),
  };
  const { url, caption } = photos[at];

  return (
    <dialog
      ref={dialog}
      aria-label={texts.label}
      className="fixed inset-0 m-0 h-dvh max-h-none w-full max-w-none bg-stage p-0 text-on-stage outline-none"
      onKeyDown={press}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onClick={(event) => event.stopPropagation()}
    >
      <div className="flex h-full flex-col">
        <div className="flex items-center gap-3 px-4 py-2">
          <p className="min-w-0 flex-1 truncate text-sm" aria-live="polite">
            <span className="tabular-nums">
              {at + 1} / {photos.length}
            </span>{" "}
            {caption ? <span className="ms-3">{caption}</span> : null}
          </p>
          <Round label={texts.close} onClick={onClose} draw="M6 6l12 12M18 6 6 18" autoFocus />
        </div>
        <div className="relative flex min-h-0 flex-1 touch-pan-y items-center justify-center select-none" {...swipe}>
          {ready ? null : (
            <img src={url + "?size=small"} alt="" aria-hidden="true" className="absolute max-h-full max-w-full opacity-40 blur-md" />
          )}
          <img
            key={url}
            src={large(url)}
            alt={caption || `${texts.photo} ${at + 1}`}
            draggable={false}
            onLoad={() => setReady(true)}
            className="relative max-h-full max-w-full object-contain"
          />
          {at > 0 ? <Round label={texts.previous} onClick={() => go(at - 1)} draw="m15 5-7 7 7 7" className="absolute start-2" /> : null}
          {at < photos.length - 1 ? (
            <Round label={texts.next} onClick={() => go(at + 1)} draw="m9 5 7 7-7 7" className="absolute end-2" />
          ) : null}
        </div>
        <div className="h-4" />
      </div>
    </dialog>
  );
}

function Round({ label, draw, className = "", ...rest }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-11 shrink-0 place-items-center rounded-full bg-stage/70 text-on-stage hover:bg-on-stage/15 focus-visible:outline-2 focus-visible:outline-on-stage ${className}`}
      {...rest}
    >
      <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className="rtl:-scale-x-100">
        <path d={draw} />
      </svg>
    </button>
  );
}

const large = (url) => `${url.split("?")[0]}?size=large`;
