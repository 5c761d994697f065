"""What stands around every page of a list: title, what it is about, page numbers, the day it was made."""

from reportlab.pdfgen.canvas import Canvas

from talento import clock
from talento.i18n import say
from talento.services import preferences
from talento.services.days import day
from talento.services.documents import drawing, footers
from talento.services.documents.lettering import bold, regular
from talento.services.preferences import registry

MARGIN = 36.0
HEAD = 46.0
FOOT = 24.0


class Frame:
    """The frame of a document's pages; `left`, `top`, `width` and `height` are what it leaves for the content."""

    def __init__(
        self, canvas: Canvas, page: tuple[float, float], locale: str, *, title: str, subtitle: str, pages: int
    ) -> None:
        self._canvas, self._page, self._locale = canvas, page, locale
        self._title, self._subtitle, self._pages = title, subtitle, pages
        self._number = 0
        self.left, self.top = MARGIN, page[1] - MARGIN - HEAD
        self.width, self.height = page[0] - 2 * MARGIN, page[1] - 2 * MARGIN - HEAD - FOOT
        canvas.setTitle(f"{title} · {subtitle}" if subtitle else title)
        canvas.setAuthor(preferences.value(registry.SITE_NAME))

    def begin(self) -> None:
        """Draw the frame of the next page."""
        self._number += 1
        canvas, (width, height) = self._canvas, self._page
        canvas.setFillColor(drawing.BRAND)
        drawing.begun(canvas, bold(), self._title, MARGIN, height - MARGIN - 13, self.width, 15)
        canvas.setFillColor(drawing.MUTED)
        drawing.begun(canvas, regular(), self._subtitle, MARGIN, height - MARGIN - 28, self.width, 9.5)
        canvas.setStrokeColor(drawing.LINE)
        canvas.setLineWidth(0.8)
        canvas.line(MARGIN, height - MARGIN - 36, width - MARGIN, height - MARGIN - 36)
        made = regular().clipped(f"{footers.of_lists()} · {day(clock.today(), self._locale)}", 8, self.width - 90)
        regular().draw(canvas, MARGIN, MARGIN - 4, made, 8)
        place = say(self._locale, "Page {number} of {count}", number=self._number, count=self._pages)
        regular().draw(canvas, width - MARGIN - regular().width(place, 8), MARGIN - 4, place, 8)
