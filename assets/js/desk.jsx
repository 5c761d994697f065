// The scanning half of a desk: camera, hand-held scanner, typing with suggestions, and an answer that fills the screen.
import { useEffect, useMemo, useRef, useState } from "react";

import { cameras, openCamera } from "./desk_camera.js";
import { openDesk } from "./desk_engine.js";
import { listenToReader } from "./desk_reader.js";
import { sound, wakeSound } from "./desk_sound.js";
import { asDate, useLanguage } from "./locale.js";
import { initialsOf, toneOf } from "./page.jsx";

const SHOWN = { in: 2500, out: 2500, repeated: 3500, refused: 4500, pending: 2000 };
export const LOOKS = {
  in: "bg-signal-in text-on-signal",
  out: "bg-signal-out text-on-signal",
  repeated: "bg-signal-again text-on-signal-again",
  refused: "bg-signal-no text-on-signal",
  pending: "bg-ink text-canvas",
};
const SHAPES = {
  in: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "m7.5 12.5 3 3 6-7"],
  out: ["M3.5 3.5h17v17h-17Z", "M8 12h8m-3.5-3.5L16 12l-3.5 3.5"],
  repeated: ["M12 2.6 22.4 21H1.6Z", "M12 9.5v5M12 17.6v.1"],
  refused: ["M8 2h8l6 6v8l-6 6H8l-6-6V8Z", "m8.5 8.5 7 7m0-7-7 7"],
  pending: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "M12 7v5l3 2"],
};
const SUGGESTED = 6;

export function Desk({ code, zone, people, isOpen, texts }) {
  const { news, answer, isLoud, setLoud, scan, done } = useScanning(code, isOpen);
  return (
    <div className="flex flex-col gap-3" data-desk={isOpen ? "open" : "closed"}>
      <News {...news} texts={texts} />
      <Camera texts={texts} isOpen={isOpen} isLoud={isLoud} onLoud={setLoud} onCode={(text) => scan(text, "camera")} />
      <Typing texts={texts} people={people} isOpen={isOpen} onCode={scan} />
      <Answer answer={answer} zone={zone} texts={texts} onGone={done} />
    </div>
  );
}

// Scans of a desk: what waits, the answer to show, and `scan(text, source)`. A hand-held scanner counts as `reader`, unless
// every scan here is of one `kind`. What `onNews(answer)` takes for itself is not shown.
export function useScanning(code, isOpen, { kind, onNews } = {}) {
  const [news, setNews] = useState({ waiting: 0, isAway: false, isOut: false });
  const [answer, setAnswer] = useState(null);
  const [isLoud, setLoud] = useState(true);
  const queue = useMemo(() => (typeof window === "undefined" || !code ? null : openDesk(code)), [code]);
  const scan = (text, source) => isOpen && text.trim() && queue?.scan(text.trim(), kind ?? source);
  const now = useRef({});
  now.current = { scan, isLoud, onNews };

  useEffect(() => {
    if (!queue) return undefined;
    return queue.listen(({ answer: fresh, ...news }) => {
      setNews(news);
      if (!fresh || now.current.onNews?.(fresh)) return;
      setAnswer(fresh);
      sound(fresh.outcome, now.current.isLoud);
    });
  }, [queue]);
  useEffect(() => listenToReader((text) => now.current.scan(text, "reader")), []);
  useEffect(() => {
    window.addEventListener("pointerdown", wakeSound);
    window.addEventListener("keydown", wakeSound);
    return () => {
      window.removeEventListener("pointerdown", wakeSound);
      window.removeEventListener("keydown", wakeSound);
    };
  }, []);

  return { news, answer, isLoud, setLoud, scan: (...said) => now.current.scan(...said), done: () => setAnswer(null) };
}

