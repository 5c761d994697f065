"""A talent's card: one A4 page with photo, code, QR and what a recruiter asks first."""

import io

from reportlab.lib.colors import white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from talento import clock
from talento.errors import NotFound
from talento.i18n import phrase, say
from talento.services import preferences
from talento.services.days import day
from talento.services.documents import drawing, footers
from talento.services.documents.drawing import BRAND, INK, LINE, MUTED, SOFT
from talento.services.documents.lettering import Face, bold, is_right_to_left, regular
from talento.services.documents.made import Made
from talento.services.preferences import registry
from talento.services.talents import profile
from talento.services.uploads import store
from talento.services.wording import Line
from talento.services.work import Actor, look

WIDTH, HEIGHT = A4
MARGIN = 48.0
INNER = WIDTH - 2 * MARGIN
BAND = 176.0
GAP = 24.0
QR_SIDE = 104.0
PHOTO_SIDE = 120.0
FLOOR = 64.0
HIDDEN_FACTS = {"passport_number", "residence_card", "bio", "skills", "languages", "first_name", "last_name"}


def own(actor: Actor, *, locale: str) -> Made:
    """Your own card in a language.

    Raises:
        NotFound: your account has no profile.
    """
    mine = look(actor, profile.own, locale=locale)
    return Made(f"{mine.code}.pdf", drawn(mine, _photo(actor, mine.photo_id), locale))


