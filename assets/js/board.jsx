// The casting board. A move shows at once, is sent with a number, and stays on screen until the server has settled that
// number; then what the server says holds. Source of the keyboard's manners: WAI-ARIA Authoring Practices, "Grid".
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { asSpan, useLanguage } from "./locale.js";
import { initialsOf, toneOf } from "./page.jsx";

const FAR = 6;
const LONG_PRESS = 280;
const EDGE = 56;
const FORGET = 12000;

const said = (text, values) => String(text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// Puts a card below the one with the id `after`, or on top of the column when it is 0.
function placed(cards, { id, stage, after }) {
  const card = cards.find((one) => one.id === id);
  if (!card) return cards;
  const others = cards.filter((one) => one.id !== id);
  const moved = { ...card, stage };
  const above = others.findIndex((one) => one.id === after && one.stage === stage);
  const first = others.findIndex((one) => one.stage === stage);
  const at = above >= 0 ? above + 1 : after === 0 && first >= 0 ? first : others.length;
  return [...others.slice(0, at), moved, ...others.slice(at)];
}

function useMoves(cards, acked, onMove) {
  const [pending, setPending] = useState([]);
  const serial = useRef(0);
  useEffect(() => setPending((moves) => moves.filter((move) => move.serial > acked)), [acked, cards]);
  const move = useCallback(
    (id, stage, after) => {
      serial.current = Math.max(serial.current, acked) + 1;
      const made = { id, stage, after, serial: serial.current };
      setPending((moves) => [...moves, made]);
      setTimeout(() => setPending((moves) => moves.filter((one) => one !== made)), FORGET);
      onMove?.(id, stage, after, made.serial);
    },
    [acked, onMove],
  );
  const shown = useMemo(
    () => pending.filter((one) => one.serial > acked).reduce(placed, cards ?? []),
    [cards, pending, acked],
  );
  return [shown, move];
}

export function Board({ cards, columns, acked, open, texts, onMove, onLook, onRate, className }) {
  const language = useLanguage();
  const [shown, move] = useMoves(cards, acked, onMove);
  const [held, setHeld] = useState(null); // a card in the hand: {id, by, stage, after, x, y, dx, dy, width}
  const [active, setActive] = useState(null);
  const [news, setNews] = useState("");
  const root = useRef(null);

  const seen = useMemo(() => (held ? placed(shown, held) : shown), [shown, held]);
  const byStage = useMemo(() => {
    const found = Object.fromEntries(columns.map(({ stage }) => [stage, []]));
    for (const card of seen) found[card.stage]?.push(card);
    return found;
  }, [seen, columns]);
  const labels = useMemo(() => Object.fromEntries(columns.map(({ stage, label }) => [stage, label])), [columns]);
  // Tab reaches one card of each column; arrows walk from there.
  const reached = (list) => (list.find((card) => card.id === active) ?? list[0])?.id;

  const tell = (text, id, stage, list) => {
    const card = seen.find((one) => one.id === id);
    const n = list.findIndex((one) => one.id === id) + 1;
    setNews(said(text, { name: card?.name, stage: labels[stage], n }));
  };
  const afterOf = (id, list) => {
    const at = list.findIndex((one) => one.id === id);
    return at > 0 ? list[at - 1].id : 0;
  };
  const drop = (hand) => {
    const before = shown.find((one) => one.id === hand.id);
    const list = placed(shown, hand).filter((one) => one.stage === hand.stage);
    const stays = before.stage === hand.stage && afterOf(hand.id, shown.filter((one) => one.stage === before.stage)) === afterOf(hand.id, list);
    setHeld(null);
    if (stays) return tell(texts.left, hand.id, hand.stage, list);
    move(hand.id, hand.stage, afterOf(hand.id, list));
    return tell(texts.dropped, hand.id, hand.stage, list);
  };
  const leave = (hand) => {
    const before = shown.find((one) => one.id === hand.id);
    setHeld(null);
    if (before) tell(texts.left, hand.id, before.stage, shown.filter((one) => one.stage === before.stage));
  };

  // The focus stays on the card wherever it goes.
  const focused = useRef(null);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    const element = root.current?.querySelector(`[data-card="${focused.current}"]`);
    if (element && document.activeElement !== element) element.focus({ preventScroll: false });
    focused.current = null;
  });
  const focus = (id) => {
    focused.current = id;
    setActive(id);
  };

  const steps = (card, key) => {
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const list = byStage[card.stage];
    const at = list.findIndex((one) => one.id === card.id);
    const column = columns.findIndex(({ stage }) => stage === card.stage);
    const side = { ArrowRight: rtl, ArrowLeft: -rtl }[key];
    return { list, at, column, side };
  };
  const carry = (card, key) => {
    const { list, at, column, side } = steps(card, key);
    let next = held;
    if (side) {
      const stage = columns[column + side]?.stage;
      if (!stage) return;
      const there = byStage[stage];
      next = { ...held, stage, after: at > 0 ? (there[Math.min(at, there.length) - 1]?.id ?? 0) : 0 };
    } else {
      const others = list.filter((one) => one.id !== card.id);
      const to = Math.min(others.length, Math.max(0, at + (key === "ArrowDown" ? 1 : -1)));
      next = { ...held, after: to > 0 ? others[to - 1].id : 0 };
    }
    setHeld(next);
    focus(card.id);
    const list2 = placed(shown, next).filter((one) => one.stage === next.stage);
    tell(texts.over, card.id, next.stage, list2);
  };
  const walk = (card, key) => {
    const { list, at, column, side } = steps(card, key);
    if (!side) return list[at + (key === "ArrowDown" ? 1 : -1)]?.id;
    for (let next = column + side; next >= 0 && next < columns.length; next += side) {
      const there = byStage[columns[next].stage];
      if (there.length) return there[Math.min(at, there.length - 1)].id;
    }
    return undefined;
  };
  const press = (event, card) => {
    if (event.target !== event.currentTarget) return;
    const isArrow = event.key.startsWith("Arrow");
    const inHand = held?.by === "keys" && held.id === card.id;
    if (event.key === " " && open) {
      event.preventDefault();
      if (inHand) {
        focus(card.id);
        drop(held);
      } else {
        setHeld({ id: card.id, by: "keys", stage: card.stage, after: afterOf(card.id, byStage[card.stage]) });
        tell(texts.picked, card.id, card.stage, byStage[card.stage]);
      }
    } else if (inHand && event.key === "Escape") {
      event.preventDefault();
      focus(card.id);
      leave(held);
    } else if (inHand && isArrow) {
      event.preventDefault();
      carry(card, event.key);
    } else if (!inHand && isArrow) {
      const next = walk(card, event.key);
      if (next !== undefined) {
        event.preventDefault();
        focus(next);
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      onLook?.(card.id);
    }
  };

  // Pointer and touch: a mouse drags at once, a finger after a moment, so that it can still scroll.
  const press0 = useRef(null);
  const state = useRef({});
  state.current = { drop, leave, held };
  const begin = (event, card) => {
    if (!open || event.button > 0 || event.target.closest("button, select, a, input")) return;
    const element = event.currentTarget;
    const box = element.getBoundingClientRect();
    const from = { id: card.id, stage: card.stage, after: afterOf(card.id, byStage[card.stage]), by: "pointer" };
    const start = { x: event.clientX, y: event.clientY };
    const hand = { ...from, width: box.width, dx: start.x - box.left, dy: start.y - box.top };
    const isTouch = event.pointerType === "touch";
    press0.current = { hand, start, isTouch, pointer: event.pointerId, timer: null, active: false, free: null };
    if (isTouch) press0.current.free = holding(element, press0);
    const lift = () => {
      if (!press0.current) return;
      press0.current.active = true;
      if (isTouch) navigator.vibrate?.(12);
      setHeld({ ...hand, ...press0.current.start });
    };
    press0.current.lift = lift;
    if (isTouch) press0.current.timer = setTimeout(lift, LONG_PRESS);
  };
  useEffect(() => {
    const end = (commit) => {
      const press = press0.current;
      if (!press) return;
      clearTimeout(press.timer);
      press.free?.();
      press0.current = null;
      if (!press.active) return;
      const { held: hand } = state.current;
      if (hand?.by === "pointer") (commit ? state.current.drop : state.current.leave)(hand);
    };
    const glide = (event) => {
      const press = press0.current;
      if (!press || event.pointerId !== press.pointer) return;
      const far = Math.hypot(event.clientX - press.start.x, event.clientY - press.start.y) > FAR;
      if (!press.active) {
        if (!far) return;
        if (press.isTouch) {
          clearTimeout(press.timer);
          press.free?.();
          press0.current = null;
          return;
        }
        press.lift();
      }
      press.start = { x: event.clientX, y: event.clientY };
      scroll(root.current, event);
      const over = target(root.current, event, press.hand.id);
      setHeld((hand) => (hand ? { ...hand, x: event.clientX, y: event.clientY, ...(over ?? {}) } : hand));
    };
    const escape = (event) => event.key === "Escape" && press0.current?.active && end(false);
    const up = () => end(true);
    const cancel = () => end(false);
    window.addEventListener("pointermove", glide);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", escape);
    return () => {
      window.removeEventListener("pointermove", glide);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", escape);
    };
  }, []);

  const flying = held?.by === "pointer" ? seen.find((card) => card.id === held.id) : null;
  const shared = { columns, texts, language, open, onLook, onRate, move, byStage };
  return (
    <div className={className}>
      <nav className="mb-3 flex gap-2 overflow-x-auto pb-1 lg:hidden" aria-label={texts.board}>
        {columns.map(({ stage, label, tone }) => (
          <button
            key={stage}
            type="button"
            className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-pill border border-line bg-surface px-3.5 text-sm font-medium text-ink"
            onClick={() => root.current?.querySelector(`[data-stage="${stage}"]`)?.scrollIntoView({ inline: "start", block: "nearest", behavior: "smooth" })}
          >
            <span className={`size-2 rounded-pill ${tone}`} aria-hidden="true" />
            {label}
            <span className="tabular-nums text-muted">{byStage[stage].length}</span>
          </button>
        ))}
      </nav>
      <div
        ref={root}
        role="group"
        aria-label={texts.board}
        aria-describedby="board-hint"
        className={`flex snap-x gap-3 overflow-x-auto scroll-smooth pb-3 lg:snap-none ${flying ? "snap-none! select-none" : ""}`}
      >
        {columns.map(({ stage, label, tone }) => (
          <section
            key={stage}
            data-stage={stage}
            aria-label={`${label}: ${byStage[stage].length}`}
            className={`flex max-h-[calc(100dvh-13rem)] min-h-72 w-[82vw] max-w-72 shrink-0 snap-start flex-col rounded-card border bg-sunken transition-colors lg:w-62 ${
              held?.stage === stage ? "border-brand" : "border-transparent"
            }`}
          >
            <h2 className="flex items-center gap-2 px-3.5 pt-3 pb-2 text-sm font-semibold text-ink">
              <span className={`size-2 rounded-pill ${tone}`} aria-hidden="true" />
              {label}
              <span className="ms-auto rounded-pill bg-surface px-2 text-xs font-medium tabular-nums text-muted">{byStage[stage].length}</span>
            </h2>
            <ul className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-2 pb-2" data-cards="">
              {byStage[stage].map((card) => (
                <li key={card.id}>
                  <Card
                    {...shared}
                    card={card}
                    held={held?.id === card.id ? held.by : null}
                    isActive={card.id === reached(byStage[stage])}
                    onFocus={() => setActive(card.id)}
                    onKeyDown={(event) => press(event, card)}
                    onPointerDown={(event) => begin(event, card)}
                    onBlur={() => held?.by === "keys" && held.id === card.id && focused.current === null && leave(held)}
                  />
                </li>
              ))}
              {byStage[stage].length ? null : <li className="px-2 py-6 text-center text-xs text-muted">{texts.empty}</li>}
            </ul>
          </section>
        ))}
      </div>
      {flying ? (
        <div
          aria-hidden="true"
          className="pointer-events-none fixed z-50 rotate-1 opacity-95"
          style={{ left: held.x - held.dx, top: held.y - held.dy, width: held.width }}
        >
          <Card {...shared} card={flying} held="flying" />
        </div>
      ) : null}
      <p id="board-hint" className="mt-1 hidden text-xs text-muted pointer-fine:block">
        {texts.hint}
      </p>
      <p className="sr-only" role="status" aria-live="assertive">
        {news}
      </p>
    </div>
  );
}