function News({ waiting, isAway, isOut, isDurable, texts }) {
  const isShown = waiting > 0 && (isAway || isOut);
  return (
    <div role="status" className="empty:hidden">
      {isShown && (
        <p className="rounded-card bg-warning-soft px-4 py-3 text-base font-semibold text-warning-ink" data-waiting={waiting}>
          {texts.waiting.replace("{n}", waiting)}
          <span className="block text-sm font-normal">{isOut ? texts.signedOut : isDurable ? texts.away : texts.awayOpen}</span>
        </p>
      )}
    </div>
  );
}

// Camera

export function Camera({ texts, isOpen, isLoud, onLoud, onCode, isKiosk }) {
  const video = useRef(null);
  const open = useRef(null);
  const [shown, setShown] = useState("off");
  const [known, setKnown] = useState([]);
  const [hasTorch, setTorch] = useState(false);
  const [isLit, setLit] = useState(false);

  const stop = () => {
    open.current?.close();
    open.current = null;
    setLit(false);
  };
  const start = async (deviceId) => {
    stop();
    setShown("starting");
    try {
      if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "NotSupportedError");
      const mine = await openCamera(video.current, { deviceId, onCode });
      if (!video.current) return mine.close();
      open.current = mine;
      setTorch(mine.hasTorch);
      setShown("on");
      setKnown(await cameras());
    } catch (error) {
      setShown({ NotAllowedError: "denied", NotFoundError: "none", NotSupportedError: "insecure" }[error.name] ?? "failed");
    }
    return undefined;
  };
  const change = () => {
    const at = known.indexOf(open.current?.deviceId);
    start(known[(at + 1) % known.length]);
  };
  const light = () => {
    open.current?.light(!isLit).then(() => setLit(!isLit), () => setTorch(false));
  };

  useEffect(() => {
    if (!isOpen) return stop;
    navigator.permissions?.query?.({ name: "camera" }).then((found) => found.state === "granted" && start(), () => undefined);
    return stop;
  }, [isOpen]);

  const isOn = shown === "on";
  return (
    <div className={`relative w-full overflow-hidden bg-stage text-on-stage ${isKiosk ? "h-full" : isOn ? "aspect-[4/3] max-h-[56dvh] rounded-card" : "h-64 rounded-card"}`} data-camera={shown}>
      <video ref={video} playsInline muted aria-label={texts.camera} className={`size-full object-cover ${isOn ? "" : "invisible"}`} />
      {isOn && <Frame />}
      {!isOn && (
        <div className="absolute inset-0 flex flex-col items-center justify-center gap-4 p-6 text-center">
          {shown !== "off" && shown !== "starting" && <p role="alert" className="max-w-sm text-base">{texts[shown]}</p>}
          <button
            type="button"
            disabled={!isOpen || shown === "starting"}
            onClick={() => start()}
            className="inline-flex min-h-16 items-center gap-3 rounded-card bg-on-stage px-5 text-base font-semibold whitespace-nowrap text-stage sm:px-7 sm:text-lg disabled:opacity-50"
          >
            <Sign d="M3 8V5a2 2 0 0 1 2-2h3m8 0h3a2 2 0 0 1 2 2v3m0 8v3a2 2 0 0 1-2 2h-3m-8 0H5a2 2 0 0 1-2-2v-3M4 12h16" size={26} />
            {!isOpen ? texts.closed : shown === "starting" ? texts.starting : shown === "off" ? texts.start : texts.retry}
          </button>
        </div>
      )}
      <div className="absolute end-2 top-2 flex gap-2">
        {isOn && hasTorch && <Tool label={texts.torch} isPressed={isLit} onClick={light} d="M8 2h8v4l-2 4v10a2 2 0 0 1-4 0V10L8 6Zm0 4h8m-4 7v.1" />}
        {isOn && known.length > 1 && <Tool label={texts.change} onClick={change} d="M4 12a8 8 0 0 1 14-5.3L20 9m0-5v5h-5m5 3a8 8 0 0 1-14 5.3L4 15m0 5v-5h5" />}
        <Tool
          label={texts.sound}
          isPressed={isLoud}
          onClick={() => onLoud(!isLoud)}
          d={isLoud ? "M11 5 6 9H3v6h3l5 4Zm4.5 3.5a5 5 0 0 1 0 7M18 6a9 9 0 0 1 0 12" : "M11 5 6 9H3v6h3l5 4Zm5 5 5 5m0-5-5 5"}
        />
        {isOn && !isKiosk && <Tool label={texts.stop} onClick={() => { stop(); setShown("off"); }} d="m6 6 12 12M18 6 6 18" />}
      </div>
    </div>
  );
}