def drawn(mine: profile.Own, photo: bytes | None, locale: str) -> bytes:
    """The page as PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, lang=locale)
    canvas.setTitle(f"{mine.name} · {mine.code}")
    canvas.setAuthor(preferences.value(registry.SITE_NAME))
    _Page(canvas, mine, locale).draw(photo)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _photo(actor: Actor, photo_id: str) -> bytes | None:
    if not photo_id:
        return None
    try:
        return store.read(actor, photo_id, size="large").data
    except NotFound:
        return None


class _Page:
    """Draws from the top; `y` is where the next line goes."""

    def __init__(self, canvas: Canvas, mine: profile.Own, locale: str) -> None:
        self.canvas, self.mine, self.locale = canvas, mine, locale
        self.y = HEIGHT
        lines = {line.name: line for section in mine.sections for line in section.lines}
        self.lines = {name: line for name, line in lines.items() if line.value}

    def draw(self, photo: bytes | None) -> None:
        self._band(photo)
        self.y = HEIGHT - BAND - 36
        self._prose(phrase("About me"), "bio")
        self._list(phrase("Skills"), "skills")
        self._list(phrase("Languages"), "languages")
        self._facts(phrase("Profile"), _PROFILE)
        self._facts(phrase("Contact"), _CONTACT)
        self._facts(phrase("On the web"), [name for name, line in self.lines.items() if line.url])
        self._footer()

    def _band(self, photo: bytes | None) -> None:
        canvas = self.canvas
        canvas.setFillColor(BRAND)
        canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
        y = HEIGHT - BAND / 2 - PHOTO_SIDE / 2
        drawing.portrait(canvas, photo, self.mine.name, MARGIN, y, PHOTO_SIDE, radius=16)
        left = MARGIN + PHOTO_SIDE + GAP
        room = WIDTH - MARGIN - QR_SIDE - GAP - left
        canvas.setFillColor(white)
        size = bold().fitted(self.mine.name, 24, room, 14)
        names = bold().wrapped(self.mine.name, size, room)[:2]
        y = HEIGHT - BAND / 2 + 10 + (size * 0.6 if len(names) > 1 else 0)
        for name in names:
            bold().draw(canvas, left, y, bold().clipped(name, size, room), size)
            y -= size * 1.2
        place = ", ".join(self.lines[key].value for key in ("city", "residence") if key in self.lines)
        regular().draw(canvas, left, y - 2, regular().clipped(place, 11, room), 11)
        bold().draw(canvas, left, y - 26, self.mine.code, 14)
        x, y = WIDTH - MARGIN - QR_SIDE, HEIGHT - BAND / 2 - QR_SIDE / 2
        drawing.code(canvas, self.mine.public_url, x, y, QR_SIDE, radius=8)

    def _heading(self, text: str) -> None:
        self.canvas.setFillColor(BRAND)
        bold().draw(self.canvas, MARGIN, self.y, say(self.locale, text), 12)
        self.canvas.setStrokeColor(LINE)
        self.canvas.line(MARGIN, self.y - 7, WIDTH - MARGIN, self.y - 7)
        self.y -= 26

    def _prose(self, heading: str, name: str) -> None:
        if name not in self.lines:
            return
        self._heading(heading)
        self._paragraph(self.lines[name].value, MARGIN, INNER, at_most=12)
        self.y -= 16

    def _paragraph(self, text: str, x: float, width: float, *, at_most: int, size: float = 10.5) -> None:
        lines = regular().wrapped(text, size, width)
        self.canvas.setFillColor(INK)
        for number, line in enumerate(lines[:at_most]):
            if self.y < FLOOR:
                return
            said = line + ("…" if number == at_most - 1 and len(lines) > at_most else "")
            self._line(regular(), said, x, width, size)
            self.y -= size * 1.5

    def _line(self, face: Face, text: str, x: float, width: float, size: float) -> None:
        start = x + width - face.width(text, size) if is_right_to_left(text) else x
        face.draw(self.canvas, start, self.y, text, size)

    def _list(self, heading: str, name: str) -> None:
        if name not in self.lines or self.y < FLOOR + 60:
            return
        self._heading(heading)
        x = MARGIN
        for item in self.lines[name].value.split(", "):
            width = min(regular().width(item, 10) + 21, INNER)
            if x + width > WIDTH - MARGIN:
                x, self.y = MARGIN, self.y - 26
            self.canvas.setFillColor(SOFT)
            self.canvas.roundRect(x, self.y - 7, width, 21, 10.5, stroke=0, fill=1)
            self.canvas.setFillColor(BRAND)
            regular().draw(self.canvas, x + 10, self.y, regular().clipped(item, 10, width - 20), 10)
            x += width + 8
        self.y -= 38

    def _facts(self, heading: str, names: list[str]) -> None:
        there = [self.lines[name] for name in names if name in self.lines and name not in HIDDEN_FACTS]
        if not there or self.y < FLOOR + 50:
            return
        self._heading(heading)
        column = (INNER - GAP) / 2
        for first in range(0, len(there), 2):
            if self.y < FLOOR + 20:
                break
            top = self.y
            lowest = top
            for at, line in enumerate(there[first : first + 2]):
                self.y = top
                self._fact(line, MARGIN + at * (column + GAP), column)
                lowest = min(lowest, self.y)
            self.y = lowest - 7
        self.y -= 10

    def _fact(self, line: Line, x: float, width: float) -> None:
        self.canvas.setFillColor(MUTED)
        regular().draw(self.canvas, x, self.y, say(self.locale, line.text), 8.5)
        self.y -= 14
        self._paragraph(line.value, x, width, at_most=2, size=10.5)

    def _footer(self) -> None:
        date = day(clock.today(), self.locale)
        self.canvas.setFillColor(MUTED)
        foot = regular().clipped(f"{footers.of_cards()} · {self.mine.public_url}", 8.5, WIDTH - 2 * MARGIN - 90)
        regular().draw(self.canvas, MARGIN, 34, foot, 8.5)
        regular().draw(self.canvas, WIDTH - MARGIN - regular().width(date, 8.5), 34, date, 8.5)


_PROFILE = [
    "experience", "availability", "work_mode", "nationality", "origin", "born_on", "gender", "hourly_rate",
    "daily_rate", "monthly_rate", "education",
]  # fmt: skip
_CONTACT = ["email", "phone", "whatsapp", "address"]
