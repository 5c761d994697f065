// The day's sheet on a tablet: the counts, and a line for each person.
import { Face } from "./desk.jsx";
import { asDate, asNumber } from "./locale.js";

const ORDER = ["expected", "here", "late", "left", "no_show"];
const INK = { expected: "text-ink", here: "text-success-ink", late: "text-warning-ink", left: "text-info-ink", no_show: "text-danger-ink" };
const BADGES = {
  expected: "bg-sunken text-ink",
  here: "bg-success-soft text-success-ink",
  late: "bg-warning-soft text-warning-ink",
  left: "bg-info-soft text-info-ink",
  no_show: "bg-danger-soft text-danger-ink",
};

export function Counts({ lines, texts, language, chosen, onChoose }) {
  return (
    <div role="group" aria-label={texts.counts} className="grid grid-cols-5 gap-1.5 sm:gap-3">
      {ORDER.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={chosen === one}
          onClick={() => onChoose(one)}
          data-count={one}
          className="flex min-h-20 min-w-0 flex-col items-center justify-center rounded-card border-2 border-line bg-surface py-2 text-ink hover:border-control aria-pressed:border-brand aria-pressed:bg-brand-soft"
        >
          <span className={`text-3xl font-bold tabular-nums ${INK[one]}`}>{asNumber(language, lines.filter((line) => line.standing === one).length)}</span>
          <span className="max-w-full truncate text-2xs text-muted sm:text-sm">{texts.standings[one]}</span>
        </button>
      ))}
    </div>
  );
}

export function SheetLine({ line, texts, language, zone }) {
  const { person, standing, call_at } = line;
  const time = (at) => asDate(language, new Date(at).toISOString(), "time", zone);
  return (
    <li className="flex items-center gap-3 px-4 py-3 sm:px-5" data-standing={standing}>
      <Face person={person} className="size-14 text-lg" />
      <div className="min-w-0 flex-1">
        <p className="text-lg leading-snug font-semibold break-words text-ink">{person.name}</p>
        <p className="text-sm text-muted">{person.role} · <bdi className="whitespace-nowrap">{person.code}</bdi></p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-base text-ink tabular-nums empty:hidden">
          {call_at && <span>{texts.called.replace("{time}", asDate(language, call_at, "time", zone))}</span>}
          {line.stays.map((stay) => <span key={stay.arrival} className="whitespace-nowrap">{time(stay.arrived_at)} – {stay.left_at === null ? "…" : time(stay.left_at)}</span>)}
        </p>
      </div>
      <span className={`shrink-0 rounded-pill px-3 py-1 text-sm font-semibold ${BADGES[standing]}`}>{texts.standings[standing]}</span>
    </li>
  );
}
