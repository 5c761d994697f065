// A paired tablet: which desk, scanning and the day's sheet, or a kiosk. It works from the copy on the device and asks the
// server over HTTP; Reflex's socket is switched off for this page, which stays alive without any server.
import { useEffect, useMemo, useReducer, useRef, useState } from "react";

import { Answer, Camera, Face, plain, Sign, Typing, useScanning } from "./desk.jsx";
import { Copy } from "./desk_copy.js";
import { followDevice } from "./desk_device.js";
import { openStore } from "./desk_store.js";
import { asDate, speak, useLanguage } from "./locale.js";
import { Kiosk } from "./tablet_kiosk.jsx";
import { Counts, SheetLine } from "./tablet_sheet.jsx";
import { useInstalled, useScreenOn } from "./tablet_shell.js";

const OLD = 24 * 3_600_000;
const TICK = 15_000;
const YEAR = 31_536_000;
const BUTTON = "inline-flex min-h-14 items-center justify-center gap-2 rounded-control px-5 text-base font-semibold";
const PRIMARY = `${BUTTON} bg-brand text-on-brand hover:bg-brand-hover`;
const QUIET = "grid size-12 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink";

export function Tablet({ texts, children }) {
  const [state, setState] = useState({ is: "opening" });
  const [code, setCode] = useKept("chosen");
  const [isUnlocked, setUnlocked] = useState(false);
  useInstalled();
  useEffect(() => followDevice(setState), []);

  const { device, projects = [] } = state;
  const only = projects.length === 1 ? projects[0].code : null;
  const project = projects.find((one) => one.code === (code ?? only)) ?? null;
  const isKiosk = Boolean(device?.is_kiosk) && !isUnlocked;
  const shared = { texts, tools: children, device };

  let shown = <Notice {...shared} is={state.is} detail={state.detail} />;
  if (state.is === "paired" && code === undefined) {
    shown = <Notice {...shared} is="opening" />;
  } else if (state.is === "paired" && isKiosk && (project ?? projects[0])) {
    const kept = project ?? projects[0];
    shown = <Station key={kept.code} {...shared} project={kept} state={state} isKiosk onUnlock={() => setUnlocked(true)} />;
  } else if (state.is === "paired" && project) {
    const onLeave = projects.length > 1 ? () => setCode("") : null;
    const onLock = device.is_kiosk ? () => setUnlocked(false) : null;
    shown = <Station key={project.code} {...shared} project={project} state={state} onLeave={onLeave} onLock={onLock} />;
  } else if (state.is === "paired") {
    const onLock = device.is_kiosk && projects.length ? () => setUnlocked(false) : null;
    shown = <Chooser {...shared} projects={projects} state={state} onChoose={setCode} onLock={onLock} />;
  }
  return <div data-tablet={isKiosk && state.is === "paired" ? "kiosk" : state.is}>{shown}</div>;
}

// A value that outlives the page; undefined until it is read.
function useKept(name) {
  const [value, setValue] = useState();
  useEffect(() => {
    openStore().then((store) => store.get(name)).then((kept) => setValue(kept ?? null));
  }, [name]);
  const keep = (fresh) => {
    setValue(fresh);
    openStore().then((store) => store.put(name, fresh)).catch(() => undefined);
  };
  return [value, keep];
}

// One project's desk or kiosk, on one copy.
function Station({ project, state, isKiosk, ...rest }) {
  const language = useLanguage();
  const copy = useCopy(project.code, language);
  useScreenOn();
  if (!copy) return <Notice {...rest} is="opening" />;
  const isOpen = copy.kept?.copy.project.is_open ?? project.is_open;
  const Shown = isKiosk ? Kiosk : DeskScreen;
  return <Shown {...rest} copy={copy} project={project} isOpen={isOpen} language={language} isReached={state.isReached} />;
}

function useCopy(code, language) {
  const [copy, setCopy] = useState(null);
  const [, again] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const made = new Copy(code, language);
    setCopy(made);
    const stop = made.listen(again);
    const timer = setInterval(again, TICK);
    return () => {
      stop();
      clearInterval(timer);
      made.close();
    };
  }, [code, language]);
  return copy;
}

// The desk

