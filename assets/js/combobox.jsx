// A searchable list. Source: WAI-ARIA Authoring Practices, "Combobox with list autocomplete".
import { useEffect, useId, useMemo, useRef, useState } from "react";

const SHOWN = 80;

const fold = (text) =>
  String(text ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

// Those that begin with the text, then those with a word that does, then those that merely hold it.
function matching(options, text) {
  const wanted = fold(text).trim();
  if (!wanted) return options;
  const rank = (option) => {
    const label = fold(option.label);
    if (label.startsWith(wanted)) return 0;
    if (label.split(/[\s,'’()-]+/).some((word) => word.startsWith(wanted))) return 1;
    return label.includes(wanted) || fold(option.hint).includes(wanted) || fold(option.search).includes(wanted) ? 2 : 3;
  };
  return options
    .map((option) => [rank(option), option])
    .filter(([rank]) => rank < 3)
    .sort(([a], [b]) => a - b)
    .map(([, option]) => option);
}

export function Combobox(props) {
  const { options = [], value, free, onChange, name, nothing, more, clear, wrapClass, className, disabled, ...rest } = props;
  const id = useId();
  const input = useRef(null);
  const list = useRef(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(null);
  const [at, setAt] = useState(0);
  const [own, setOwn] = useState(value);
  useEffect(() => setOwn(value), [value]);

  const every = useMemo(() => (free ? [...options, { ...free, isFree: true }] : options), [options, free]);
  const chosen = every.find((option) => String(option.value) === String(own ?? ""));
  const found = useMemo(() => {
    const some = matching(options, text);
    return free ? [...some.slice(0, SHOWN), { ...free, isFree: true }] : some.slice(0, SHOWN);
  }, [options, free, text]);
  const hidden = Math.max(0, matching(options, text).length - SHOWN);

  useEffect(() => {
    if (open) list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at, open]);

  const show = () => {
    if (disabled) return;
    setOpen(true);
    setAt(Math.max(0, found.findIndex((option) => option.value === own)));
  };
  const hide = () => {
    setOpen(false);
    setText(null);
  };
  const pick = (option) => {
    setOwn(option?.value ?? "");
    onChange?.(option?.value ?? "");
    hide();
  };
  const press = (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (move) {
      event.preventDefault();
      if (open) setAt((before) => Math.min(found.length - 1, Math.max(0, before + move)));
      else show();
    } else if (event.key === "Enter" && open && found[at]) {
      event.preventDefault();
      pick(found[at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === "Tab" && open && text && found[at] && !found[at].isFree) {
      pick(found[at]);
    }
  };

  return (
    <span className={wrapClass}>
      {name ? <input type="hidden" name={name} value={own ?? ""} /> : null}
      <input
        {...rest}
        ref={input}
        type="text"
        className={className}
        disabled={disabled}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[at] ? `${id}${at}` : undefined}
        value={text ?? chosen?.label ?? ""}
        onClick={show}
        onFocus={(event) => event.target.select()}
        onBlur={hide}
        onKeyDown={press}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
      />
      <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-muted" aria-hidden="true">
        <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="2">
          <path d="m7 10 5 5 5-5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
      {own && clear && !disabled ? (
        <button
          type="button"
          className="absolute inset-y-0 end-9 grid w-7 place-items-center text-faint hover:text-ink"
          aria-label={clear}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(null)}
        >
          <svg viewBox="0 0 24 24" width="14" height="14" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
            <path d="m6 6 12 12M18 6 6 18" />
          </svg>
        </button>
      ) : null}
      <ul
        ref={list}
        id={`${id}list`}
        role="listbox"
        aria-label={rest["aria-label"]}
        hidden={!open}
        className="absolute inset-x-0 top-full z-30 mt-1.5 max-h-72 overflow-y-auto overscroll-contain rounded-card border border-line bg-raised p-1 shadow-overlay"
        onMouseDown={(event) => event.preventDefault()}
      >
        {open
          ? found.map((option, index) => (
              <li
                key={option.value}
                id={`${id}${index}`}
                role="option"
                aria-selected={String(option.value) === String(own ?? "")}
                className={`flex min-h-10 cursor-pointer items-center gap-2 rounded-control px-2.5 py-1.5 text-sm ${
                  index === at ? "bg-brand-soft text-brand-ink" : "text-ink"
                } ${option.isFree ? "mt-1 font-medium text-brand-ink" : ""}`}
                onMouseMove={() => at !== index && setAt(index)}
                onClick={() => pick(option)}
              >
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.hint ? <span className="shrink-0 text-xs text-muted">{option.hint}</span> : null}
                {String(option.value) === String(own ?? "") ? <Tick /> : null}
              </li>
            ))
          : null}
        {open && !found.length ? <li role="option" aria-disabled="true" aria-selected="false" className="px-2.5 py-2 text-sm text-muted">{nothing}</li> : null}
        {open && hidden ? <li role="option" aria-disabled="true" aria-selected="false" className="px-2.5 py-2 text-xs text-muted">{more.replace("{n}", hidden)}</li> : null}
      </ul>
    </span>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
      <path d="m5 12.5 4.5 4.5L19 7.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
