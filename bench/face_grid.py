"""What sixty faces weigh: every one of them a different photo with as much detail as a camera gives."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Page, sync_playwright

from bench import served, town
from bench.report import Report
from bench.search import ROOT

FACES = 60
ROSTER = "faces"


def main() -> None:
    """Look at the first page of the casting search to its end, then once more."""
    _made()
    result = Report("face_grid", f"The casting search's grid of {FACES} faces, each its own photo, 1440 × 900")
    with served.served(FACES, roster=ROSTER) as product, sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "talento", "value": product.cookies[0], "url": product.origin}])
        page = context.new_page()
        first = _looked_at(page, f"{product.origin}/cinema")
        again = _looked_at(page, f"{product.origin}/cinema")
        browser.close()
    result.add("faces that were fetched", len(first), "", target=f"= {FACES}")
    result.add(f"bytes of the images of {FACES} faces", sum(first), "B", target="≤ 600000")
    result.add("the heaviest", max(first), "B")
    result.add("bytes of images on the second visit", sum(again), "B", target="= 0")
    result.write()


def _looked_at(page: Page, address: str) -> list[int]:
    """The bytes over the wire of every image, headers included, as the reader scrolls down."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    images: dict[str, int] = {}
    asked: set[str] = set()

    def answered(event: dict) -> None:
        if "size=face" in event["response"]["url"] and not event["response"].get("fromDiskCache"):
            asked.add(event["requestId"])

    def finished(event: dict) -> None:
        if event["requestId"] in asked:
            images[event["requestId"]] = int(event["encodedDataLength"])

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    page.goto(address)
    page.wait_for_selector("[data-person]", timeout=60_000)
    for _ in range(24):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(150)
    page.wait_for_timeout(1_000)
    wire.detach()
    return list(images.values())


def _made() -> None:
    if town.path(FACES, ROSTER).exists():
        return
    town.DATA.mkdir(parents=True, exist_ok=True)
    environment = os.environ | town.environment(FACES, ROSTER)
    subprocess.run([sys.executable, "-c", MAKER, str(FACES)], env=environment, cwd=ROOT, check=True)


MAKER = """
import sys
from bench.face_grid import people_with_photos
people_with_photos(int(sys.argv[1]))
"""


def people_with_photos(count: int) -> None:
    """Adults that recruiters see, each with a photo that went the way of every upload."""
    from sqlalchemy import select

    from talento.models.cinema import CinemaTalent
    from talento.services import database, reference
    from talento.services.cinema import seed
    from talento.services.uploads.store import FileKind, receive
    from talento.services.work import SYSTEM, Actor, run, work
    from talento.vocabulary.permissions import Role
    from talento.vocabulary.visibility import Visibility

    database.migrate()
    run(SYSTEM, reference.fill)
    seed.seed(count * 2, files=False, sealed=False)
    with work(SYSTEM) as opened:
        rows = list(opened.session.scalars(select(CinemaTalent).order_by(CinemaTalent.id)))
        adults = [row for row in rows if row.born_on.year < 2006][:count]
        for row in rows:
            row.visibility = Visibility.RECRUITERS if row in adults else Visibility.HIDDEN
            row.photo_id = None
        owners = [(row.id, row.user_id) for row in adults]
    for number, (key, user_id) in enumerate(owners):
        owner = Actor(user_id, Role.USER, ip=f"198.51.100.{number}")  # uploads are counted per address
        file = receive(owner, kind=FileKind.PHOTO.value, name="face.jpg", data=_photo(number))
        with work(SYSTEM) as opened:
            opened.session.get(CinemaTalent, key).photo_id = file.id


def _photo(number: int) -> bytes:
    """A portrait-sized picture with shapes, soft light, fine texture and the grain of a sensor."""
    import io

    import numpy as np
    from PIL import Image

    rng, side = np.random.default_rng(number), 1_200
    picture = np.zeros((side, side, 3))
    for cells, strength in ((3, 90), (9, 60), (40, 36), (160, 22), (side, 10)):
        layer = rng.normal(0, strength, (cells, cells, 3)).clip(-127, 127) + 128
        resized = Image.fromarray(layer.astype(np.uint8)).resize((side, side), Image.Resampling.BICUBIC)
        picture += np.asarray(resized, dtype=float) - 128
    out = io.BytesIO()
    Image.fromarray((picture + 128).clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=92)
    return out.getvalue()


if __name__ == "__main__":
    main()