function Frame() {
  const corner = "absolute size-10 border-on-stage mix-blend-difference";
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 m-auto aspect-square h-3/5">
      <span className={`${corner} start-0 top-0 rounded-ss-card border-s-4 border-t-4`} />
      <span className={`${corner} end-0 top-0 rounded-se-card border-e-4 border-t-4`} />
      <span className={`${corner} start-0 bottom-0 rounded-es-card border-s-4 border-b-4`} />
      <span className={`${corner} end-0 bottom-0 rounded-ee-card border-e-4 border-b-4`} />
    </div>
  );
}

export function Tool({ label, isPressed, onClick, d }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
      className="grid size-12 place-items-center rounded-pill bg-stage/75 text-on-stage hover:bg-stage"
    >
      <Sign d={d} size={22} />
    </button>
  );
}

export function Sign({ d, size }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

// Typing

export function plain(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

export function Typing({ texts, people, isOpen, onCode }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(-1);
  const words = typed.split(/\s+/).map(plain).filter(Boolean);
  const found = useMemo(() => {
    if (!words.length) return [];
    return (people ?? []).filter((one) => words.every((word) => plain(`${one.name} ${one.code}`).includes(word))).slice(0, SUGGESTED);
  }, [typed, people]);

  const give = (text, source) => {
    onCode(text, source);
    setTyped("");
    setAt(-1);
  };
  const press = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (at >= 0 && found[at]) give(found[at].code, "list");
      else if (found.length === 1) give(found[0].code, "list");
      else if (typed.trim()) give(typed, "typed");
    } else if (event.key === "Escape") {
      setTyped("");
    } else if (found.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setAt((before) => (before + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    }
  };

  return (
    <div className="relative">
      <input
        id="desk_typed"
        type="text"
        role="combobox"
        aria-label={texts.type}
        aria-expanded={found.length > 0}
        aria-controls="desk_found"
        aria-activedescendant={found[at] ? `desk_found_${at}` : undefined}
        placeholder={texts.type}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        disabled={!isOpen}
        maxLength={11000}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(-1);
        }}
        onKeyDown={press}
        className="h-14 w-full rounded-control border border-control bg-surface px-4 text-lg text-ink shadow-control placeholder:text-muted focus:border-brand focus:outline-2 focus:outline-ring/30 disabled:bg-sunken"
      />
      <ul id="desk_found" role="listbox" aria-label={texts.type} className="absolute inset-x-0 top-full z-30 mt-1.5 overflow-hidden rounded-card border border-line bg-raised shadow-overlay empty:hidden">
        {found.map((one, place) => (
          <li
            key={one.assignment_id}
            id={`desk_found_${place}`}
            role="option"
            aria-selected={place === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => give(one.code, "list")}
            className="flex min-h-14 cursor-pointer items-center gap-3 px-3 py-2 hover:bg-sunken aria-selected:bg-brand-soft"
          >
            <Face person={one} className="size-10 text-sm" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-base font-medium text-ink">{one.name}</span>
              <span className="block truncate text-sm text-muted">{one.role} · <bdi>{one.code}</bdi></span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Face({ person, className }) {
  const photo = person.photo_url;
  if (photo) return <img src={photo.startsWith("blob:") ? photo : `${photo}?size=small`} alt="" className={`${className} shrink-0 rounded-pill bg-sunken object-cover`} />;
  return <span aria-hidden="true" className={`${className} inline-grid shrink-0 place-items-center rounded-pill font-semibold ${toneOf(person.name)}`}>{initialsOf(person.name)}</span>;
}

// The answer

export function Answer({ answer, zone, texts, onGone }) {
  const language = useLanguage();
  const ref = useRef(null);
  useEffect(() => {
    if (!answer) return undefined;
    if (ref.current.matches(":popover-open")) ref.current.hidePopover?.();
    ref.current.showPopover?.(); // above a dialog that is open, too
    const timer = setTimeout(onGone, SHOWN[answer.outcome] ?? 3000);
    return () => clearTimeout(timer);
  }, [answer]);

  const time = (iso) => asDate(language, iso, "time", zone);
  const { outcome, person } = answer ?? {};
  return (
    <div role="status" aria-live="assertive">
      {answer && (
        <div
          ref={ref}
          popover="manual"
          onClick={onGone}
          data-outcome={outcome}
          className={`fixed inset-0 m-0 flex h-dvh max-h-none w-full max-w-none cursor-pointer border-0 flex-col items-center justify-center gap-5 overflow-y-auto p-6 text-center landscape:flex-row landscape:gap-12 landscape:text-start ${LOOKS[outcome] ?? LOOKS.refused}`}
        >
          <Shape outcome={outcome} photo={person?.photo_url} />
          <div className="min-w-0 max-w-3xl">
            <p className="text-3xl font-bold sm:text-4xl">{outcome === "in" || outcome === "out" ? `${texts[outcome]} · ${time(answer.at)}` : texts[outcome]}</p>
            {person && <p className="mt-3 text-[clamp(2.5rem,7vw,5rem)] leading-[1.08] font-bold break-words">{person.name}</p>}
            {person && <p className="mt-3 text-xl sm:text-2xl">{person.role} · <bdi className="whitespace-nowrap">{person.code}</bdi></p>}
            <Detail answer={answer} texts={texts} time={time} />
            {answer.isUnchecked && <p className="mt-4 text-lg sm:text-xl">{texts.unchecked}</p>}
            {answer.isOwn && <p className="mt-4 text-lg sm:text-xl" data-own="">{texts.own}</p>}
          </div>
        </div>
      )}
    </div>
  );
}

function Detail({ answer, texts, time }) {
  const { outcome, since, by, scanned, says, name } = answer;
  const sentence = answer.sentence || texts.refusals?.[says]?.replace("{name}", name);
  const say = (words) => <p className="mt-3 text-2xl font-semibold break-words sm:text-3xl">{words}</p>;
  if (outcome === "repeated" && since) return say((by ? texts.sinceBy : texts.since).replace("{time}", time(since)).replace("{name}", by));
  if (outcome === "out" && answer.worked_minutes) return say(worked(texts, answer.worked_minutes));
  if (outcome === "pending") return say(scanned.slice(0, 60));
  return sentence ? say(sentence) : null;
}

function worked(texts, minutes) {
  return texts.worked.replace("{h}", Math.floor(minutes / 60)).replace("{m}", String(minutes % 60).padStart(2, "0"));
}

function Shape({ outcome, photo }) {
  const [outline, mark] = SHAPES[outcome] ?? SHAPES.refused;
  const shape = (size) => (
    <svg viewBox="0 0 24 24" className={size} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={outline} fill="currentColor" fillOpacity="0.16" />
      <path d={mark} strokeWidth="2.2" />
    </svg>
  );
  if (!photo) return <span className="shrink-0">{shape("size-44 sm:size-60")}</span>;
  return (
    <span className="relative shrink-0">
      <img src={photo} alt="" className="size-52 rounded-card border-4 border-current object-cover sm:size-72" />
      <span className={`absolute -end-6 -bottom-6 rounded-card p-1.5 ${LOOKS[outcome]}`}>{shape("size-20 sm:size-24")}</span>
    </span>
  );
}
