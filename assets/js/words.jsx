// Writing with variables: a button that puts one where the cursor was, and a question before unsaved words are left.
import { useEffect } from "react";

let last = null;
const note = (event) => event.target.matches?.("[data-words]") && (last = event.target);

export function Insert({ text, target, ...rest }) {
  useEffect(() => document.addEventListener("focusin", note), []);
  const insert = () => {
    const field = last?.isConnected ? last : document.getElementById(target);
    field.focus();
    document.execCommand("insertText", false, text);
  };
  return <button type="button" {...rest} onClick={insert} />;
}

export function Unsaved({ when }) {
  useEffect(() => {
    if (!when) return undefined;
    const warn = (event) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [when]);
  return null;
}
