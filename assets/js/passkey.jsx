// Asking for a passkey, where this browser can use one of the site. Nothing of it is kept in the page.
import { useEffect, useRef, useState } from "react";
import { canSuggest, canUse, get, problemOf } from "./passkey.js";
import { post } from "./send.js";

const ASKED_AGAIN = 240_000; // a question counts for five minutes

// Says that there is no passkey to be used here, once the server has said where there is.
export function Unusable({ origin, children }) {
  return origin == null ? null : <p className="text-sm text-muted">{children}</p>;
}

// `path` takes the answer, `path`/options asks. `next`, or the fields `remember` and `next` of the form around it, go along.
// `suggests`: also offered where the name is typed; `asks`: shown only if the server has somebody's passkeys to ask for.
export function PasskeyButton({ origin, path, next, suggests, asks, texts, look, onSaid, children }) {
  const place = useRef(null);
  const waiting = useRef(null);
  const [isOffered, setOffered] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  // Whether the server was content.
  const send = async (ticket, credential) => {
    const form = place.current?.closest("form");
    const along = form ? [...new FormData(form)].filter(([name]) => name === "remember" || name === "next") : [["next", next ?? ""]];
    const { isRight, said } = await post(path, [...along, ["ticket", ticket], ["credential", credential]]);
    if (said.next) location.assign(said.next);
    if (isRight) onSaid?.(said);
    else setProblem(said.detail);
    return isRight;
  };

  // Waits, unseen, until a passkey is picked from the list of the name's field.
  const suggest = async () => {
    const abort = new AbortController();
    waiting.current?.abort();
    waiting.current = abort;
    try {
      const { isRight, said } = await post(`${path}/options`, {});
      if (!isRight || abort.signal.aborted) return;
      const credential = await get(said.options, { mediation: "conditional", signal: abort.signal });
      setProblem("");
      await send(said.ticket, credential);
    } catch {
      // Nobody has asked for anything: there is nothing to say.
    }
  };

  useEffect(() => {
    if (!canUse(origin)) return undefined;
    let again;
    const offer = async () => {
      if (asks && !(await post(`${path}/options`, {})).said.options) return;
      setOffered(true);
      if (!suggests || !(await canSuggest())) return;
      suggest();
      again = setInterval(suggest, ASKED_AGAIN);
    };
    offer().catch(() => {});
    return () => {
      clearInterval(again);
      waiting.current?.abort();
    };
  }, [origin]);

  const ask = async () => {
    if (isBusy) return;
    setBusy(true);
    setProblem("");
    waiting.current?.abort();
    try {
      const { isRight, said } = await post(`${path}/options`, {});
      if (!isRight) setProblem(said.detail);
      else if (await send(said.ticket, await get(said.options))) return;
    } catch (error) {
      setProblem(error instanceof DOMException ? problemOf(error, texts) : texts.failed);
    }
    setBusy(false);
    if (suggests && (await canSuggest())) suggest();
  };

  if (!isOffered) return texts.instead && !canUse(origin) ? <Unusable origin={origin}>{texts.instead}</Unusable> : null;
  return (
    <div ref={place} className="flex flex-col gap-3">
      {children}
      <div role="alert" className="contents">{problem && <p className={look.alert}>{problem}</p>}</div>
      <button type="button" onClick={ask} disabled={isBusy} className={look.button}>
        <svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
          <circle cx="8" cy="15" r="4.5" />
          <path d="m11.2 11.8 8.3-8.3M16 7l3 3M13 10l2 2" />
        </svg>
        {texts.use}
      </button>
    </div>
  );
}
