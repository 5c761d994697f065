// A screen where people scan themselves: a camera, one sentence, the answer. No names, no links; only the PIN leads out.
import { useEffect, useRef, useState } from "react";

import { Answer, Camera, Sign, useScanning } from "./desk.jsx";
import { unlock } from "./desk_device.js";
import { asDate } from "./locale.js";
import { IconButton, Languages, Status, withFace } from "./tablet.jsx";

const IDLE = 60_000;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫"];
const ON_STAGE = "grid size-14 place-items-center rounded-control text-on-stage/70 hover:bg-on-stage/10 hover:text-on-stage";

export function Kiosk({ copy, project, isOpen, language, texts, onUnlock }) {
  const [isIdle, setIdle] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { news, answer, isLoud, setLoud, scan, done } = useScanning(copy.code, isOpen, { kind: "kiosk", onNews: ({ was }) => Boolean(was) });
  const clock = useClock(language, project.zone);
  useTrap();
  useIdle(answer, isAsking, setIdle);

  return (
    <div onContextMenu={(event) => event.preventDefault()} className="fixed inset-0 z-40 flex flex-col bg-stage text-on-stage select-none">
      <header className="flex items-center gap-3 px-4 py-3 sm:px-6">
        <p className="min-w-0 flex-1 truncate text-lg font-semibold">{project.name}</p>
        <Status copy={copy} news={news} texts={texts} language={language} isBare />
        <Languages texts={texts} className="min-h-14 min-w-14 rounded-control text-base font-semibold text-on-stage/80 hover:bg-on-stage/10" />
        <IconButton label={texts.leaveKiosk} onClick={() => setAsking(true)} className={ON_STAGE} d="M6 11h12v9H6Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3" />
      </header>
      <main id="page-content" className="flex min-h-0 flex-1 flex-col landscape:flex-row-reverse">
        <div className="min-h-0 flex-1" data-desk={isOpen ? "open" : "closed"}>
          <Camera texts={{ ...texts, none: texts.kioskNone }} isOpen={isOpen} isLoud={isLoud} onLoud={setLoud} onCode={(said) => scan(said, "camera")} isKiosk />
        </div>
        <div className="flex flex-col items-center justify-center gap-4 px-6 py-8 text-center landscape:w-[40%] landscape:py-4">
          <h1 id="page-title" tabIndex={-1} className="text-balance text-[clamp(2rem,6vw,4rem)] leading-[1.1] font-bold">{isOpen ? texts.show : texts.closed}</h1>
          <p className="text-3xl font-semibold text-on-stage/80 tabular-nums">{clock}</p>
        </div>
      </main>
      {isIdle && <Attract texts={texts} clock={clock} name={project.name} onWake={() => setIdle(false)} />}
      {isAsking && <Pin texts={texts} onUnlock={onUnlock} onClose={() => setAsking(false)} />}
      <Answer answer={withFace(answer, copy)} zone={project.zone} texts={texts} onGone={done} />
    </div>
  );
}

// Whole screen at the next touch, and no way back in the history.
function useTrap() {
  useEffect(() => {
    const stay = () => window.history.pushState(window.history.state, "", window.location.href);
    const fill = () => {
      if (document.fullscreenElement) return;
      document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).then(() => navigator.keyboard?.lock?.(["Escape"]), () => undefined);
    };
    stay();
    window.addEventListener("popstate", stay);
    window.addEventListener("pointerup", fill);
    return () => {
      window.removeEventListener("popstate", stay);
      window.removeEventListener("pointerup", fill);
      navigator.keyboard?.unlock?.();
      if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    };
  }, []);
}

function useIdle(answer, isAsking, setIdle) {
  useEffect(() => {
    let timer;
    const wake = () => {
      clearTimeout(timer);
      setIdle(false);
      if (!isAsking) timer = setTimeout(() => setIdle(true), IDLE);
    };
    wake();
    window.addEventListener("pointerdown", wake);
    window.addEventListener("keydown", wake);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pointerdown", wake);
      window.removeEventListener("keydown", wake);
    };
  }, [answer, isAsking]);
}