// A finger that holds a card neither scrolls nor opens a menu. The listener is on the card itself: a touch stays with the
// element it began on, even after that has left the page for another column.
function holding(element, press) {
  const hold = (event) => press.current?.active && event.cancelable && event.preventDefault();
  const menu = (event) => event.preventDefault();
  element.addEventListener("touchmove", hold, { passive: false });
  element.addEventListener("contextmenu", menu);
  return () => {
    element.removeEventListener("touchmove", hold);
    element.removeEventListener("contextmenu", menu);
  };
}

// Which column, and below which card, the pointer is.
function target(root, event, id) {
  const columns = [...root.querySelectorAll("[data-stage]")];
  const column = columns.find((one) => {
    const box = one.getBoundingClientRect();
    return event.clientX >= box.left - 6 && event.clientX <= box.right + 6;
  });
  if (!column) return null;
  const above = [...column.querySelectorAll("[data-card]")].filter((card) => {
    const box = card.getBoundingClientRect();
    return Number(card.dataset.card) !== id && event.clientY > box.top + box.height / 2;
  });
  return { stage: column.dataset.stage, after: above.length ? Number(above[above.length - 1].dataset.card) : 0 };
}

// A card held at an edge scrolls what is under it.
function scroll(root, event) {
  const box = root.getBoundingClientRect();
  if (event.clientX < box.left + EDGE) root.scrollBy({ left: -24, behavior: "instant" });
  if (event.clientX > box.right - EDGE) root.scrollBy({ left: 24, behavior: "instant" });
  const list = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]")?.querySelector("[data-cards]");
  if (!list) return;
  const inner = list.getBoundingClientRect();
  if (event.clientY < inner.top + EDGE) list.scrollBy({ top: -16, behavior: "instant" });
  if (event.clientY > inner.bottom - EDGE) list.scrollBy({ top: 16, behavior: "instant" });
}

