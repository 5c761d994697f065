"""Text for PDFs: the right font for each run of characters, Arabic shaped and in reading order."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import arabic_reshaper
from bidi.algorithm import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from talento.settings import ROOT

FOLDER = ROOT / "talento" / "services" / "documents" / "fonts"
FILES = {
    ("latin", False): "NotoSans-Regular.ttf",
    ("latin", True): "NotoSans-Bold.ttf",
    ("arabic", False): "NotoSansArabic-Regular.ttf",
    ("arabic", True): "NotoSansArabic-Bold.ttf",
}
FALLBACKS = (
    (0x0530, 0x058F, "NotoSansArmenian-Regular.ttf"),
    (0x0590, 0x05FF, "NotoSansHebrew-Regular.ttf"),
    (0x07C0, 0x07FF, "NotoSansNKo-Regular.ttf"),
    (0x0900, 0x097F, "NotoSansDevanagari-Regular.ttf"),
    (0x0E00, 0x0E7F, "NotoSansThai-Regular.ttf"),
    (0x10A0, 0x10FF, "NotoSansGeorgian-Regular.ttf"),
    (0x1200, 0x139F, "NotoSansEthiopic-Regular.ttf"),
    (0x2D30, 0x2D7F, "NotoSansTifinagh-Regular.ttf"),
    (0x2E80, 0xFFEF, "DroidSansFallback.ttf"),  # Chinese, Japanese, Korean
)
"""Fonts for further scripts, by first and last character; each is read when a text first needs it."""

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Face:
    """One weight: a Latin font, with an Arabic one for what it lacks."""

    def __init__(self, *, bold: bool) -> None:
        self._fonts = [_font("latin", bold), _font("arabic", bold)]

    def width(self, text: str, size: float) -> float:
        """How wide a line will be, in points."""
        return sum(pdfmetrics.stringWidth(run, font, size) for font, run in self._runs(_in_order(text)))

    def draw(self, canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
        """Write one line with its left end at `x`."""
        for font, run in self._runs(_in_order(text)):
            canvas.setFont(font, size)
            canvas.drawString(x, y, run)
            x += pdfmetrics.stringWidth(run, font, size)

    def fitted(self, text: str, size: float, width: float, least: float) -> float:
        """The largest size up to `size` at which a line fits; not under `least`."""
        while size > least and self.width(text, size) > width:
            size -= 0.5
        return size

    def clipped(self, text: str, size: float, width: float) -> str:
        """A line shortened with an ellipsis until it fits."""
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + "…", size) > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """Lines that fit, in reading order; a word longer than a line is broken."""
        lines = []
        for paragraph in text.split("\n"):
            lines += self._broken(paragraph, size, width)
        return lines

    def _broken(self, paragraph: str, size: float, width: float) -> list[str]:
        lines, line = [], ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if self.width(longer, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while self.width(line, size) > width:
                fits = max(1, next(n for n in range(len(line), 0, -1) if n == 1 or self.width(line[:n], size) <= width))
                lines.append(line[:fits])
                line = line[fits:]
        return [*lines, line] if line else lines

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        placed = [(self._for(character), character) for character in text]
        for font, run in groupby((one for one in placed if one[0]), key=lambda one: one[0]):
            yield font, "".join(character for _, character in run)

    def _for(self, character: str) -> str:
        """The font that has a character; empty when none has, such as for emoji: it is left out."""
        place = ord(character)
        found = next((name for name, known in self._fonts if place in known), "")
        return found or next((_fallback(place, file) for low, high, file in FALLBACKS if low <= place <= high), "")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter reads from the right."""
    strong = next((character for character in text if character.isalpha()), "")
    return bool(_RIGHT_TO_LEFT.match(strong))


def _in_order(text: str) -> str:
    """Left to right as it is drawn: letters joined, right-to-left runs reversed."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    return str(get_display(arabic_reshaper.reshape(text)))


def _font(script: str, bold: bool) -> tuple[str, frozenset[int]]:
    return _registered(FILES[script, bold])


def _fallback(place: int, file: str) -> str:
    name, known = _registered(file)
    return name if place in known else ""


@lru_cache
def _registered(file: str) -> tuple[str, frozenset[int]]:
    name = f"Talento-{file.removesuffix('.ttf')}"
    font = TTFont(name, FOLDER / file)
    pdfmetrics.registerFont(font)
    return name, frozenset(font.face.charToGlyph)


@lru_cache
def regular() -> Face:
    """Running text."""
    return Face(bold=False)


@lru_cache
def bold() -> Face:
    """Headings."""
    return Face(bold=True)
