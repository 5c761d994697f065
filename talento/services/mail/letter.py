"""What a message is made of, and how it becomes HTML and plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from talento.i18n import say
from talento.services import preferences
from talento.services.preferences import registry

SECRET = "{secret}"


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do; `address` may be the placeholder of a secret."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in one language. Every string is plain text; whatever people typed is escaped when drawn.

    The first row of `table` is its headings.
    """

    locale: str
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    code: str = ""
    button: Button | None = None
    table: Sequence[Sequence[str]] = field(default_factory=tuple)
    notes: Sequence[str] = field(default_factory=tuple)

    def text(self) -> str:
        """For readers without HTML."""
        parts = [self.greeting, *self.paragraphs]
        if self.code:
            parts.append(f"    {self.code}")
        parts += [" · ".join(cells) for cells in self.table]
        if self.button:
            parts.append(f"{self.button.text}\n{self.button.address}")
        return "\n\n".join([*parts, *self.notes, preferences.value(registry.SITE_NAME)]) + "\n"

    def html(self) -> str:
        """A single column that every mail client can draw; no image, nothing fetched from elsewhere."""
        body = "".join(f'<p style="{_TEXT}">{escape(paragraph)}</p>' for paragraph in self.paragraphs)
        site = preferences.value(registry.SITE_NAME)
        reason = say(self.locale, "You receive this because you have a {site} account.", site=site)
        notes = "".join(f'<p style="{_NOTE}">{escape(note)}</p>' for note in self.notes)
        return (
            f'<!doctype html><html lang="{escape(self.locale)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(self.subject)}</title></head>'
            f'<body style="{_BODY}"><div style="{_CARD}"><p style="{_BRAND}">{escape(site)}</p>'
            f'<h1 style="{_TITLE}">{escape(self.greeting)}</h1>{body}{self._code()}{self._table()}{self._button()}'
            f'{notes}</div><p style="{_FOOT}">{escape(reason)}</p></body></html>'
        )

    def _code(self) -> str:
        return f'<p style="{_CODE}">{escape(self.code)}</p>' if self.code else ""

    def _table(self) -> str:
        if not self.table:
            return ""
        head, *lines = self.table
        heads = "".join(f'<th style="{_HEAD}">{escape(cell)}</th>' for cell in head)
        rows = ("".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in line) for line in lines)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f'<table style="{_TABLE}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'

    def _button(self) -> str:
        if not self.button:
            return ""
        address = escape(self.button.address, quote=True)
        return f'<p style="margin:28px 0"><a href="{address}" style="{_BUTTON}">{escape(self.button.text)}</a></p>'


_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_BODY = f"margin:0;padding:32px 16px;background:#f4f4f7;{_FONT};color:#1c1b29"
_CARD = "max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e4e3ec;border-radius:14px"
_BRAND = "margin:0 0 24px;font-weight:700;font-size:15px;color:#4f46e5"
_TITLE = "margin:0 0 12px;font-size:22px;line-height:1.3"
_TEXT = "margin:0 0 14px;font-size:16px;line-height:1.55"
_CODE = (
    "margin:20px 0;padding:16px;background:#f4f4f7;border-radius:10px;text-align:center;"
    "font:600 24px ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px"
)
_BUTTON = (
    "display:inline-block;padding:13px 22px;border-radius:10px;background:#4f46e5;color:#ffffff;"
    "font-weight:600;font-size:16px;text-decoration:none"
)
_TABLE = "width:100%;border-collapse:collapse;margin:8px 0 20px;font-size:14px"
_HEAD = "padding:8px 8px 8px 0;border-bottom:2px solid #e4e3ec;text-align:start;color:#5d5b70;font-weight:600"
_CELL = "padding:8px 8px 8px 0;border-bottom:1px solid #e4e3ec;text-align:start;vertical-align:top"
_NOTE = "margin:0 0 10px;font-size:14px;line-height:1.5;color:#5d5b70"
_FOOT = "max-width:520px;margin:16px auto 0;font-size:12px;color:#6b697d;text-align:center"
