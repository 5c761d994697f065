"""The cast list of a project, on paper and as a workbook, with an empty column to write in."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from talento.i18n import phrase, say, say_plural
from talento.services.documents import drawing
from talento.services.documents.frame import Frame
from talento.services.documents.lettering import Face, bold, regular
from talento.services.documents.spreadsheets import safe, safe_row
from talento.vocabulary.casting import TalentType

PAGE = landscape(A4)
HEADINGS = (
    phrase("Code"), phrase("Name"), phrase("Role"), phrase("Days"), phrase("Contact"), phrase("Observations")
)  # fmt: skip
SHARES = (0.14, 0.18, 0.19, 0.15, 0.21, 0.13)
"""Of the width, by column."""

ROW, SIZE, SMALL = 30.0, 9.0, 8.0


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the cast; `contact` holds what the reader may know, one way of reaching them each."""

    code: str
    name: str
    kind: TalentType
    role: str
    days: str
    contact: tuple[str, ...]


def drawn(lines: Sequence[Line], locale: str, *, title: str, subtitle: str) -> bytes:
    """The list as PDF, A4 across."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, pageCompression=1, lang=locale)
    probe = Frame(canvas, PAGE, locale, title=title, subtitle=subtitle, pages=1)
    a_page = int((probe.height - ROW) // ROW)
    pages = max(1, -(-len(lines) // a_page))
    frame = Frame(canvas, PAGE, locale, title=title, subtitle=subtitle, pages=pages)
    for page in range(pages):
        frame.begin()
        _headings(canvas, frame, locale)
        shown = lines[page * a_page : (page + 1) * a_page]
        for place, line in enumerate(shown):
            _row(canvas, frame, line, frame.top - ROW * (place + 1), is_shaded=place % 2 == 1)
        if page == pages - 1:
            _total(canvas, frame, len(lines), frame.top - ROW * (len(shown) + 1), locale)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def workbook(lines: Sequence[Line], locale: str, *, title: str, subtitle: str) -> bytes:
    """The same as XLSX: a frozen heading, filters, widths to read by, nothing that a spreadsheet would compute."""
    book = Workbook()
    sheet = book.active
    sheet.title = say(locale, "Cast list")[:31]
    sheet.append([safe(title)])
    sheet.append([safe(subtitle)])
    sheet.append([])
    sheet.append([say(locale, heading) for heading in HEADINGS])
    sheet["A1"].font, sheet["A2"].font = Font(bold=True, size=14), Font(color="5D5B70")
    for cell in sheet[4]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="3730A3")
    for line in lines:
        sheet.append(safe_row((line.code, line.name, line.role, line.days, "\n".join(line.contact), "")))
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate((20, 32, 28, 24, 30, 36), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(HEADINGS))}{sheet.max_row}"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(canvas: Canvas, frame: Frame, locale: str) -> None:
    canvas.setFillColor(drawing.SOFT)
    canvas.rect(frame.left, frame.top - ROW + 8, frame.width, ROW - 8, stroke=0, fill=1)
    canvas.setFillColor(drawing.BRAND)
    for heading, (x, width) in zip(HEADINGS, _columns(frame), strict=True):
        bold().draw(canvas, x + 6, frame.top - 15, bold().clipped(say(locale, heading), SIZE, width - 12), SIZE)


def _row(canvas: Canvas, frame: Frame, line: Line, y: float, *, is_shaded: bool) -> None:
    if is_shaded:
        canvas.setFillColor(HexColor("#fafaff"))
        canvas.rect(frame.left, y - ROW + 8, frame.width, ROW, stroke=0, fill=1)
    canvas.setStrokeColor(drawing.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(frame.left, y - ROW + 8, frame.left + frame.width, y - ROW + 8)
    code, name, role, days, contact, _ = _columns(frame)
    canvas.setFillColor(HexColor(line.kind.border))
    canvas.circle(role[0] + 9, y - 6, 3, stroke=0, fill=1)
    canvas.setFillColor(drawing.INK)
    _cell(canvas, bold(), (line.code,), code, y)
    _cell(canvas, regular(), (line.name,), name, y)
    _cell(canvas, regular(), (line.role,), (role[0] + 10, role[1] - 10), y)
    _cell(canvas, regular(), (line.days,), days, y)
    _cell(canvas, regular(), line.contact, contact, y)


def _cell(canvas: Canvas, face: Face, said: Sequence[str], column: tuple[float, float], y: float) -> None:
    """Texts in one cell, on one line each or, when there is only one, on two if it is long."""
    x, width = column[0] + 6, column[1] - 12
    lines = list(said)
    if len(lines) == 1 and face.width(lines[0], SIZE) > width:
        first, *rest = face.wrapped(lines[0], SMALL, width)
        lines = [first, " ".join(rest)] if rest else [first]
    size = SIZE if len(lines) == 1 else SMALL
    top = y - 9 + (5.5 if len(lines) > 1 else 0)
    for place, text in enumerate(lines[:2]):
        fitted = face.fitted(text, size, width, 6.5)
        drawing.begun(canvas, face, text, x, top - place * 11, width, fitted)


def _columns(frame: Frame) -> list[tuple[float, float]]:
    columns, x = [], frame.left
    for share in SHARES:
        columns.append((x, frame.width * share))
        x += frame.width * share
    return columns


def _total(canvas: Canvas, frame: Frame, count: int, y: float, locale: str) -> None:
    canvas.setFillColor(drawing.MUTED)
    said = say_plural(locale, count, one="{n} person", other="{n} people")
    regular().draw(canvas, frame.left + 6, y - 6, said, 8.5)
