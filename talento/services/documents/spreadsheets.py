"""What every table that leaves for a spreadsheet has in common."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV = "text/csv; charset=utf-8"


def safe(value: str) -> str:
    """A text that no spreadsheet takes for a formula, without the characters that its format forbids."""
    plain = "".join(c for c in value if c in "\n\t" or ord(c) >= 32)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def safe_row(cells: Iterable[str | int]) -> list[str | int]:
    """The cells of a line, texts made `safe`; numbers stay numbers."""
    return [safe(cell) if isinstance(cell, str) else cell for cell in cells]


def comma_separated(rows: Iterable[Sequence[str | int]]) -> bytes:
    """CSV by RFC 4180, marked as UTF-8 for spreadsheets; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(map(safe_row, rows))
    return out.getvalue().encode("utf-8-sig")
