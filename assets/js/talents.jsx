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

// [facet, kind, value, label] → a chip; amounts and days say of what, where they have a name.
export function chosenValues(chips, names, language) {
  return (chips ?? []).map(([facet, kind, value, label]) => {
    const title = names?.[`span/${facet}`] ? named(names, "span", facet, language) : "";
    return { facet, value, label: [title, label || named(names, kind, value, language)].filter(Boolean).join(" ") };
  });
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

// Arrow keys walk from the search box through the results; Home and End reach the ends. In a grid they go up and down
// to whoever is nearest in the next row, and sideways one by one.
export function Results({ children, box, grid, ...rest }) {
  const ref = useRef(null);
  useEffect(() => {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const items = [...ref.current.querySelectorAll("[data-person]")];
      const at = items.indexOf(document.activeElement);
      const fromBox = event.target.id === box && ["ArrowDown", "Enter"].includes(event.key);
      if (!items.length || (at < 0 && !fromBox)) return;
      const next = fromBox ? 0 : nextOf(event.key, items, at, grid);
      if (next === undefined) return;
      event.preventDefault();
      if (next < 0) document.getElementById(box)?.focus();
      else items[Math.min(next, items.length - 1)].focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [box, grid]);
  return (
    <div {...rest} ref={ref}>
      {children}
    </div>
  );
}

function nextOf(key, items, at, grid) {
  if (key === "Home") return 0;
  if (key === "End") return items.length - 1;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!grid) return step && at + step;
  if (step) return below(items, at, step);
  const side = { ArrowRight: 1, ArrowLeft: -1 }[key];
  return side && Math.max(0, at + (document.documentElement.dir === "rtl" ? -side : side));
}

// Whoever is nearest in the next row; -1 above the first row.
function below(items, at, step) {
  const here = items[at].getBoundingClientRect();
  let found = step < 0 ? -1 : at;
  let row;
  for (let place = at + step; place >= 0 && place < items.length; place += step) {
    const there = items[place].getBoundingClientRect();
    if (Math.abs(there.top - here.top) < 4) continue;
    if (row === undefined) row = there.top;
    if (Math.abs(there.top - row) > 4) break;
    const best = found < 0 || found === at ? undefined : items[found].getBoundingClientRect();
    if (!best || Math.abs(there.left - here.left) < Math.abs(best.left - here.left)) found = place;
  }
  return found;
}
