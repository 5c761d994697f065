// A form that is sent by fetch: what was typed stays when it is refused, and an HttpOnly cookie can be set when it is not.
import { useRef, useState } from "react";

export function PostForm({ action, failed, alertClass, doneClass, onDone, children, ...rest }) {
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState("");
  const [isBusy, setBusy] = useState(false);
  const form = useRef(null);

  const mark = (errors) => {
    for (const input of form.current.querySelectorAll("[aria-invalid=true]")) input.removeAttribute("aria-invalid");
    const fields = errors.map(({ field }) => form.current.querySelector(`[name="${CSS.escape(field)}"]`)).filter(Boolean);
    fields.forEach((input) => input.setAttribute("aria-invalid", "true"));
    fields[0]?.focus();
  };

  const send = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblem("");
    setDone("");
    try {
      const answer = await fetch(action, {
        method: "POST",
        headers: { "X-Talento": "1" },
        body: new URLSearchParams(new FormData(form.current)),
      });
      const said = await answer.json();
      if (answer.ok && said.next) return location.assign(said.next);
      mark(said.errors ?? []);
      if (!answer.ok) return setProblem([said.detail, ...(said.errors ?? []).map((e) => e.detail)].filter((text, at, all) => text && all.indexOf(text) === at).join(" "));
      setDone(said.message ?? "");
      form.current.reset();
    } catch {
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form {...rest} ref={form} onSubmit={send} aria-busy={isBusy} method="post" action={action}>
      <div role="alert" className="contents">{problem && <p className={alertClass}>{problem}</p>}</div>
      <div role="status" className="contents">{done && <p className={doneClass}>{done}</p>}</div>
      <fieldset disabled={isBusy} className="contents">
        {children}
      </fieldset>
    </form>
  );
}
