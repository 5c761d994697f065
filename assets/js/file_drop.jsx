// One file, dropped, chosen or photographed, cut to a square if it is a portrait, and sent to `POST /files` with its
// progress. The server checks everything again: what is checked here only spares the reader a wait.
import { useEffect, useRef, useState } from "react";
import { Cropper } from "./cropper.jsx";
import { sendFile } from "./send_file.js";

export function FileDrop(props) {
  const { kind, url, fileName, accept, maxBytes, square, whole, texts, onDone, onRemove, disabled, draft, inputId, mainClass, buttonClass, quietClass } =
    props;
  const [stage, setStage] = useState({ name: "idle" });
  const [over, setOver] = useState(false);
  const [kept, setKept] = useState(url ? { url, name: fileName } : null);
  const request = useRef(null);
  useEffect(() => setKept(url || fileName ? { url, name: fileName } : null), [url, fileName]);
  useEffect(() => () => request.current?.abort(), []);

  const refuse = (text, again) => setStage({ name: "error", text, again });

  const take = (file) => {
    if (!file || disabled) return;
    const typed = accept.some((one) => (one.startsWith(".") ? file.name.toLowerCase().endsWith(one) : file.type === one));
    if (!typed) return refuse(texts.wrongType);
    if (square) return setStage({ name: "crop", file });
    return file.size > maxBytes ? refuse(texts.tooBig) : send(file, file.name);
  };

  const send = (blob, name) => {
    if (blob.size > maxBytes) return refuse(texts.tooBig);
    const again = () => send(blob, name);
    setStage({ name: "sending", file: name, part: 0 });
    request.current = sendFile(blob, name, { kind, draft }, {
      onProgress: (part) => setStage({ name: "sending", file: name, part }),
      onOffline: () => refuse(texts.offline, again),
      onAbort: () => setStage({ name: "idle" }),
      onRefused: (text, isOurs) => refuse(text || texts.failed, isOurs ? again : undefined),
      onDone: ({ id, url: where, name: title }) => {
        setKept({ url: where, name: title ?? name });
        setStage({ name: "idle" });
        onDone?.(String(id), title ?? name, where ?? "");
      },
    });
    return undefined;
  };

  const drop = {
    onDragOver: (event) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files[0]);
    },
  };

  const remove = () => {
    setKept(null);
    onRemove?.();
  };

  if (stage.name === "crop")
    return (
      <Cropper
        file={stage.file}
        texts={texts}
        mainClass={mainClass}
        quietClass={quietClass}
        onCancel={() => setStage({ name: "idle" })}
        onBroken={() => refuse(texts.broken)}
        onCut={(blob, extension) => send(blob, stage.file.name.replace(/\.\w+$/, "") + extension)}
      />
    );

  const picker = (extra, label, className) => (
    <label className={`${className} relative cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ring`}>
      <input
        type="file"
        className="absolute inset-0 cursor-pointer opacity-0"
        accept={accept.join(",")}
        aria-label={label}
        disabled={disabled}
        onChange={(event) => {
          take(event.target.files[0]);
          event.target.value = "";
        }}
        {...extra}
      />
      {label}
    </label>
  );

  return (
    <div
      {...drop}
      aria-busy={stage.name === "sending"}
      className={`rounded-card border border-dashed p-4 transition-colors ${
        over ? "border-brand bg-brand-soft" : stage.name === "error" ? "border-danger bg-surface" : "border-control bg-surface"
      }`}
    >
      <div className="flex flex-wrap items-center gap-4">
        <Preview kept={kept} square={square} whole={whole} alt={texts.preview} />
        <div className="min-w-48 flex-1">
          {stage.name === "sending" ? (
            <Sending stage={stage} texts={texts} quietClass={quietClass} onCancel={() => request.current?.abort()} />
          ) : (
            <>
              <p className={`${kept ? "truncate " : ""}text-sm font-medium text-ink`}>{kept ? kept.name || texts.present : texts.drop}</p>
              <p className="mt-0.5 text-xs text-muted">{texts.rules}</p>
              <div className="mt-3 flex flex-wrap gap-2">
                {picker({ id: inputId }, kept ? texts.replace : texts.choose, buttonClass)}
                {square ? picker({ capture: "user" }, texts.camera, `${quietClass} pointer-fine:hidden`) : null}
                {kept && onRemove ? (
                  <button type="button" className={quietClass} onClick={remove} disabled={disabled}>
                    {texts.remove}
                  </button>
                ) : null}
              </div>
            </>
          )}
        </div>
      </div>
      <div role="alert">
        {stage.name === "error" ? (
          <p className="mt-3 flex flex-wrap items-center gap-3 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger-ink">
            <span className="flex-1">{stage.text}</span>
            {stage.again ? (
              <button type="button" className="font-semibold underline underline-offset-2" onClick={stage.again}>
                {texts.retry}
              </button>
            ) : null}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function Preview({ kept, square, whole, alt }) {
  const box = square ? "size-24 rounded-full" : "h-20 w-16 rounded-control";
  if (square && kept?.url) return <img src={kept.url} alt={alt} className={`${box} shrink-0 border border-line object-cover`} />;
  if (whole && kept?.url) return <img src={kept.url} alt={alt} className="size-20 shrink-0 rounded-control border border-line bg-white object-contain p-1.5" />;
  return (
    <span className={`${box} grid shrink-0 place-items-center bg-sunken ${kept ? "text-brand-ink" : "text-faint"}`} aria-hidden="true">
      <svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" strokeWidth="1.6">
        {square ? (
          <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5" strokeLinecap="round" />
        ) : (
          <path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5M9 13h6M9 17h4" strokeLinejoin="round" />
        )}
      </svg>
    </span>
  );
}

function Sending({ stage, texts, quietClass, onCancel }) {
  const percent = Math.round(stage.part * 100);
  return (
    <div>
      <p className="truncate text-sm font-medium text-ink">{stage.file}</p>
      <div className="mt-2 h-2 overflow-hidden rounded-full bg-sunken">
        <div
          role="progressbar"
          aria-label={texts.sending}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          className="h-full rounded-full bg-brand transition-[width]"
          style={{ width: `${percent}%` }}
        />
      </div>
      <div className="mt-2 flex items-center justify-between gap-3">
        <span className="text-xs tabular-nums text-muted">
          {texts.sending} {percent} %
        </span>
        <button type="button" className={quietClass} onClick={onCancel}>
          {texts.cancel}
        </button>
      </div>
    </div>
  );
}
