"""A cinema talent's comp card: one page with headshot, gallery, measurements, languages, skills, credits and QR."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from talento import clock
from talento.i18n import phrase, say, say_plural
from talento.services import preferences
from talento.services.cinema import profile
from talento.services.cinema.profile import CreditLine, Panel
from talento.services.days import day
from talento.services.documents import drawing, footers
from talento.services.documents.lettering import bold, regular
from talento.services.documents.made import Made
from talento.services.documents.photos import photo
from talento.services.preferences import registry
from talento.services.work import Actor, look
from talento.vocabulary.casting import ProductionType, TalentType

WIDTH, HEIGHT = A4
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
HEAD = 248.0
"""The side of the headshot."""

GAP = 18.0
STRIP = 132.0
"""The height of the row of pictures."""

PICTURES = 4
QR_SIDE = 78.0
FLOOR = 56.0
CREDITS = 12
FACTS = ("experience", "licenses", "trade_union", "agent")
"""What a casting sheet says beyond the measurements."""

FACT = 25.0


@dataclass(frozen=True, slots=True)
class CompCard:
    """What the page shows; every text is in its language. `facts` are (label, value), `credits` one line each."""

    name: str
    code: str
    place: str
    kinds: Sequence[TalentType]
    facts: Sequence[tuple[str, str]]
    languages: Sequence[str]
    accents: Sequence[str]
    skills: Sequence[str]
    credits: Sequence[str]
    about: str
    address: str
    headshot: Callable[[], bytes | None]
    pictures: Sequence[Callable[[], bytes | None]]


def own(actor: Actor, *, locale: str) -> Made:
    """One's own comp card.

    Raises:
        NotFound: the account has no cinema profile.
    """
    return _made(actor, look(actor, profile.as_others_see, locale=locale), locale)


def of(actor: Actor, talent_id: int, *, locale: str) -> Made:
    """The comp card of somebody a casting team may see; it never says how to reach them, but for their agent.

    Raises:
        NotFound: unknown, hidden, suspended, or under 18 without a guardian's consent.
    """
    return _made(actor, look(actor, profile.panel, talent_id, locale=locale), locale)


def _made(actor: Actor, shown: Panel, locale: str) -> Made:
    age = say_plural(locale, shown.age, one="{n} year", other="{n} years")
    card = CompCard(
        name=shown.name,
        code=shown.code,
        place=shown.headline,
        kinds=[TalentType(slug) for slug in shown.kinds],
        facts=[
            (say(locale, phrase("Age")), age),
            *([(say(locale, phrase("Playing age")), shown.playing_age)] if shown.playing_age else []),
            *((say(locale, line.text), line.value) for line in shown.measures),
            *((say(locale, line.text), line.value) for line in shown.facts if line.name in FACTS),
        ],
        languages=shown.languages,
        accents=shown.accents,
        skills=shown.skills,
        credits=[_credit(credit, locale) for credit in shown.credits],
        about=shown.bio,
        address=profile.public_url(shown.code),
        headshot=photo(actor, _file(shown.photo_url)),
        pictures=[photo(actor, _file(one.url)) for one in shown.gallery],
    )
    return Made(f"{shown.code}-comp-card.pdf", drawn(card, locale))


def _credit(credit: CreditLine, locale: str) -> str:
    kind = ProductionType(credit.kind).label(locale) if credit.kind else ""
    return " · ".join(part for part in (str(credit.year or ""), credit.title, kind, credit.part) if part)


def _file(url: str) -> str:
    """The id in the address of a file."""
    return url.removeprefix("/files/").partition("?")[0]


def drawn(card: CompCard, locale: str) -> bytes:
    """The page as PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, lang=locale)
    canvas.setTitle(f"{card.name} · {card.code}")
    canvas.setAuthor(preferences.value(registry.SITE_NAME))
    _Page(canvas, card, locale).draw()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Page:
    """Draws from the top; `y` is where the next part begins."""

    def __init__(self, canvas: Canvas, card: CompCard, locale: str) -> None:
        self.canvas, self.card, self.locale = canvas, card, locale
        self.y = HEIGHT - MARGIN
        self.rest: Sequence[tuple[str, str]] = ()

    def draw(self) -> None:
        top = self.y
        drawing.portrait(self.canvas, self.card.headshot(), self.card.name, MARGIN, top - HEAD, HEAD, radius=8)
        self._beside(MARGIN + HEAD + GAP, top, INNER - HEAD - GAP)
        self.y = top - HEAD - GAP
        self._pictures()
        self._below()
        self._foot()

    def _beside(self, x: float, top: float, width: float) -> None:
        """Name, kinds of part and measurements, to the right of the headshot."""
        canvas, card = self.canvas, self.card
        canvas.setFillColor(drawing.INK)
        size = bold().fitted(card.name, 24, width, 15)
        y = top - size
        for line in bold().wrapped(card.name, size, width)[:2]:
            drawing.begun(canvas, bold(), line, x, y, width, size)
            y -= size * 1.15
        canvas.setFillColor(drawing.MUTED)
        drawing.begun(canvas, regular(), card.place, x, y + 2, width, 10.5)
        y = self._kinds(x, y - 18, width)
        self._facts(x, y - 6, width, top - HEAD)

    def _kinds(self, x: float, y: float, width: float) -> float:
        left = x
        for kind in self.card.kinds[:6]:
            label = kind.label(self.locale)
            wide = min(regular().width(label, 8.5) + 14, width)
            if left + wide > x + width and left > x:
                left, y = x, y - 20
            self.canvas.setFillColor(HexColor(kind.background))
            self.canvas.roundRect(left, y - 5, wide, 16, 8, stroke=0, fill=1)
            self.canvas.setFillColor(HexColor(kind.text))
            regular().draw(self.canvas, left + 7, y, regular().clipped(label, 8.5, wide - 12), 8.5)
            left += wide + 5
        return y - 16

    def _facts(self, x: float, y: float, width: float, floor: float) -> None:
        """Two columns of labelled values, as many as fit beside the headshot."""
        column = (width - GAP) / 2
        rows = max(0, int((y - floor + 10) // FACT))
        shown, self.rest = self.card.facts[: rows * 2], self.card.facts[rows * 2 :]
        for place, (label, value) in enumerate(shown):
            left = x + (place % 2) * (column + GAP)
            line = y - (place // 2) * FACT
            self.canvas.setFillColor(drawing.MUTED)
            drawing.begun(self.canvas, regular(), label, left, line, column, 7.5)
            self.canvas.setFillColor(drawing.INK)
            size = regular().fitted(value, 10.5, column, 7.5)
            drawing.begun(self.canvas, regular(), value, left, line - 12, column, size)

    def _pictures(self) -> None:
        there = [data for read in self.card.pictures[:PICTURES] if (data := read())]
        if not there:
            return
        width = (INNER - (PICTURES - 1) * 8) / PICTURES
        for place, picture in enumerate(there):
            drawing.fitted_picture(self.canvas, picture, MARGIN + place * (width + 8), self.y - STRIP, width, STRIP)
        self.y -= STRIP + GAP

    def _below(self) -> None:
        """Credits to the left, languages and skills to the right; whichever is empty leaves its room."""
        card, top = self.card, self.y
        half = (INNER - GAP) / 2
        has_side = bool(card.languages or card.skills or self.rest)
        main = half if has_side and (card.credits or card.about) else INNER
        lowest = FLOOR + QR_SIDE * (0.55 if main == INNER else 0)
        left = self._part(phrase("Credits"), list(card.credits), MARGIN, top, main, lowest, is_list=True)
        if card.about:
            self._part(phrase("About me"), [card.about], MARGIN, left, main, lowest)
        side = MARGIN + half + GAP if main == half else MARGIN
        wide = half if main == half else INNER
        y = top if main == half else left
        y = self._part(phrase("Languages"), [", ".join(card.languages)], side, y, wide, FLOOR + QR_SIDE + 6)
        y = self._part(phrase("Accents"), [", ".join(card.accents)], side, y, wide, FLOOR + QR_SIDE + 6)
        y = self._part(phrase("Skills"), [", ".join(card.skills)], side, y, wide, FLOOR + QR_SIDE + 6)
        more = [f"{label}: {value}" for label, value in self.rest]
        self._part(phrase("Details"), more, side, y, wide, FLOOR + QR_SIDE + 6, is_list=True)

    def _part(
        self, heading: str, texts: list[str], x: float, y: float, width: float, floor: float, *, is_list: bool = False
    ) -> float:
        """A heading and its lines; gives the place below them. Nothing is drawn where nothing is known."""
        lines = [line for text in texts[:CREDITS] for line in _lines(text, width, is_list=is_list)]
        if not any(lines) or y - 34 < floor:
            return y
        self.canvas.setFillColor(drawing.BRAND)
        bold().draw(self.canvas, x, y - 10, say(self.locale, heading), 10.5)
        self.canvas.setStrokeColor(drawing.LINE)
        self.canvas.line(x, y - 15, x + width, y - 15)
        y -= 29
        self.canvas.setFillColor(drawing.INK)
        for place, line in enumerate(lines):
            if y < floor:
                break
            is_last = y - 13 < floor and place < len(lines) - 1
            drawing.begun(self.canvas, regular(), line + (" …" if is_last else ""), x, y, width, 9.5)
            y -= 13
        return y - 8

    def _foot(self) -> None:
        canvas, card = self.canvas, self.card
        x, y = WIDTH - MARGIN - QR_SIDE, FLOOR - 12
        canvas.setFillColor(white)
        canvas.rect(x - 8, y - 2, QR_SIDE + 8, QR_SIDE + 4, stroke=0, fill=1)
        drawing.code(canvas, card.address, x, y, QR_SIDE, quiet=2)
        canvas.setFillColor(drawing.INK)
        said = bold().width(card.code, 12)
        bold().draw(canvas, x - 12 - said, y + 20, card.code, 12)
        canvas.setFillColor(drawing.MUTED)
        made = regular().clipped(f"{footers.of_cards()} · {day(clock.today(), self.locale)}", 8, WIDTH / 2)
        regular().draw(canvas, x - 12 - regular().width(made, 8), y + 6, made, 8)


def _lines(text: str, width: float, *, is_list: bool) -> list[str]:
    if is_list:
        return [regular().clipped(text, 9.5, width)]
    return regular().wrapped(text, 9.5, width)
