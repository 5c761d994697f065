// Uncontrolled controls that follow their `value` without ever taking a character away from the one who types:
// a new value from the server is shown when the control is not being edited.
import { useEffect, useRef, useState } from "react";

function useFollowed(value, isTicked) {
  const ref = useRef(null);
  const dirty = useRef(false);
  const follow = () => {
    const element = ref.current;
    if (!element || value == null) return;
    if (isTicked) element.checked = Boolean(value);
    else if (element.value !== String(value)) element.value = String(value);
  };
  useEffect(() => {
    if (document.activeElement !== ref.current || isTicked || !dirty.current) follow();
  }, [value]);
  return { ref, dirty, follow };
}

function listening({ dirty, onChange, onBlur, onEnter }) {
  return {
    onChange: (event) => {
      dirty.current = true;
      onChange?.(event.target.value);
    },
    onBlur: (event) => {
      if (dirty.current || !onChange) onBlur?.(event.target.value);
      dirty.current = false;
    },
    onKeyDown: (event) => {
      if (event.key !== "Enter" || !onEnter) return;
      event.preventDefault();
      dirty.current = false;
      onEnter(event.target.value);
    },
  };
}

export function FollowedInput({ value, onChange, onBlur, onEnter, ...rest }) {
  const { ref, dirty } = useFollowed(value);
  return <input {...rest} ref={ref} defaultValue={value ?? ""} {...listening({ dirty, onChange, onBlur, onEnter })} />;
}

export function FollowedTick({ value, onChange, ...rest }) {
  const { ref } = useFollowed(value, true);
  return (
    <input {...rest} ref={ref} defaultChecked={Boolean(value)} onChange={(event) => onChange?.(event.target.checked)} />
  );
}

export function FollowedRadio({ value, chosen, onChange, ...rest }) {
  const { ref } = useFollowed(String(chosen ?? "") === String(value), true);
  return (
    <input
      {...rest}
      ref={ref}
      type="radio"
      value={value}
      defaultChecked={String(chosen ?? "") === String(value)}
      onChange={() => onChange?.(value)}
    />
  );
}

export function FollowedSelect({ value, onChange, children, ...rest }) {
  const { ref, follow } = useFollowed(value);
  const count = Array.isArray(children) ? children.flat(3).length : 0;
  useEffect(follow, [count]);
  return (
    <select {...rest} ref={ref} defaultValue={value ?? ""} onChange={(event) => onChange?.(event.target.value)}>
      {children}
    </select>
  );
}

export function FollowedTextarea({ value, onChange, onBlur, limit, left, counterClass, counterId, ...rest }) {
  const { ref, dirty } = useFollowed(value);
  const [length, setLength] = useState((value ?? "").length);
  const grow = () => {
    const element = ref.current;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
    setLength(element.value.length);
  };
  useEffect(grow, [value]);
  const heard = listening({ dirty, onChange, onBlur });
  return (
    <>
      <textarea {...rest} ref={ref} defaultValue={value ?? ""} maxLength={limit} {...heard} onInput={grow} />
      {limit ? (
        <span id={counterId} className={counterClass} aria-live="off" title={left}>
          {length} / {limit}
        </span>
      ) : null}
    </>
  );
}

export function PasswordInput({ show, hide, buttonClass, wrapClass, ...rest }) {
  const [shown, setShown] = useState(false);
  return (
    <span className={wrapClass}>
      <FollowedInput {...rest} type={shown ? "text" : "password"} autoCapitalize="none" spellCheck={false} />
      <button
        type="button"
        className={buttonClass}
        aria-label={shown ? hide : show}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" strokeWidth="1.8">
          <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
          <circle cx="12" cy="12" r="2.8" />
          {shown ? null : <path d="m4 4 16 16" strokeLinecap="round" />}
        </svg>
      </button>
    </span>
  );
}

