// The grid of faces: results come in few bytes and are given their words here; a face is picked with or without Shift.

function named(names, kind, value, language) {
  const pair = names?.[`${kind}/${value}`];
  return pair ? pair[language === "fr" ? 1 : 0] : String(value);
}

// `kinds` are `[label, border, background, text]`; `plays` is `25–35`, empty when nothing is known.
export function faceRows(rows, names, colors, language) {
  const list = (text, kind) => (text ? text.split(",").map((one) => named(names, kind, one, language)) : []);
  return (rows ?? []).map(
    ([id, code, name, photo, age, plays, city, country, kinds, languages, height, experience, stage]) => ({
      id,
      code,
      name,
      photo: photo ? `/files/${photo}` : "",
      age,
      plays: plays.replace(/^-/, "≤ ").replace(/-$/, "+").replace("-", "–"),
      place: [city, named(names, "country", country, language)].filter(Boolean).join(", "),
      kinds: (kinds ? kinds.split(",") : []).map((kind) => ({
        label: named(names, "kinds", kind, language),
        style: { borderColor: colors[kind][0], background: colors[kind][1], color: colors[kind][2] },
      })),
      languages: list(languages, "languages").join(", "),
      height: height ? `${height} cm` : "",
      experience: experience ? named(names, "experience", experience, language) : "",
      stage,
    }),
  );
}

// The browser says at the click whether Shift is held, and only there.
export function PickBox({ person, picked, onPick, ...rest }) {
  return (
    <input
      type="checkbox"
      {...rest}
      checked={picked}
      onChange={(event) => onPick(person, event.target.checked, Boolean(event.nativeEvent.shiftKey))}
    />
  );
}