function Card({ card, columns, texts, language, open, held, isActive, byStage, move, onLook, onRate, ...heard }) {
  const look =
    held === "flying"
      ? "border-brand shadow-overlay"
      : held === "pointer"
        ? "border-dashed border-brand opacity-45"
        : held === "keys"
          ? "border-brand ring-2 ring-brand shadow-float"
          : "border-line shadow-card hover:border-control";
  const reach = isActive ? 0 : -1;
  const to = (stage) => {
    const list = byStage[stage];
    move(card.id, stage, list.length ? list[list.length - 1].id : 0);
  };
  return (
    <article
      {...heard}
      data-card={card.id}
      tabIndex={reach}
      aria-label={said(texts.openName, { name: card.name })}
      aria-roledescription={texts.moveTo}
      className={`relative rounded-control border bg-surface p-3 text-start select-none ${open ? "cursor-grab" : ""} ${look}`}
      onDoubleClick={() => onLook?.(card.id)}
    >
      <div className="flex items-start gap-2.5">
        <Face card={card} />
        <div className="min-w-0 flex-1">
          <button
            type="button"
            tabIndex={reach}
            className="block max-w-full truncate rounded text-start text-sm font-semibold text-ink hover:underline"
            onClick={() => onLook?.(card.id)}
          >
            {card.name}
          </button>
          <p className="truncate text-xs tabular-nums text-muted" dir="ltr">
            {card.code}
          </p>
        </div>
        {open ? (
          <span className="relative -me-1.5 -mt-1.5 grid size-9 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink focus-within:outline-2 focus-within:outline-ring">
            <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" aria-hidden="true">
              <path d="M4 7h11m0 0-3-3m3 3-3 3M20 17H9m0 0 3-3m-3 3 3 3" strokeLinejoin="round" />
            </svg>
            <select
              tabIndex={reach}
              aria-label={said(texts.moveName, { name: card.name })}
              title={texts.moveTo}
              className="absolute inset-0 cursor-pointer opacity-0"
              value={card.stage}
              onChange={(event) => to(event.target.value)}
            >
              {columns.map(({ stage, label }) => (
                <option key={stage} value={stage}>
                  {label}
                </option>
              ))}
            </select>
          </span>
        ) : null}
      </div>
      <div className="mt-2 flex items-center gap-2">
        <Stars card={card} texts={texts} open={open} reach={reach} onRate={onRate} />
        <span className="ms-auto text-xs tabular-nums text-muted">{said(texts.years, { age: card.age })}</span>
        {card.notes ? (
          <span className="inline-flex items-center gap-1 text-xs tabular-nums text-muted" title={said(texts.notes, { n: card.notes })}>
            <svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
              <path d="M20 15a2 2 0 0 1-2 2H8l-4 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2z" strokeLinejoin="round" />
            </svg>
            <span className="sr-only">{said(texts.notes, { n: "" })}</span>
            {card.notes}
          </span>
        ) : null}
      </div>
      <Marks card={card} texts={texts} language={language} />
    </article>
  );
}

