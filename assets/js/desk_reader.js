// A hand-held scanner types like a very quick person and ends with Enter, wherever the focus is. What somebody types
// into a box of the page is left alone.
const QUICK = 60;
const SHORTEST = 4;

export function listenToReader(onCode) {
  let typed = "";
  let lastAt = 0;

  const press = (event) => {
    if (isTaken(event)) return;
    const isQuick = event.timeStamp - lastAt < QUICK;
    if (event.key === "Enter") {
      const said = isQuick && typed.length >= SHORTEST ? typed : "";
      typed = "";
      if (!said) return;
      keep(event);
      onCode(said);
    } else if (event.key.length === 1) {
      if (!isQuick) typed = "";
      else keep(event);
      typed += event.key;
      lastAt = event.timeStamp;
    }
  };

  window.addEventListener("keydown", press, true);
  return () => window.removeEventListener("keydown", press, true);
}

function isTaken(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  return Boolean(event.target?.closest?.("input, textarea, select, [contenteditable=true]"));
}

function keep(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
