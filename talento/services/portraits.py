"""Pictures of nobody and an empty CV, for demo people: drawn here, so that no real face is in the repository."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from talento.services.uploads import inspection

COUNT = 16
SIDE = 512

_GROUNDS = ("#d8e2dc", "#ffe5d9", "#cddafd", "#fde2e4", "#e2ece9", "#dfe7fd", "#fff1e6", "#e8dff5")
_CLOTHES = ("#2f3e46", "#6d597a", "#355070", "#b56576", "#386641", "#bc6c25", "#3d405b", "#005f73")
_SKINS = ("#f1c27d", "#8d5524", "#e0ac69", "#5c3a21", "#c68642", "#ffdbac", "#a56b46", "#704214")
DARK, FAIR, BETWEEN = (1, 3, 7), (0, 5), (0, 2, 4, 6)
"""Places of skins in the palette."""
_HAIRS = ("#1c1310", "#2b1b12", "#4a2f1d", "#0f0f0f", "#6b4423", "#3a2a20", "#7d7d7d", "#201512")


@cache
def photo(number: int) -> dict[str, bytes]:
    """A picture in the sizes of a stored photo; the same number gives the same picture."""
    out = io.BytesIO()
    _drawn(number % COUNT).save(out, "PNG", compress_level=1)
    return inspection.photo(out.getvalue()).blobs


@cache
def cv() -> dict[str, bytes]:
    """A one-page CV that says what it is."""
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4, invariant=True)
    page.setTitle("Demo CV")
    page.setFont("Helvetica", 20)
    page.drawString(72, 740, "Curriculum vitae")
    page.setFont("Helvetica", 12)
    page.drawString(72, 710, "This is the CV of a person who does not exist.")
    page.save()
    return {"": out.getvalue()}


def fitting(*, has_long_hair: bool, skins: tuple[int, ...]) -> list[int]:
    """The numbers of the portraits with such hair and one of these skins, by their place in the palette."""
    return [n for n in range(COUNT) if (n % 2 == 0) == has_long_hair and (n + n // 8) % 8 in skins]


def _drawn(number: int) -> Image.Image:
    ground, clothes, skin, hair = (
        palette[(number * step + number // 8) % 8]
        for palette, step in ((_GROUNDS, 3), (_CLOTHES, 5), (_SKINS, 1), (_HAIRS, 7))
    )
    picture = Image.new("RGB", (SIDE, SIDE), ground)
    draw = ImageDraw.Draw(picture)
    has_long_hair = number % 2 == 0
    if has_long_hair:
        draw.rounded_rectangle((142, 96, 370, 400), 110, fill=hair)
    draw.ellipse((64, 372, 448, 760), fill=clothes)
    draw.rounded_rectangle((218, 300, 294, 420), 38, fill=skin)
    draw.ellipse((166, 128, 346, 348), fill=skin)
    draw.pieslice((158, 100, 354, 300), 180, 360, fill=hair)
    return picture.filter(ImageFilter.GaussianBlur(1.2))
