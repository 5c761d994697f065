// Photos in an order. Several files are sent at once, each with its progress; a photo is moved by drag, by its buttons,
// or by arrow keys while it has the focus, and its new place is announced. The server's list is the truth: what is on
// its way stands behind it.
import { useEffect, useRef, useState } from "react";
import { sendFile } from "./send_file.js";

const AT_ONCE = 2;
let serial = 0;

export function Gallery(props) {
  const { photos: given, categories, most, maxBytes, accept, draft, texts, inputId, buttonClass, quietClass, selectClass } = props;
  const [photos, setPhotos] = useState(given ?? []);
  const [queue, setQueue] = useState([]);
  const [refused, setRefused] = useState([]);
  const [said, setSaid] = useState("");
  const [over, setOver] = useState(false);
  const [held, setHeld] = useState(null);
  const [target, setTarget] = useState(null);
  const list = useRef(null);
  const refocus = useRef("");
  const running = useRef(new Map());

  useEffect(() => {
    setPhotos(given ?? []);
    const there = new Set((given ?? []).map((one) => one.key));
    setQueue((before) => before.filter((one) => !(one.key && there.has(one.key))));
  }, [given]);
  useEffect(() => () => running.current.forEach((xhr) => xhr.abort()), []);
  useEffect(() => {
    if (!refocus.current) return;
    list.current?.querySelector(`[data-key="${refocus.current}"] [data-handle]`)?.focus();
    refocus.current = "";
  }, [photos]);
  useEffect(() => {
    const free = AT_ONCE - queue.filter((one) => one.state === "sending").length;
    queue.filter((one) => one.state === "waiting").slice(0, Math.max(0, free)).forEach(start);
  }, [queue]);

  const change = (id, part) => setQueue((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const drop = (id) => setQueue((before) => before.filter((one) => one.id !== id));
  const refuse = (name, text) => setRefused((before) => [...before.slice(-4), { id: ++serial, name, text }]);

  const start = (one) => {
    change(one.id, { state: "sending" });
    const xhr = sendFile(one.file, one.file.name, { kind: "gallery", draft }, {
      onProgress: (part) => change(one.id, { part }),
      onOffline: () => change(one.id, { state: "stopped", text: texts.offline }),
      onAbort: () => drop(one.id),
      onRefused: (text, isOurs) => {
        if (isOurs) return change(one.id, { state: "stopped", text: text || texts.failed });
        drop(one.id);
        return refuse(one.file.name, text || texts.failed);
      },
      onDone: ({ id, name, url }) => {
        change(one.id, { state: "done", part: 1, key: String(id) });
        props.onDone?.(String(id), name ?? one.file.name, url ?? "");
      },
    });
    running.current.set(one.id, xhr);
  };

  const take = (files) => {
    setRefused([]);
    let room = most - photos.length - queue.length;
    const taken = [];
    for (const file of files) {
      if (!accept.includes(file.type)) refuse(file.name, texts.wrongType);
      else if (file.size > maxBytes) refuse(file.name, texts.tooBig);
      else if (room <= 0) refuse(file.name, texts.full);
      else {
        room -= 1;
        taken.push({ id: ++serial, file, part: 0, state: "waiting", preview: URL.createObjectURL(file) });
      }
    }
    setQueue((before) => [...before, ...taken]);
  };

  const place = (key, at) => {
    const from = photos.findIndex((one) => one.key === key);
    const to = Math.min(Math.max(at, 0), photos.length - 1);
    if (from < 0 || from === to) return;
    const others = photos.filter((one) => one.key !== key);
    setPhotos([...others.slice(0, to), photos[from], ...others.slice(to)]);
    setSaid(texts.placed.replace("{place}", to + 1).replace("{count}", photos.length));
    props.onPlace?.(key, to);
  };

  const press = (event, key, at) => {
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + rtl, ArrowLeft: at - rtl, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: photos.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    refocus.current = key;
    place(key, to);
  };

  const dragged = (key, at) => ({
    draggable: true,
    onDragStart: (event) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", key);
      setHeld(key);
    },
    onDragEnd: () => (setHeld(null), setTarget(null)),
    onDragOver: (event) => {
      if (!held) return;
      event.preventDefault();
      setTarget(at);
    },
    onDrop: (event) => {
      if (!held) return;
      event.preventDefault();
      event.stopPropagation();
      place(held, at);
      setHeld(null);
      setTarget(null);
    },
  });

  const remove = (key) => {
    setPhotos(photos.filter((one) => one.key !== key));
    setSaid(texts.removed);
    props.onRemove?.(key);
  };

  const isFull = photos.length + queue.length >= most;
  return (
    <div
      onDragOver={(event) => {
        if (held || ![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (held) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={`rounded-card border border-dashed p-4 transition-colors ${over ? "border-brand bg-brand-soft" : "border-control bg-surface"}`}
    >
      {photos.length + queue.length ? (
        <ul ref={list} className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4">
          {photos.map((photo, at) => (
            <li
              key={photo.key}
              data-key={photo.key}
              {...dragged(photo.key, at)}
              className={`flex min-w-0 flex-col overflow-hidden rounded-card border bg-surface ${
                target === at && held !== photo.key ? "border-brand ring-2 ring-brand" : "border-line"
              } ${held === photo.key ? "opacity-40" : ""}`}
            >
              <button
                type="button"
                data-handle=""
                aria-roledescription={texts.movable}
                aria-label={texts.position.replace("{place}", at + 1).replace("{count}", photos.length)}
                title={texts.keys}
                onKeyDown={(event) => press(event, photo.key, at)}
                className="relative block aspect-3/4 w-full cursor-grab bg-sunken focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring active:cursor-grabbing"
              >
                <img src={`${photo.url}?size=small`} alt="" draggable={false} loading="lazy" className="absolute inset-0 size-full object-cover" />
                <span className="absolute start-2 top-2 grid size-6 place-items-center rounded-full bg-stage/75 text-xs font-semibold text-on-stage tabular-nums">
                  {at + 1}
                </span>
              </button>
              <div className="flex flex-col gap-1.5 p-2">
                <select
                  aria-label={`${texts.category} ${at + 1}`}
                  className={selectClass}
                  value={photo.category}
                  onChange={(event) => {
                    setPhotos(photos.map((one) => (one.key === photo.key ? { ...one, category: event.target.value } : one)));
                    props.onName?.(photo.key, event.target.value);
                  }}
                >
                  {categories.map((one) => (
                    <option key={one.value} value={one.value}>
                      {one.label}
                    </option>
                  ))}
                </select>
                <div className="flex items-center justify-between">
                  <span className="flex">
                    <Small label={`${texts.earlier} ${at + 1}`} draw="m15 6-6 6 6 6" flips disabled={at === 0} onClick={() => place(photo.key, at - 1)} />
                    <Small label={`${texts.later} ${at + 1}`} draw="m9 6 6 6-6 6" flips disabled={at === photos.length - 1} onClick={() => place(photo.key, at + 1)} />
                  </span>
                  <Small label={`${texts.remove} ${at + 1}`} draw="M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12" onClick={() => remove(photo.key)} />
                </div>
              </div>
            </li>
          ))}
          {queue.map((one) => (
            <Sending key={one.id} one={one} texts={texts} quietClass={quietClass} onCancel={() => (running.current.get(one.id)?.abort(), drop(one.id))} onAgain={() => change(one.id, { state: "waiting", part: 0 })} />
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {isFull ? null : (
          <label className={`${buttonClass} relative cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ring`}>
            <input
              id={inputId}
              type="file"
              multiple
              accept={accept.join(",")}
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-label={texts.choose}
              onChange={(event) => {
                take([...event.target.files]);
                event.target.value = "";
              }}
            />
            {texts.choose}
          </label>
        )}
        <p className="min-w-56 flex-1 text-xs text-muted">
          <span className="font-medium tabular-nums">{texts.count.replace("{n}", photos.length)}</span> · {isFull ? texts.full : texts.rules}
        </p>
      </div>
      <div role="alert" className="flex flex-col gap-2">
        {refused.map((one) => (
          <p key={one.id} className="mt-3 rounded-control bg-danger-soft px-3 py-2 text-sm break-words text-danger-ink">
            <span className="font-semibold">{one.name}</span>: {one.text}
          </p>
        ))}
      </div>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

function Sending({ one, texts, quietClass, onCancel, onAgain }) {
  const percent = Math.round(one.part * 100);
  return (
    <li className="flex min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface" aria-busy={one.state !== "stopped"}>
      <div className="relative aspect-3/4 bg-sunken">
        <img src={one.preview} alt="" className="absolute inset-0 size-full object-cover opacity-50" />
      </div>
      <div className="flex flex-col gap-1.5 p-2">
        <p className="truncate text-xs font-medium text-ink">{one.file.name}</p>
        {one.state === "stopped" ? (
          <p className="text-xs text-danger-ink">{one.text}</p>
        ) : (
          <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <div
              role="progressbar"
              aria-label={`${texts.sending} ${one.file.name}`}
              aria-valuenow={percent}
              aria-valuemin={0}
              aria-valuemax={100}
              className="h-full rounded-full bg-brand transition-[width]"
              style={{ width: `${percent}%` }}
            />
          </div>
        )}
        <div className="flex flex-wrap gap-1">
          {one.state === "stopped" ? (
            <button type="button" className={quietClass} onClick={onAgain}>
              {texts.retry}
            </button>
          ) : null}
          {one.state === "done" ? null : (
            <button type="button" className={quietClass} onClick={onCancel}>
              {texts.cancel}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}

function Small({ label, draw, flips, ...rest }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid h-11 w-9 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink disabled:opacity-30 lg:size-8"
      {...rest}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={flips ? "rtl:-scale-x-100" : ""}>
        <path d={draw} />
      </svg>
    </button>
  );
}
