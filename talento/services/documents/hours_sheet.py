"""The hours of a project as a workbook, as CSV, and on paper with room to sign."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from talento.i18n import phrase, say
from talento.services.documents import drawing, spreadsheets
from talento.services.documents.frame import Frame
from talento.services.documents.lettering import Face, bold, regular
from talento.services.documents.spreadsheets import safe, safe_row

HEADINGS = (
    phrase("Date"), phrase("Code"), phrase("First name"), phrase("Last name"), phrase("Kind"), phrase("Arrival"),
    phrase("Departure"), phrase("Duration"), phrase("Minutes"), phrase("Recorded by"), phrase("Call time"),
    phrase("Old value"), phrase("New value"), phrase("Reason"), phrase("Corrected by"),
)  # fmt: skip
WIDTHS = (12, 20, 18, 18, 22, 10, 12, 11, 10, 22, 10, 16, 16, 32, 22)
"""Of the workbook's columns, in characters."""

TOTAL_HEADINGS = (
    phrase("Code"), phrase("First name"), phrase("Last name"), phrase("Days"), phrase("Duration"), phrase("Minutes"),
    phrase("Rules"),
)  # fmt: skip
TOTAL_WIDTHS = (20, 18, 18, 8, 12, 10, 60)
MINUTES = 8
"""The column of numbers among `HEADINGS`."""

PAGE = landscape(A4)
PRINTED = (
    phrase("Date"), phrase("Code"), phrase("Name"), phrase("Kind"), phrase("Arrival"), phrase("Departure"),
    phrase("Duration"), phrase("Recorded by"), phrase("Signature"),
)  # fmt: skip
SHARES = (0.08, 0.135, 0.18, 0.13, 0.065, 0.075, 0.075, 0.11, 0.15)
"""Of the paper's width, by column."""

ROW, NOTE, SIZE, SMALL = 24.0, 11.0, 8.5, 7.0
TAIL = 40.0


