"""From a key pressed in Chromium to the painted answer, over 100,000 people, without any debounce; and its bytes."""

import random
import shutil
import sys
from collections.abc import Sequence

from playwright.sync_api import Page, sync_playwright

from bench import served, town
from bench.report import Report

SIZE = 100_000
KEYSTROKES = 520
PAUSE = 150

WATCH = """
(() => {
  const seen = (window.seen = { pressed: 0, times: [], bytes: [], waiting: false });
  const press = (event) => { if (event.key.length === 1) seen.pressed = event.timeStamp; };
  document.addEventListener("keydown", press, true);
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => {
        if (typeof event.data !== "string" || !/"text_rx_state_": ?"/.test(event.data)) return;
        seen.bytes.push(new TextEncoder().encode(event.data).length);
        seen.waiting = true;
      });
    }
  };
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    if (seen.pressed) seen.times.push(performance.now() - seen.pressed);
    seen.pressed = 0;
  };
  new MutationObserver(() => {
    if (!seen.waiting) return;
    seen.waiting = false;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();
"""


def main() -> None:
    """Type words, and clear the box between them."""
    result = Report("keystroke", f"A key pressed in Chromium to the painted answer, {SIZE:,} people, 1440 × 900")
    with served.served(SIZE) as product:
        measure(result, product, "/talents", "#talents_search", [*town.NAMES, *town.WORDS])
    result.write()


def measure(result: Report, product: served.Served, path: str, box: str, words: Sequence[str]) -> None:
    """How long the keys of these words take on a search page, and how many bytes."""
    keystrokes = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), KEYSTROKES)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "talento", "value": product.cookies[0], "url": product.origin}])
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{product.origin}{path}")
        page.wait_for_selector("[data-person]", timeout=60_000)
        _type(page, box, words, 60)
        page.evaluate("seen.times.length = seen.bytes.length = 0")
        _type(page, box, words, keystrokes)
        times, sizes = page.evaluate("seen.times"), page.evaluate("seen.bytes")
        browser.close()
    result.add(f"keystroke to painted, p50 of {len(times)}", town.percentile(times, 50), "ms", target="≤ 40")
    result.add(f"keystroke to painted, p95 of {len(times)}", town.percentile(times, 95), "ms", target="≤ 80")
    result.add("bytes to the browser for one keystroke, p50", town.percentile(sizes, 50), "B")
    result.add("bytes to the browser for one keystroke, most", max(sizes), "B", target="≤ 15000")


def _type(page: Page, box: str, words: Sequence[str], keystrokes: int) -> None:
    """Words as a recruiter types them, `PAUSE` ms a key; clearing the box is not counted."""
    rng, left = random.Random(keystrokes), keystrokes
    while left > 0:
        word = rng.choice(words)[:left]
        page.fill(box, "")
        page.wait_for_timeout(300)
        page.type(box, word, delay=PAUSE)
        page.wait_for_timeout(300)
        left -= len(word)


if __name__ == "__main__":
    main()
