// A second factor, from the picture to scan to the codes to keep. Seeds and codes live in this component only: no state
// of the page ever holds them.
import { useEffect, useId, useRef, useState } from "react";
import { CopyButton } from "./page.jsx";
import { PasskeyButton, Unusable } from "./passkey.jsx";
import { canUse, create, problemOf } from "./passkey.js";
import { post } from "./send.js";

// One line to type, sent by itself. onSaid(what the server said).
function Line({ path, more, name, label, hint, kind, submit, cancel, failed, look, onSaid, onCancel }) {
  const id = useId();
  const input = useRef(null);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const soon = setTimeout(() => input.current?.focus()); // a dialog that opens at the same moment looks for a place itself
    return () => clearTimeout(soon);
  }, []);

  const send = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblem("");
    try {
      const { isRight, said } = await post(path, { ...more, [name]: input.current.value });
      if (isRight) return onSaid(said);
      setProblem(said.detail);
    } catch {
      setProblem(failed);
    } finally {
      setBusy(false);
    }
    input.current?.focus();
    input.current?.select();
  };

  return (
    <form onSubmit={send} aria-busy={isBusy} className="flex flex-col gap-4">
      <div role="alert" className="contents">{problem && <p className={look.alert}>{problem}</p>}</div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">{label}</label>
        <input id={id} ref={input} name={name} required className={look.input} aria-describedby={`${id}-hint`} aria-invalid={problem ? true : undefined} {...kind} />
        {hint && <p id={`${id}-hint`} className="text-xs text-muted">{hint}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={isBusy} className={look.primary}>{submit}</button>
        {onCancel && <button type="button" onClick={onCancel} className={look.quiet}>{cancel}</button>}
      </div>
    </form>
  );
}

// The password, a code of the second factor, or a passkey. onProved() once the server is content.
export function Prove({ origin, texts, look, onProved, onCancel }) {
  return (
    <div className="flex flex-col gap-5">
      <Line
        path="/auth/confirm"
        name="proof"
        label={texts.proof}
        hint={texts.proofHint}
        kind={{ type: "password", autoComplete: "current-password", maxLength: 1024 }}
        submit={texts.prove}
        cancel={texts.cancel}
        failed={texts.failed}
        look={look}
        onSaid={onProved}
        onCancel={onCancel}
      />
      <PasskeyButton origin={origin} path="/auth/passkey/confirm" asks texts={texts} look={{ alert: look.alert, button: look.secondary }} onSaid={onProved}>
        <hr className="border-line" />
      </PasskeyButton>
    </div>
  );
}

function Codes({ codes, texts, look, onDone }) {
  const title = useRef(null);
  useEffect(() => title.current?.focus(), []);
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${texts.codesTitle}\n\n${codes.join("\n")}\n`)}`;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h3 ref={title} tabIndex={-1} className="font-semibold">{texts.codesTitle}</h3>
        <p className="mt-1 text-sm text-muted">{texts.codesText}</p>
      </div>
      <ol className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-control border border-line bg-sunken p-4 font-mono text-sm min-[22rem]:grid-cols-2">
        {codes.map((code) => <li key={code} className="tabular-nums">{code}</li>)}
      </ol>
      <div className="flex flex-wrap gap-2">
        <a href={file} download="recovery-codes.txt" className={look.secondary}>{texts.download}</a>
        <CopyButton text={codes.join("\n")} copied={texts.copied} className={look.secondary}>{texts.copy}</CopyButton>
        <button type="button" onClick={onDone} className={look.primary}>{texts.done}</button>
      </div>
    </div>
  );
}

function App({ made, confirm, more, texts, look, onSaid, onCancel }) {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-5 sm:flex-row">
        <img src={made.picture} alt={texts.picture} width="176" height="176" className="size-44 shrink-0 self-center rounded-control border border-line bg-white sm:self-start" />
        <div className="flex min-w-0 flex-col gap-3 text-sm">
          <p>{texts.scan}</p>
          <p><a href={made.address} className="font-medium text-brand-ink underline underline-offset-2">{texts.open}</a></p>
          <div className="flex flex-col gap-1">
            <span className="text-muted">{texts.key}</span>
            <code className="font-mono text-sm break-words" data-key={made.key}>{made.key.match(/.{1,4}/g).join(" ")}</code>
          </div>
        </div>
      </div>
      <Line
        path={confirm}
        more={more}
        name="code"
        label={texts.code}
        hint={texts.codeHint}
        kind={{ inputMode: "numeric", autoComplete: "one-time-code", maxLength: 12 }}
        submit={texts.turnOn}
        cancel={texts.cancel}
        failed={texts.failed}
        look={look}
        onSaid={onSaid}
        onCancel={onCancel}
      />
    </div>
  );
}

