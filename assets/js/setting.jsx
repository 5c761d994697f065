// The control of one setting. It saves when it is left (Enter saves a line, Escape takes back what was typed), and says
// which revision it showed when the typing began, so that nobody overwrites what somebody else saved meanwhile.
import { useEffect, useRef } from "react";

export function SettingInput({ value, revision, turn, lines, onSave, ...rest }) {
  const ref = useRef(null);
  const began = useRef(null);
  const show = () => {
    ref.current.value = value ?? "";
    began.current = null;
    grow();
  };
  const grow = () => {
    if (!lines) return;
    ref.current.style.height = "auto";
    ref.current.style.height = `${ref.current.scrollHeight + 2}px`;
  };
  const save = () => {
    const typed = ref.current.value;
    const shown = began.current ?? revision;
    if (began.current !== null && typed !== (value ?? "")) onSave?.(typed, shown);
    began.current = null;
  };
  useEffect(() => {
    if (began.current === null) show();
  }, [value]);
  useEffect(show, [turn]);
  useEffect(() => {
    const warn = (event) => began.current !== null && ref.current.value !== (value ?? "") && event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [value]);
  useEffect(() => {
    if (rest.type !== "color") return undefined;
    const element = ref.current;
    element.addEventListener("change", save);
    return () => element.removeEventListener("change", save);
  });
  const press = (event) => {
    if (event.key === "Escape" && began.current !== null) {
      event.preventDefault();
      show();
    }
    if (event.key === "Enter" && (!lines || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  const Tag = lines ? "textarea" : "input";
  return (
    <Tag
      {...rest}
      ref={ref}
      rows={lines || undefined}
      defaultValue={value ?? ""}
      onInput={() => {
        began.current ??= revision;
        grow();
      }}
      onBlur={save}
      onKeyDown={press}
    />
  );
}
