"""Badges on paper: one, four or eight to a sheet of A4, with crop marks."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from talento.i18n import say
from talento.services import preferences
from talento.services.documents import drawing
from talento.services.documents.lettering import bold, regular
from talento.services.preferences import registry
from talento.vocabulary.casting import TalentType

WIDTH, HEIGHT = 95 * mm, 134 * mm
PAD = 6 * mm
QR_SIDE = 36 * mm
PHOTO_SIDE = 41 * mm
SMALL = 25 / 36
"""Eight to a sheet: the QR is then 25 mm wide, which phones and tablets still read at arm's length."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What one badge shows; every text is in the language of the document."""

    code: str
    talent_code: str
    name: str
    photo: Callable[[], bytes | None]
    project: str
    production: str
    production_type: str
    dates: str
    role: str
    kind: TalentType
    qr: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How many badges lie on a page, and how large."""

    page: tuple[float, float]
    columns: int
    rows: int
    scale: float

    @property
    def count(self) -> int:
        return self.columns * self.rows


LAYOUTS = {
    "1": Layout((WIDTH, HEIGHT), 1, 1, 1.0),
    "4": Layout(A4, 2, 2, 1.0),
    "8": Layout(landscape(A4), 4, 2, SMALL),
}


def drawn(
    badges: Iterable[Badge], layout: Layout, locale: str, *, title: str, told: Callable[[int], None] = lambda done: None
) -> bytes:
    """The sheets as PDF.

    Args:
        told: called after each badge with how many are done; may raise to stop.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=layout.page, pageCompression=1, lang=locale)
    canvas.setTitle(title)
    canvas.setAuthor(preferences.value(registry.SITE_NAME))
    done = 0
    for page in _pages(badges, layout.count):
        corners = _corners(layout)
        for badge, (x, y) in zip(page, corners, strict=False):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.scale(layout.scale, layout.scale)
            _badge(canvas, badge, locale, framed=layout.count > 1)
            canvas.restoreState()
            told(done := done + 1)
        if layout.count > 1:
            _marks(canvas, layout)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(badges: Iterable[Badge], size: int) -> Iterator[Sequence[Badge]]:
    left = iter(badges)
    while page := list(islice(left, size)):
        yield page


def _corners(layout: Layout) -> list[tuple[float, float]]:
    xs, ys = _cuts(layout)
    return [(x, y) for y in reversed(ys[:-1]) for x in xs[:-1]]


def _cuts(layout: Layout) -> tuple[list[float], list[float]]:
    """Where the sheet is cut, both ascending: the badges lie edge to edge in its middle."""
    width, height = WIDTH * layout.scale, HEIGHT * layout.scale
    left = (layout.page[0] - layout.columns * width) / 2
    bottom = (layout.page[1] - layout.rows * height) / 2
    return (
        [left + column * width for column in range(layout.columns + 1)],
        [bottom + row * height for row in range(layout.rows + 1)],
    )


def _marks(canvas: Canvas, layout: Layout) -> None:
    xs, ys = _cuts(layout)
    drawing.crop_marks(canvas, xs, ys)


def _badge(canvas: Canvas, badge: Badge, locale: str, *, framed: bool) -> None:
    """One badge with its lower left corner at the origin."""
    border, background, text = (
        HexColor(color) for color in (badge.kind.border, badge.kind.background, badge.kind.text)
    )
    inner = WIDTH - 2 * PAD
    if framed:
        canvas.setStrokeColor(drawing.LINE)
        canvas.setLineWidth(0.4)
        canvas.rect(0, 0, WIDTH, HEIGHT, stroke=1, fill=0)
    canvas.setFillColor(border)
    canvas.rect(0, HEIGHT - 4 * mm, WIDTH, 4 * mm, stroke=0, fill=1)

    canvas.setFillColor(drawing.INK)
    drawing.centered(canvas, bold(), badge.project, PAD, HEIGHT - 12.5 * mm, inner, 14, 9)
    canvas.setFillColor(drawing.MUTED)
    under = " · ".join(part for part in (badge.production, badge.production_type) if part)
    drawing.centered(canvas, regular(), under, PAD, HEIGHT - 17.5 * mm, inner, 9, 7)
    if badge.dates:
        drawing.centered(canvas, regular(), badge.dates, PAD, HEIGHT - 22 * mm, inner, 9, 7)

    top = HEIGHT - 26 * mm
    drawing.portrait(
        canvas, badge.photo(), badge.name, (WIDTH - PHOTO_SIDE) / 2, top - PHOTO_SIDE, PHOTO_SIDE, radius=3 * mm
    )
    canvas.setFillColor(drawing.INK)
    _name(canvas, badge.name, top - PHOTO_SIDE - 8 * mm, inner)

    box = 9 * mm
    y = top - PHOTO_SIDE - 22.5 * mm
    canvas.setFillColor(background)
    canvas.setStrokeColor(border)
    canvas.setLineWidth(0.8)
    canvas.roundRect(PAD, y, inner, box, 2.5 * mm, stroke=1, fill=1)
    canvas.setFillColor(text)
    drawing.centered(canvas, bold(), badge.role, PAD + 2 * mm, y + 2.9 * mm, inner - 4 * mm, 12, 7)

    drawing.code(canvas, badge.qr, WIDTH - PAD - QR_SIDE + 2 * mm, PAD - 2 * mm, QR_SIDE)
    room = inner - QR_SIDE - 1 * mm
    _labelled(canvas, say(locale, "Badge"), badge.code, PAD, PAD + 23 * mm, room, 11)
    _labelled(canvas, say(locale, "Talent code"), badge.talent_code, PAD, PAD + 11 * mm, room, 11)
    canvas.setFillColor(drawing.MUTED)
    regular().draw(canvas, PAD, PAD, regular().clipped(preferences.value(registry.SITE_NAME), 7.5, room), 7.5)


def _name(canvas: Canvas, name: str, y: float, width: float) -> None:
    """The name on one line, or on two when it is long."""
    size = bold().fitted(name, 17, width, 12)
    lines = bold().wrapped(name, size, width)
    if len(lines) == 1:
        drawing.centered(canvas, bold(), name, PAD, y, width, size, size)
        return
    drawing.centered(canvas, bold(), lines[0], PAD, y + 2.5 * mm, width, 13, 8)
    drawing.centered(canvas, bold(), " ".join(lines[1:]), PAD, y - 2.5 * mm, width, 13, 8)


def _labelled(canvas: Canvas, label: str, value: str, x: float, y: float, width: float, size: float) -> None:
    canvas.setFillColor(drawing.MUTED)
    regular().draw(canvas, x, y + 4.2 * mm, regular().clipped(label, 7.5, width), 7.5)
    canvas.setFillColor(drawing.INK)
    fitted = bold().fitted(value, size, width, 7)
    bold().draw(canvas, x, y, value, fitted)