// "/" focuses it from anywhere on the page; Escape and the cross clear it.
export function SearchBox({ value, onChange, clear, shortcut, wrapClass, buttonClass, hintClass, children, ...rest }) {
  const { ref, dirty } = useFollowed(value);
  const [filled, setFilled] = useState(Boolean(value));
  useEffect(() => setFilled(Boolean(ref.current.value)), [value]);
  useEffect(() => {
    if (!shortcut) return undefined;
    const jump = (event) => {
      const busy = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
      if (event.key !== shortcut || busy || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      ref.current.focus();
      ref.current.select();
    };
    document.addEventListener("keydown", jump);
    return () => document.removeEventListener("keydown", jump);
  }, [shortcut]);
  const heard = (text) => {
    dirty.current = true;
    setFilled(Boolean(text));
    onChange?.(text);
  };
  const empty = () => {
    ref.current.value = "";
    ref.current.focus();
    heard("");
  };
  return (
    <span className={wrapClass} role={shortcut ? "search" : undefined} aria-label={shortcut ? rest["aria-label"] : undefined}>
      {children}
      <input
        {...rest}
        ref={ref}
        type="search"
        autoComplete="off"
        spellCheck={false}
        defaultValue={value ?? ""}
        onChange={(event) => heard(event.target.value)}
        onBlur={() => (dirty.current = false)}
        onKeyDown={(event) => event.key === "Escape" && filled && (event.preventDefault(), empty())}
      />
      {filled ? (
        <button type="button" className={buttonClass} aria-label={clear} onClick={empty}>
          <svg viewBox="0 0 24 24" width="16" height="16" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
            <path d="m6 6 12 12M18 6 6 18" />
          </svg>
        </button>
      ) : shortcut ? (
        <kbd className={hintClass} aria-hidden="true">
          {shortcut}
        </kbd>
      ) : null}
    </span>
  );
}

// A country's prefix and the rest of the number; answers E.164 (+212612345678), or "" while there is no number.
export function PhoneInput({ value, prefixes, country, onChange, onBlur, prefixLabel, wrapClass, selectClass, ...rest }) {
  const start = splitPhone(value, prefixes, country);
  const [place, setPlace] = useState(start.place);
  const [number, setNumber] = useState(start.number);
  const editing = useRef(false);
  useEffect(() => {
    if (editing.current) return;
    const next = splitPhone(value, prefixes, place || country);
    setPlace(next.place);
    setNumber(next.number);
  }, [value, prefixes, country]);
  const whole = (at, digits) => {
    const bare = digits.replace(/\D/g, "").replace(/^0+/, "");
    const prefix = prefixes.find((one) => one.value === at)?.prefix ?? "";
    return digits.trim().startsWith("+") ? `+${digits.replace(/\D/g, "")}` : bare ? prefix + bare : "";
  };
  const shown = prefixes.find((one) => one.value === place);
  return (
    <span className={wrapClass} onFocus={() => (editing.current = true)} onBlur={() => (editing.current = false)}>
      <span className="relative shrink-0">
        <select
          className="absolute inset-0 w-full cursor-pointer opacity-0 peer"
          aria-label={prefixLabel}
          value={place}
          onChange={(event) => {
            setPlace(event.target.value);
            onChange?.(whole(event.target.value, number));
          }}
        >
          {prefixes.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label} {one.prefix}
            </option>
          ))}
        </select>
        <span className={selectClass} aria-hidden="true">
          {shown ? `${shown.value} ${shown.prefix}` : "+"}
        </span>
      </span>
      <input
        {...rest}
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        dir="ltr"
        value={number}
        onChange={(event) => {
          setNumber(event.target.value);
          onChange?.(whole(place, event.target.value));
        }}
        onBlur={() => onBlur?.(whole(place, number))}
      />
    </span>
  );
}

function splitPhone(value, prefixes, country) {
  const whole = String(value ?? "");
  const match = [...prefixes]
    .sort((a, b) => b.prefix.length - a.prefix.length || (b.value === country) - (a.value === country))
    .find((one) => whole.startsWith(one.prefix));
  return match
    ? { place: match.value, number: whole.slice(match.prefix.length) }
    : { place: country || prefixes[0]?.value || "", number: whole };
}