function DeskScreen({ copy, project, isOpen, language, texts, tools, device, onLeave, onLock }) {
  const [judged, setJudged] = useState([]);
  const [standing, setStanding] = useState("");
  const [text, setText] = useState("");
  const onNews = (fresh) => {
    if (!fresh.was) return false;
    setJudged((before) => [fresh, ...before].slice(0, 20));
    return true;
  };
  const { news, answer, isLoud, setLoud, scan, done } = useScanning(copy.code, isOpen, { onNews });
  const lines = copy.sheet();
  const words = text.split(/\s+/).map(plain).filter(Boolean);
  const shown = lines.filter(
    (line) => (!standing || line.standing === standing) && words.every((word) => plain(`${line.person.name} ${line.person.code} ${line.person.role}`).includes(word)),
  );
  const people = useMemo(() => copy.people(), [copy.kept, copy.faces.size]);

  return (
    <div className="min-h-dvh bg-canvas">
      <Bar title={project.name} device={device} texts={texts} tools={tools} onLeave={onLeave} onLock={onLock} status={<Status copy={copy} news={news} texts={texts} language={language} zone={project.zone} />} />
      <main id="page-content" className="mx-auto flex w-full max-w-page flex-col gap-4 p-4 sm:p-6 lg:flex-row lg:items-start">
        <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-20 lg:w-[26rem] lg:shrink-0" data-desk={isOpen ? "open" : "closed"}>
          <Warnings copy={copy} news={news} texts={texts} language={language} zone={project.zone} />
          <Camera texts={texts} isOpen={isOpen} isLoud={isLoud} onLoud={setLoud} onCode={(said) => scan(said, "camera")} />
          <Typing texts={texts} people={people} isOpen={isOpen} onCode={scan} />
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-4">
          <Judged answers={judged} texts={texts} onDone={() => setJudged([])} />
          <Counts lines={lines} texts={texts} language={language} chosen={standing} onChoose={(one) => setStanding(one === standing ? "" : one)} />
          <input
            type="search"
            aria-label={texts.search}
            placeholder={texts.search}
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-12 w-full rounded-control border border-control bg-surface px-4 text-base text-ink shadow-control placeholder:text-muted focus:border-brand focus:outline-2 focus:outline-ring/30"
          />
          {!copy.kept && <p className="rounded-card border border-line bg-surface p-6 text-center text-base text-muted">{copy.isGone ? texts.gone : texts.noCopy}</p>}
          {copy.kept && !shown.length && <p className="rounded-card border border-line bg-surface p-6 text-center text-base text-muted">{lines.length ? texts.nothing : texts.empty}</p>}
          {shown.length > 0 && (
            <ul aria-label={texts.sheet} className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-card">
              {shown.map((line) => <SheetLine key={line.person.assignment_id} line={line} texts={texts} language={language} zone={project.zone} />)}
            </ul>
          )}
        </div>
      </main>
      <Answer answer={withFace(answer, copy)} zone={project.zone} texts={texts} onGone={done} />
    </div>
  );
}

// A tablet has the faces of its copy, and no access to the files of the site.
export function withFace(answer, copy) {
  const person = answer?.person;
  return useMemo(() => person && { ...answer, person: { ...person, photo_url: copy.faces.get(person.assignment_id)?.url ?? "" } }, [answer]) ?? answer;
}

function Bar({ title, device, texts, tools, status, onLeave, onLock }) {
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-canvas/95 backdrop-blur-md">
      <div className="mx-auto flex w-full max-w-page flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 sm:px-6">
        {onLeave && <IconButton label={texts.leave} onClick={onLeave} d="m15 5-7 7 7 7" />}
        <div className="min-w-0 flex-1 basis-40">
          <h1 id="page-title" tabIndex={-1} className="truncate text-lg font-semibold text-ink sm:text-xl">{title}</h1>
          <p className="truncate text-sm text-muted">{device?.name}</p>
        </div>
        <div className="order-last w-full sm:order-none sm:w-auto">{status}</div>
        <div className="flex items-center">
          {onLock && <IconButton label={texts.lock} onClick={onLock} d="M6 11h12v9H6Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3" />}
          <Languages texts={texts} />
          {tools}
        </div>
      </div>
    </header>
  );
}

export function IconButton({ label, onClick, d, className = QUIET }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className={className}>
      <Sign d={d} size={22} />
    </button>
  );
}

export function Languages({ texts, className = "min-h-12 min-w-12 rounded-control px-2 text-sm font-semibold text-muted hover:bg-sunken hover:text-ink" }) {
  const language = useLanguage();
  const other = language === "fr" ? "en" : "fr";
  const change = () => {
    document.cookie = `talento_locale=${other}; path=/; max-age=${YEAR}; samesite=lax`;
    speak(other);
  };
  return (
    <button type="button" lang={other} aria-label={texts.languages[other]} title={texts.languages[other]} onClick={change} className={className}>
      {other.toUpperCase()}
    </button>
  );
}

// "online", or "offline · 12 waiting", and how old the copy is. Always there.
export function Status({ copy, news, texts, language, zone, isBare }) {
  const isAway = news.isAway || copy.isReached === false;
  const { waiting } = news;
  const words = isAway ? (waiting ? texts.offlineWaiting : texts.offline) : waiting ? texts.sending : texts.online;
  const look = isAway ? "bg-warning-soft text-warning-ink" : "bg-success-soft text-success-ink";
  const at = copy.kept && asDate(language, new Date(copy.kept.at).toISOString(), isToday(copy.kept.at) ? "time" : "moment");
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-0.5" data-status={isAway ? "offline" : "online"} data-waiting={waiting}>
      <span className={`inline-flex items-center gap-2 rounded-pill px-3.5 py-1.5 text-base font-semibold whitespace-nowrap ${look}`}>
        <span aria-hidden="true" className={`size-2.5 rounded-pill bg-current ${isAway ? "" : "opacity-80"}`} />
        {words.replace("{n}", waiting)}
      </span>
      {at && !isBare && <span className="text-sm whitespace-nowrap text-muted">{texts.copyOf.replace("{time}", at)}</span>}
    </div>
  );
}