@dataclass(frozen=True, slots=True)
class Line:
    """One stay, or a correction without one; texts as they are read where the project is shot."""

    day: str
    code: str
    first_name: str
    last_name: str
    kind: str
    arrival: str
    departure: str
    duration: str
    minutes: int
    recorded_by: str
    call: str
    was: str
    now: str
    reason: str
    by: str

    @property
    def cells(self) -> tuple[str | int, ...]:
        """The values in the order of `HEADINGS`."""
        return (
            self.day, self.code, self.first_name, self.last_name, self.kind, self.arrival, self.departure,
            self.duration, self.minutes, self.recorded_by, self.call, self.was, self.now, self.reason, self.by,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TotalLine:
    """What one person's days come to."""

    code: str
    first_name: str
    last_name: str
    days: int
    duration: str
    minutes: int
    rules: str

    @property
    def cells(self) -> tuple[str | int, ...]:
        """The values in the order of `TOTAL_HEADINGS`."""
        return (self.code, self.first_name, self.last_name, self.days, self.duration, self.minutes, self.rules)


@dataclass(frozen=True, slots=True)
class Table:
    """All that an export says."""

    title: str
    subtitle: str
    lines: Sequence[Line]
    totals: Sequence[TotalLine]
    sum: str


def comma_separated(table: Table, locale: str) -> bytes:
    """The same lines as CSV."""
    headings = [say(locale, heading) for heading in HEADINGS]
    return spreadsheets.comma_separated([headings, *(line.cells for line in table.lines)])


def workbook(table: Table, locale: str) -> bytes:
    """XLSX: every stay on one sheet, everybody's total on the other."""
    book = Workbook()
    lines = [line.cells for line in table.lines]
    sheet = book.active
    sheet.title = say(locale, "Presence")[:31]
    _fill(sheet, table, [say(locale, one) for one in HEADINGS], lines, WIDTHS)
    totals = book.create_sheet(say(locale, "Totals")[:31])
    _fill(
        totals, table, [say(locale, one) for one in TOTAL_HEADINGS], [one.cells for one in table.totals], TOTAL_WIDTHS
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drawn(table: Table, locale: str) -> bytes:
    """PDF, A4 across, with a column to sign in; corrections stand under their line."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, pageCompression=1, lang=locale)
    probe = Frame(canvas, PAGE, locale, title=table.title, subtitle=table.subtitle, pages=1)
    pages = _pages(table.lines, probe.height - ROW)
    frame = Frame(canvas, PAGE, locale, title=table.title, subtitle=table.subtitle, pages=len(pages))
    for number, lines in enumerate(pages, start=1):
        frame.begin()
        _headings(canvas, frame, locale)
        y = frame.top - ROW
        for place, line in enumerate(lines):
            _row(canvas, frame, line, y, is_shaded=place % 2 == 1)
            y -= _height(line)
        if number == len(pages):
            _sum(canvas, frame, table, y, locale)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _fill(
    sheet, table: Table, headings: Sequence[str], rows: Sequence[tuple[str | int, ...]], widths: Sequence[int]
) -> None:  # type: ignore[no-untyped-def]
    sheet.append([safe(table.title)])
    sheet.append([safe(table.subtitle)])
    sheet.append([])
    sheet.append(list(headings))
    sheet["A1"].font, sheet["A2"].font = Font(bold=True, size=14), Font(color="5D5B70")
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="3730A3")
    for row in rows:
        sheet.append(safe_row(row))
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(headings))}{sheet.max_row}"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _pages(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """The lines of each page; the last one keeps room for the sum and two signatures."""
    pages: list[list[Line]] = [[]]
    left = height
    for line in lines:
        if left < _height(line):
            pages.append([])
            left = height
        pages[-1].append(line)
        left -= _height(line)
    return [*pages, []] if left < TAIL else pages


def _height(line: Line) -> float:
    return ROW + (NOTE if line.reason else 0)


def _headings(canvas: Canvas, frame: Frame, locale: str) -> None:
    canvas.setFillColor(drawing.SOFT)
    canvas.rect(frame.left, frame.top - ROW + 2, frame.width, ROW - 2, stroke=0, fill=1)
    canvas.setFillColor(drawing.BRAND)
    for heading, (x, width) in zip(PRINTED, _columns(frame), strict=True):
        said = bold().clipped(say(locale, heading), SIZE, width - 8)
        bold().draw(canvas, x + 5, frame.top - 14, said, SIZE)


def _row(canvas: Canvas, frame: Frame, line: Line, y: float, *, is_shaded: bool) -> None:
    height = _height(line)
    if is_shaded:
        canvas.setFillColor(HexColor("#fafaff"))
        canvas.rect(frame.left, y - height + 2, frame.width, height, stroke=0, fill=1)
    canvas.setStrokeColor(drawing.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(frame.left, y - height + 2, frame.left + frame.width, y - height + 2)
    canvas.setFillColor(drawing.INK)
    name = f"{line.first_name} {line.last_name}".strip()
    said = (line.day, line.code, name, line.kind, line.arrival, line.departure, line.duration, line.recorded_by)
    columns = _columns(frame)
    for place, (text, column) in enumerate(zip(said, columns, strict=False)):
        _cell(canvas, bold() if place in (1, 6) else regular(), text, column, y - 13)
    if line.reason:
        canvas.setFillColor(drawing.MUTED)
        width = columns[-1][0] - columns[1][0]
        note = f"{line.was or '–'} → {line.now or '–'} · {line.reason} · {line.by}"
        regular().draw(canvas, columns[1][0] + 5, y - 23, regular().clipped(note, SMALL, width - 10), SMALL)
    x, width = columns[-1]
    canvas.setStrokeColor(drawing.MUTED)
    canvas.line(x + 5, y - ROW + 7, x + width - 5, y - ROW + 7)


def _cell(canvas: Canvas, face: Face, text: str, column: tuple[float, float], y: float) -> None:
    x, width = column
    fitted = face.fitted(text, SIZE, width - 8, 6.0)
    drawing.begun(canvas, face, text, x + 5, y, width - 8, fitted)


def _columns(frame: Frame) -> list[tuple[float, float]]:
    columns, x = [], frame.left
    for share in SHARES:
        columns.append((x, frame.width * share))
        x += frame.width * share
    return columns


def _sum(canvas: Canvas, frame: Frame, table: Table, y: float, locale: str) -> None:
    canvas.setFillColor(drawing.INK)
    bold().draw(canvas, frame.left + 5, y - 16, table.sum, 9)
    canvas.setFillColor(drawing.MUTED)
    said = say(locale, "For the production")
    x = frame.left + frame.width - 220
    regular().draw(canvas, x - 6 - regular().width(said, 8), y - 24, said, 8)
    canvas.setStrokeColor(drawing.MUTED)
    canvas.line(x, y - 26, frame.left + frame.width - 5, y - 26)