function Face({ card }) {
  const shape = "size-11 shrink-0 rounded-control";
  if (card.photo_url) {
    const url = `${card.photo_url}?size=small`;
    return <img src={url} alt="" loading="lazy" decoding="async" draggable={false} className={`${shape} bg-sunken object-cover`} />;
  }
  return (
    <span className={`${shape} grid place-items-center text-sm font-semibold ${toneOf(card.name)}`} aria-hidden="true">
      {initialsOf(card.name)}
    </span>
  );
}

const ANSWERS = {
  accepted: "bg-success-soft text-success-ink",
  declined: "bg-danger-soft text-danger-ink",
  waiting: "bg-sunken text-muted",
};

function Marks({ card, texts, language }) {
  const pill = "inline-flex max-w-full items-center rounded-pill px-2 py-0.5 text-xs font-medium";
  if (!card.is_minor && !card.answer && !card.warnings?.length && !card.reason) return null;
  return (
    <div className="mt-2 flex flex-col items-start gap-1.5">
      {card.is_minor || card.answer ? (
        <div className="flex flex-wrap gap-1.5">
          {card.is_minor ? <span className={`${pill} bg-warning-soft text-warning-ink`}>{texts.minor}</span> : null}
          {card.answer ? <span className={`${pill} ${ANSWERS[card.answer]}`}>{texts.answers[card.answer]}</span> : null}
        </div>
      ) : null}
      {(card.warnings ?? []).slice(0, 2).map((one) => (
        <p key={`${one.project}${one.starts_on}`} className="flex max-w-full gap-1.5 text-xs text-warning-ink">
          <svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.8" className="mt-0.5 shrink-0" aria-hidden="true">
            <path d="M12 4 2.8 20h18.4zM12 10v4m0 3v.01" strokeLinejoin="round" strokeLinecap="round" />
          </svg>
          <span className="min-w-0">
            {said(texts.taken, {
              project: one.is_calendar ? texts.away : one.project || texts.another,
              days: asSpan(language, one.starts_on, one.ends_on),
            })}
          </span>
        </p>
      ))}
      {card.reason ? <p className="line-clamp-2 text-xs text-muted">“{card.reason}”</p> : null}
    </div>
  );
}

