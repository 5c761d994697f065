"""How long a badge is held before the tablet's camera until its scan is on the way, in Chromium with a fake camera."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import Report
from bench.start import free_port
from bench.town import percentile
from tests.e2e.conftest import QUIET, REPOSITORY, Site
from tests.footage import WALL, film

TIMES = 15
PATIENCE = 8

WATCH = f"""
window.seen = []; window.sent = [];
const post = window.fetch;
window.fetch = (address, ...rest) => {{
  if (String(address).includes("/scans?")) window.sent.push(performance.now());
  return post(address, ...rest);
}};
const tiny = Object.assign(document.createElement("canvas"), {{ width: 1, height: 1 }});
const brush = tiny.getContext("2d", {{ willReadFrequently: true }});
let wasPaper = false;
const look = () => {{
  const video = document.querySelector("[data-camera=on] video");
  if (video?.videoWidth) {{
    const {{ videoWidth: w, videoHeight: h }} = video;
    brush.drawImage(video, w / 2 - 165, h / 2 - 118, 6, 6, 0, 0, 1, 1);
    const isPaper = brush.getImageData(0, 0, 1, 1).data[0] > {WALL} + 60;
    if (isPaper && !wasPaper) window.seen.push(performance.now());
    wasPaper = isPaper;
  }}
  setTimeout(look, 4);
}};
look();
"""


def main() -> None:
    """Hold a badge before the camera again and again; it leaves the view in between."""
    result = Report("camera", "A badge before the camera of a tablet")
    subprocess.run([sys.executable, "-m", "talento", "build"], cwd=REPOSITORY, check=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(free_port(), Path(folder), None)  # type: ignore[arg-type]
        site.start()
        try:
            path = shutil.which("chromium")
            code = _code(playwright.chromium.launch(executable_path=path, args=list(QUIET)), site)
            shown = film(Path(folder) / "badge.y4m", f"{code}-009", before=1.0, held=1.5, after=1.0)
            fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
            args = [*QUIET, *fake, f"--use-file-for-fake-video-capture={shown}"]
            times = _measured(playwright.chromium.launch(executable_path=path, args=args), site)
        finally:
            site.stop()
    result.add("times that the badge was shown", len(times))
    result.add("QR in view → scan sent: p50", percentile(times, 50), "ms")
    result.add("QR in view → scan sent: p95", percentile(times, 95), "ms", target="≤ 700")
    result.add("QR in view → scan sent: longest", max(times), "ms")
    result.write()


def _code(browser: Browser, site: Site) -> str:
    page = browser.new_page()
    _enter(page, site)
    code = page.url.rsplit("/", 1)[1]
    browser.close()
    return code


def _enter(page: Page, site: Site) -> None:
    site.sign_in(page, *site.account("presence"))
    page.get_by_role("link", name=re.compile("La Caravane du sel")).click()
    page.wait_for_selector("[data-desk=open]")


def _measured(browser: Browser, site: Site) -> list[float]:
    context = browser.new_context(viewport={"width": 820, "height": 1180}, permissions=["camera"])
    page = context.new_page()
    page.add_init_script(WATCH)
    _enter(page, site)
    for _ in range(TIMES * PATIENCE):
        if page.evaluate("window.sent.length") > TIMES:
            break
        page.wait_for_timeout(1_000)
    seen, sent = page.evaluate("[window.seen, window.sent]")
    browser.close()
    return [min(at - shown for shown in seen if shown <= at) for at in sent[1:]]


if __name__ == "__main__":
    main()