function useClock(language, zone) {
  const [now, setNow] = useState("");
  useEffect(() => {
    const show = () => setNow(asDate(language, new Date().toISOString(), "time", zone));
    show();
    const timer = setInterval(show, 1000);
    return () => clearInterval(timer);
  }, [language, zone]);
  return now;
}

// What stands there while nobody comes; the camera goes on reading behind it.
function Attract({ texts, clock, name, onWake }) {
  return (
    <button type="button" onClick={onWake} data-attract="" className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-8 bg-stage p-8 text-center text-on-stage">
      <span className="motion-safe:animate-pulse">
        <Sign d="M5 3h14a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 19 21H5a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 5 3Zm5 0v2h4V3M7.5 9h4v4h-4Zm6.5 0h2.5m-2.5 3h2.5M7.5 16h9" size={168} />
      </span>
      <span className="text-balance text-[clamp(2.25rem,8vw,5.5rem)] leading-[1.08] font-bold">{texts.show}</span>
      <span className="text-4xl font-semibold text-on-stage/80 tabular-nums">{clock}</span>
      <span className="max-w-full truncate text-xl text-on-stage/70">{name}</span>
    </button>
  );
}

// The PIN

function Pin({ texts, onUnlock, onClose }) {
  const [pin, setPin] = useState("");
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);

  const press = (key) => setPin((before) => (key === "⌫" ? before.slice(0, -1) : (before + key).slice(0, 8)));
  const type = (event) => {
    if (event.target.tagName === "INPUT" || !(/^\d$/.test(event.key) || event.key === "Backspace")) return;
    press(event.key === "Backspace" ? "⌫" : event.key);
  };
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { isRight, detail } = await unlock(pin);
      if (isRight) return onUnlock();
      setSaid(detail);
    } catch {
      setSaid(texts.pinOffline);
    }
    setPin("");
    setBusy(false);
    return undefined;
  };

  return (
    <dialog ref={dialog} onClose={onClose} aria-label={texts.leaveKiosk} className="m-auto w-[min(24rem,calc(100vw-2rem))] rounded-overlay border border-line bg-raised p-6 text-ink shadow-overlay backdrop:bg-scrim">
      <form onSubmit={send} onKeyDown={type} className="flex flex-col gap-4">
        <h2 className="text-xl font-semibold">{texts.leaveKiosk}</h2>
        <label className="flex flex-col gap-1.5 text-base text-muted">
          {texts.pin}
          <input
            type="password"
            inputMode="numeric"
            autoComplete="off"
            autoFocus
            maxLength={8}
            value={pin}
            onChange={(event) => setPin(event.target.value.replace(/\D/g, ""))}
            className="h-16 rounded-control border border-control bg-surface px-4 text-center text-3xl tracking-[0.4em] text-ink focus:border-brand focus:outline-2 focus:outline-ring/30"
          />
        </label>
        <p role="alert" className="text-base font-medium text-danger-ink empty:hidden">{said}</p>
        <div className="grid grid-cols-3 gap-2">
          {KEYS.map((key, at) => (key ? (
            <button key={key} type="button" onClick={() => press(key)} aria-label={key === "⌫" ? texts.back : undefined} className="min-h-16 rounded-control bg-sunken text-2xl font-semibold text-ink hover:bg-line">{key}</button>
          ) : <span key={at} />))}
        </div>
        <div className="flex gap-2">
          <button type="button" onClick={onClose} className="min-h-14 flex-1 rounded-control border border-control text-base font-semibold text-ink hover:bg-sunken">{texts.cancel}</button>
          <button type="submit" disabled={pin.length < 4 || isBusy} className="min-h-14 flex-1 rounded-control bg-brand text-base font-semibold text-on-brand hover:bg-brand-hover disabled:opacity-50">{texts.unlock}</button>
        </div>
      </form>
    </dialog>
  );
}