function isToday(at) {
  return new Date(at).toDateString() === new Date().toDateString();
}

function Warnings({ copy, news, texts, language }) {
  const isOld = copy.kept && Date.now() - copy.kept.at > OLD;
  const said = [
    news.isOut && texts.notTaken,
    !news.isDurable && news.isDurable !== undefined && texts.notDurable,
    isOld && texts.old.replace("{when}", asDate(language, new Date(copy.kept.at).toISOString(), "moment")),
  ].filter(Boolean);
  return said.map((words) => <p key={words} role="alert" className="rounded-card bg-warning-soft px-4 py-3 text-base font-medium text-warning-ink">{words}</p>);
}

// Scans that the server, once it was back, saw otherwise than the tablet had.
function Judged({ answers, texts, onDone }) {
  if (!answers.length) return null;
  return (
    <section className="rounded-card bg-warning-soft px-4 py-3 text-warning-ink" data-judged={answers.length}>
      <div className="flex items-start gap-3">
        <h2 className="flex-1 pt-2 text-base font-semibold">{texts.judged}</h2>
        <IconButton label={texts.seen} onClick={onDone} d="m6 6 12 12M18 6 6 18" className="grid size-11 place-items-center rounded-control hover:bg-warning/20" />
      </div>
      <ul className="mt-1 flex flex-col gap-1.5 pb-1 text-base">
        {answers.map((one) => (
          <li key={one.client_id} className="break-words">
            <bdi className="font-semibold">{one.person?.name ?? String(one.scanned ?? "").slice(0, 40)}</bdi> · {texts[one.was]} → {texts[one.outcome]}
            {one.sentence && ` · ${one.sentence}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

// Which desk

function Chooser({ projects, state, texts, tools, device, onChoose, onLock }) {
  const isAway = state.isReached === false;
  const status = (
    <p role="status" className={`rounded-pill px-3.5 py-1.5 text-base font-semibold ${isAway ? "bg-warning-soft text-warning-ink" : "bg-success-soft text-success-ink"}`}>
      {isAway ? texts.offline : texts.online}
    </p>
  );
  return (
    <div className="min-h-dvh bg-canvas">
      <Bar title={texts.choose} device={device} texts={texts} tools={tools} onLock={onLock} status={status} />
      <main id="page-content" className="mx-auto w-full max-w-page p-4 sm:p-6">
        {!projects.length && <p className="rounded-card border border-line bg-surface p-8 text-center text-base text-muted">{texts.noProjects}</p>}
        <ul className="grid gap-3 sm:grid-cols-2">
          {projects.map((one) => (
            <li key={one.code}>
              <button type="button" onClick={() => onChoose(one.code)} className="flex min-h-28 w-full flex-col justify-center rounded-card border border-line bg-surface p-5 text-start shadow-card hover:border-brand">
                <span className="text-xl font-semibold break-words text-ink">{one.name}</span>
                <span className="mt-1 text-base text-muted"><bdi>{one.code}</bdi>{!one.is_open && ` · ${texts.completed}`}</span>
              </button>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

// Why there is no desk

const NOTICES = {
  opening: ["opening", null],
  unreached: ["unreached", "unreachedMore"],
  unpaired: ["unpaired", "unpairedMore"],
  wiped: ["wiped", "wipedMore"],
  expired: ["ended", "endedMore"],
};

function Notice({ is, detail, texts, tools }) {
  const [title, more] = NOTICES[is] ?? NOTICES.opening;
  const isPairing = ["unpaired", "wiped", "expired"].includes(is);
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <header className="flex items-center justify-end p-3">
        <Languages texts={texts} />
        {tools}
      </header>
      <main id="page-content" className="flex flex-1 flex-col items-center justify-center gap-5 p-6 pb-24 text-center" aria-busy={is === "opening" || undefined}>
        <span aria-hidden="true" className={is === "wiped" || is === "expired" ? "text-danger" : "text-brand"}>
          <Sign d="M6 2.5h12a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 20V4A1.5 1.5 0 0 1 6 2.5Zm5 16h2" size={72} />
        </span>
        <h1 id="page-title" tabIndex={-1} className="text-2xl font-semibold text-ink sm:text-3xl">{(is === "wiped" && detail?.replace(/\.$/, "")) || texts[title]}</h1>
        {more && <p className="max-w-md text-base text-muted sm:text-lg">{texts[more]}</p>}
        {isPairing && <a href="/pair" className={PRIMARY}>{texts.pair}</a>}
        {is === "unreached" && <button type="button" onClick={() => window.location.reload()} className={PRIMARY}>{texts.retry}</button>}
      </main>
    </div>
  );
}
