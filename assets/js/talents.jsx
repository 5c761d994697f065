// The search page: the address bar follows the search, results come in few bytes and are given their words here,
// arrow keys walk through them.
import { useEffect, useRef, useSyncExternalStore } from "react";

function named(names, kind, value, language) {
  const pair = names?.[`${kind}/${value}`];
  return pair ? pair[language === "fr" ? 1 : 0] : String(value);
}

// [value, count, is on, label of a city] → what a list of choices shows.
export function facetValues(values, names, kind, language) {
  return (values ?? []).map(([value, count, on, label]) => ({
    value,
    count,
    is_on: Boolean(on),
    label: label ?? named(names, kind, value, language),
  }));
}

// [facet, kind, value, label] → a chip.
export function chosenValues(chips, names, language) {
  return (chips ?? []).map(([facet, kind, value, label]) => ({
    facet,
    value,
    label: label || named(names, kind, value, language),
  }));
}

export function personRows(rows, names, language) {
  const list = (text, kind) => (text ? text.split(",").map((one) => named(names, kind, one, language)) : []);
  return (rows ?? []).map(
    ([id, code, name, photo, city, country, age, skills, languages, availability, experience, score, hidden]) => ({
      id,
      code,
      name,
      photo: photo ? `/files/${photo}?size=small` : "",
      place: [city, named(names, "country", country, language)].filter(Boolean).join(", "),
      age,
      skills: list(skills, "skills"),
      languages: list(languages, "languages").join(", "),
      availability: availability ? named(names, "availability", availability, language) : "",
      experience: experience ? named(names, "experience", experience, language) : "",
      score,
      is_hidden: Boolean(hidden),
    }),
  );
}

export function useWide() {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia("(min-width: 64rem)");
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia("(min-width: 64rem)").matches,
    () => true,
  );
}

// The address bar says what is searched, without a navigation and without filling the history. It follows after a
// moment of calm: browsers take ten milliseconds for it, and refuse more than a few a second.
export function AddressBar({ search, ready }) {
  useEffect(() => {
    if (!ready) return undefined;
    const write = () => {
      const { pathname, search: now, hash } = window.location;
      const wanted = search ? `?${search}` : "";
      if (now !== wanted) window.history.replaceState(window.history.state, "", pathname + wanted + hash);
    };
    const later = setTimeout(write, 250);
    window.addEventListener("pagehide", write);
    return () => {
      clearTimeout(later);
      window.removeEventListener("pagehide", write);
    };
  }, [search, ready]);
  return null;
}

// Arrow keys walk from the search box through the results; Home and End reach the ends.
export function Results({ children, ...rest }) {
  const ref = useRef(null);
  useEffect(() => {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const items = [...ref.current.querySelectorAll("[data-person]")];
      const at = items.indexOf(document.activeElement);
      const fromBox = event.target.id === "talents_search" && ["ArrowDown", "Enter"].includes(event.key);
      if (!items.length || (at < 0 && !fromBox)) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = fromBox ? 0 : event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : step && at + step;
      if (next === undefined) return;
      event.preventDefault();
      if (next < 0) document.getElementById("talents_search")?.focus();
      else items[Math.min(next, items.length - 1)].focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <div {...rest} ref={ref}>
      {children}
    </div>
  );
}