// 0 to 5 stars: a slider for the keyboard, five targets for the pointer; the last star again takes them all away.
function Stars({ card, texts, open, reach, onRate }) {
  const [own, setOwn] = useState(card.rating);
  useEffect(() => setOwn(card.rating), [card.rating]);
  const give = (n) => {
    if (!open) return;
    setOwn(n);
    onRate?.(card.id, n);
  };
  const press = (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const to = by ? own + by : /^[0-5]$/.test(event.key) ? Number(event.key) : null;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    give(Math.min(5, Math.max(0, to)));
  };
  return (
    <div
      role="slider"
      tabIndex={reach}
      aria-label={said(texts.stars, { name: card.name, n: own })}
      aria-valuemin={0}
      aria-valuemax={5}
      aria-valuenow={own}
      aria-valuetext={said(texts.star, { n: own })}
      aria-disabled={open ? undefined : true}
      className="-ms-1 flex rounded"
      onKeyDown={press}
      onPointerDown={(event) => event.stopPropagation()}
    >
      {[1, 2, 3, 4, 5].map((n) => (
        <span key={n} title={said(texts.star, { n })} className={`p-1 ${open ? "cursor-pointer" : ""}`} onClick={() => give(n === own ? 0 : n)}>
          <svg viewBox="0 0 24 24" width="15" height="15" className={n <= own ? "fill-warning stroke-warning" : "fill-none stroke-control"} strokeWidth="1.6" aria-hidden="true">
            <path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z" strokeLinejoin="round" />
          </svg>
        </span>
      ))}
    </div>
  );
}
