"""What every document draws: pictures, initials, QR codes, crop marks. Lengths are points unless they say otherwise."""

import io
from functools import lru_cache

from PIL import Image
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from talento.services.documents import qr
from talento.services.documents.lettering import Face, bold, is_right_to_left

BRAND, INK, MUTED, LINE, SOFT = (HexColor(c) for c in ("#3730a3", "#1c1b29", "#5d5b70", "#e4e3ec", "#eef2ff"))
INITIALS = HexColor("#4f46e5")
DOTS = 300
"""Pixels an inch in print; more only weighs more."""


def as_jpeg(photo: bytes, side: float, *, square: bool = True) -> ImageReader:
    """A photo as it is printed on a side of so many points, as JPEG, which a PDF takes in unchanged."""
    pixels = max(32, round(side / 72 * DOTS))
    with Image.open(io.BytesIO(photo)) as opened:
        opened.draft("RGB", (pixels, pixels))
        picture = opened.convert("RGB")
    if square and picture.width != picture.height:
        edge = min(picture.size)
        left, top = (picture.width - edge) // 2, (picture.height - edge) // 4
        picture = picture.crop((left, top, left + edge, top + edge))
    picture.thumbnail((pixels, pixels), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    out.seek(0)
    return ImageReader(out)


def portrait(
    canvas: Canvas, photo: bytes | None, name: str, x: float, y: float, side: float, *, radius: float = 0
) -> None:
    """A square photo with its lower left corner at (x, y); initials where there is none."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.roundRect(x, y, side, side, radius or 0.01)
    canvas.clipPath(frame, stroke=0, fill=0)
    if photo:
        canvas.drawImage(as_jpeg(photo, side), x, y, side, side)
    else:
        canvas.setFillColor(INITIALS)
        canvas.rect(x, y, side, side, stroke=0, fill=1)
        canvas.setFillColor(white)
        initials = "".join(part[0] for part in name.split()[:2]).upper()
        size = side / 3
        bold().draw(canvas, x + (side - bold().width(initials, size)) / 2, y + side * 0.38, initials, size)
    canvas.restoreState()


def fitted_picture(canvas: Canvas, photo: bytes, x: float, y: float, width: float, height: float) -> None:
    """A picture in its own proportions, filling a box by cutting off what stands out, a little more from below."""
    picture = as_jpeg(photo, max(width, height) * 1.2, square=False)
    wide, high = picture.getSize()
    scale = max(width / wide, height / high)
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    left = x - (wide * scale - width) / 2
    bottom = y - (high * scale - height) * 0.75
    canvas.drawImage(picture, left, bottom, wide * scale, high * scale)
    canvas.restoreState()


def whole_picture(canvas: Canvas, photo: bytes, x: float, y: float, width: float, height: float) -> None:
    """A picture in its own proportions, all of it, in the middle of a box."""
    picture = as_jpeg(photo, max(width, height), square=False)
    wide, high = picture.getSize()
    scale = min(width / wide, height / high)
    canvas.drawImage(
        picture, x + (width - wide * scale) / 2, y + (height - high * scale) / 2, wide * scale, high * scale
    )


def code(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    side: float,
    *,
    quiet: float = 4,
    color: Color = INK,
    radius: float = 0,
) -> None:
    """A QR as vectors on a white square; `quiet` is the width of the border in modules (ISO/IEC 18004 wants 4)."""
    rows = _modules(text)
    cell = side / (len(rows) + 2 * quiet)
    canvas.setFillColor(white)
    canvas.roundRect(x, y, side, side, radius, stroke=0, fill=1)
    canvas.setFillColor(color)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        _stripes(path, row, x + quiet * cell, y + side - (quiet + number + 1) * cell, cell)
    canvas.drawPath(path, stroke=0, fill=1)


def _stripes(path: PDFPathObject, row: tuple[bool, ...], x: float, y: float, cell: float) -> None:
    """Neighbouring dark modules as one rectangle: half of the bytes, and no hairlines between them."""
    start = None
    for column, is_dark in enumerate((*row, False)):
        if is_dark and start is None:
            start = column
        elif not is_dark and start is not None:
            path.rect(x + start * cell, y, (column - start) * cell, cell)
            start = None


@lru_cache(maxsize=64)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(row) for row in qr.modules(text))


def crop_marks(
    canvas: Canvas, xs: list[float], ys: list[float], *, length: float = 4 * mm, gap: float = 1 * mm
) -> None:
    """Marks around a block of cards that are cut along the lines at `xs` and `ys`, both ascending."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.25)
    for x in xs:
        canvas.line(x, ys[0] - gap - length, x, ys[0] - gap)
        canvas.line(x, ys[-1] + gap, x, ys[-1] + gap + length)
    for y in ys:
        canvas.line(xs[0] - gap - length, y, xs[0] - gap, y)
        canvas.line(xs[-1] + gap, y, xs[-1] + gap + length, y)
    canvas.restoreState()


def centered(
    canvas: Canvas, face: Face, text: str, x: float, y: float, width: float, size: float, least: float
) -> None:
    """One line in the middle of a width, made smaller until it fits, shortened at last."""
    size = face.fitted(text, size, width, least)
    said = face.clipped(text, size, width)
    face.draw(canvas, x + (width - face.width(said, size)) / 2, y, said, size)


def begun(canvas: Canvas, face: Face, text: str, x: float, y: float, width: float, size: float) -> None:
    """One line that starts where its script starts: at the left, or at the right."""
    said = face.clipped(text, size, width)
    face.draw(canvas, x + width - face.width(said, size) if is_right_to_left(said) else x, y, said, size)