// Something about the second factor that the server does at `path`. With `confirm`, an app is set up: scanned, and proved by
// a code. With `makes`, this device makes a passkey. Whoever proved long ago who they are does so first; then it goes on by
// itself.
export function FactorTask({ path, confirm, makes, origin, next, opensAtOnce, texts, look, onDone }) {
  const [stage, setStage] = useState({ name: "idle" });
  const idle = () => setStage({ name: "idle" });

  const finish = (said) => {
    idle();
    if (said?.next) location.assign(said.next);
    else onDone?.();
  };
  const shown = (said) => (said.codes?.length ? setStage({ name: "codes", said }) : finish(said));

  const more = next ? { next } : {};
  const answer = async () => {
    if (!makes) return post(path, {});
    const asked = await post(`${path}/options`, {});
    if (!asked.isRight) return asked;
    return post(path, { ...more, ticket: asked.said.ticket, credential: await create(asked.said.options) });
  };
  const begin = async () => {
    setStage({ name: "busy" });
    try {
      const { isRight, said } = await answer();
      if (isRight) return confirm ? setStage({ name: "app", made: said }) : shown(said);
      setStage(said.fresh ? { name: "prove" } : { name: "idle", problem: said.detail });
    } catch (error) {
      setStage({ name: "idle", problem: error instanceof DOMException ? problemOf(error, texts) : texts.failed });
    }
  };
  useEffect(() => {
    if (opensAtOnce) begin();
  }, []);

  const open = "basis-full rounded-card border border-line p-4 sm:p-5";
  const plain = opensAtOnce ? "" : open;
  if (stage.name === "sure")
    return (
      <div className={open}>
        <p className="mb-4 text-sm">{texts.sure}</p>
        <div className="flex flex-wrap gap-2">
          <button type="button" autoFocus onClick={begin} className={look.danger}>{texts.start}</button>
          <button type="button" onClick={idle} className={look.quiet}>{texts.cancel}</button>
        </div>
      </div>
    );
  if (stage.name === "prove") return <div className={open}><Prove origin={origin} texts={texts} look={look} onProved={begin} onCancel={idle} /></div>;
  if (stage.name === "app")
    return (
      <div className={plain}>
        <App made={stage.made} confirm={confirm} more={more} texts={texts} look={look} onSaid={shown} onCancel={opensAtOnce ? undefined : idle} />
      </div>
    );
  if (stage.name === "codes") return <div className={plain}><Codes codes={stage.said.codes} texts={texts} look={look} onDone={() => finish(stage.said)} /></div>;
  if (makes && !canUse(origin)) return <Unusable origin={origin}>{texts.unavailable}</Unusable>;
  return (
    <div className={stage.problem ? "basis-full" : ""}>
      <div role="alert" className="contents">{stage.problem && <p className={`${look.alert} mb-4`}>{stage.problem}</p>}</div>
      <button type="button" disabled={stage.name === "busy"} onClick={texts.sure ? () => setStage({ name: "sure" }) : begin} className={look.start ?? look.secondary}>
        {texts.start}
      </button>
    </div>
  );
}

// Asks for a proof above the page: for the server (`asked`), which then goes on with what it was asked, or for a link with
// `data-proof`, whose download then begins.
export function ProofDialog({ asked, origin, title, text, texts, look, onProved, onDropped, ...rest }) {
  const dialog = useRef(null);
  const goOn = useRef(null);
  const name = useId();
  const [turn, setTurn] = useState(0);

  const open = (then) => {
    goOn.current = then;
    setTurn((before) => before + 1);
    if (!dialog.current.open) dialog.current.showModal();
  };
  const close = (then) => {
    goOn.current = null;
    setTurn(0);
    dialog.current.close();
    then?.();
  };
  useEffect(() => {
    if (asked) open(onProved);
  }, [asked]);

  useEffect(() => {
    const follow = async (event) => {
      const link = event.target.closest?.("a[data-proof]");
      if (!link) return;
      event.preventDefault();
      const copy = Object.assign(document.createElement("a"), { href: link.href, download: link.download });
      try {
        const { said } = await post("/auth/fresh", {});
        if (said.fresh) return open(() => copy.click());
      } catch {
        // The download itself says what is wrong.
      }
      copy.click();
    };
    document.addEventListener("click", follow, true);
    return () => document.removeEventListener("click", follow, true);
  }, []);

  return (
    <dialog
      {...rest}
      ref={dialog}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        close(asked ? onDropped : undefined);
      }}
    >
      <div className="border-b border-line px-5 py-4 sm:px-6">
        <h2 id={name} className="text-lg font-semibold text-ink">{title}</h2>
        <p className="mt-0.5 text-sm text-muted">{text}</p>
      </div>
      <div className="px-5 py-5 sm:px-6">
        {turn > 0 && (
          <Prove key={turn} origin={origin} texts={texts} look={look} onProved={() => close(goOn.current)} onCancel={() => close(asked ? onDropped : undefined)} />
        )}
      </div>
    </dialog>
  );
}
