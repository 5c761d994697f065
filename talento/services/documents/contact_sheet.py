"""Contact sheets: faces side by side, to look at together and to write on."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from talento.services.documents import drawing
from talento.services.documents.frame import Frame
from talento.services.documents.lettering import bold, regular

GRIDS = {"1": (1, 1), "4": (2, 2), "9": (3, 3), "20": (4, 5)}
"""Columns and rows by how many faces are on a page."""

GAP = 14.0
LINES = 4
SIZES = {"1": 16.0, "4": 12.0, "9": 10.0, "20": 8.5}


@dataclass(frozen=True, slots=True)
class Face:
    """A person on a contact sheet; `lines` come under the name, at most two of them."""

    name: str
    code: str
    lines: tuple[str, ...]
    photo: Callable[[], bytes | None]


def drawn(
    faces: Sequence[Face],
    grid: str,
    locale: str,
    *,
    title: str,
    subtitle: str = "",
    told: Callable[[int], None] = lambda done: None,
) -> bytes:
    """The sheets as PDF; `grid` is a key of GRIDS.

    Args:
        told: called after each face with how many are done; may raise to stop.
    """
    columns, rows = GRIDS[grid]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, lang=locale)
    frame = Frame(canvas, A4, locale, title=title, subtitle=subtitle, pages=-(-len(faces) // (columns * rows)) or 1)
    for start in range(0, max(len(faces), 1), columns * rows):
        frame.begin()
        for place, face in enumerate(faces[start : start + columns * rows]):
            _cell(canvas, frame, face, divmod(place, columns), (columns, rows), SIZES[grid])
            told(start + place + 1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _cell(canvas: Canvas, frame: Frame, face: Face, at: tuple[int, int], grid: tuple[int, int], size: float) -> None:
    row, column = at
    columns, rows = grid
    width = (frame.width - (columns - 1) * GAP) / columns
    height = (frame.height - (rows - 1) * GAP) / rows
    words = size * 1.35 * LINES + 6
    side = min(width, height - words)
    left = frame.left + column * (width + GAP)
    top = frame.top - row * (height + GAP)
    inset = left + (width - side) / 2
    drawing.portrait(canvas, face.photo(), face.name, inset, top - side, side, radius=side * 0.03)
    y = top - side - size * 1.2
    canvas.setFillColor(drawing.INK)
    drawing.begun(canvas, bold(), face.name, inset, y, side, size)
    canvas.setFillColor(drawing.MUTED)
    for line in (face.code, *face.lines)[: LINES - 1]:
        y -= size * 1.3
        if y < top - height:
            break
        drawing.begun(canvas, regular(), line, inset, y, side, size * 0.88)
