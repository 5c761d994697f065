"""What a message is made of, and how it becomes HTML and plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from talento.i18n import say
from talento.services import preferences
from talento.services.preferences import registry

SECRET = "{secret}"
UNSUBSCRIBE = "{unsubscribe}"
"""Where the link to receive no more of a kind stands, until the message is sent."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code to keep, drawn large."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the headings."""

    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do; `address` may be the placeholder of a secret."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in one language. Every string is plain text; whatever people typed is escaped when drawn.

    `facts`: what its wording was filled with, for previews of another wording.
    """

    locale: str
    subject: str
    greeting: str
    body: Sequence[str | Code | Table]
    button: Button | None = None
    notes: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, *, can_unsubscribe: bool = False) -> str:
        """For readers without HTML."""
        parts = [self.greeting, *(line for part in self.body for line in _as_text(part))]
        if self.button:
            parts.append(f"{self.button.text}\n{self.button.address}")
        parts += [*self.notes, _site()]
        if can_unsubscribe:
            parts.append(f"{self._leaving()}\n{UNSUBSCRIBE}")
        return "\n\n".join(parts) + "\n"

    def html(self, *, can_unsubscribe: bool = False) -> str:
        """A single column that every mail client can draw; no image, nothing fetched from elsewhere."""
        reason = say(self.locale, "You receive this because you have a {site} account.", site=_site())
        link = f'<br><a href="{UNSUBSCRIBE}" style="color:inherit">{escape(self._leaving())}</a>'
        return (
            f'<!doctype html><html lang="{escape(self.locale)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(self.subject)}</title></head>'
            f'<body style="{_BODY}"><div style="{_CARD}"><p style="{_BRAND}{_color()}">{escape(_site())}</p>'
            f'<h1 style="{_TITLE}">{escape(self.greeting)}</h1>{"".join(map(_as_html, self.body))}{self._button()}'
            f"{''.join(_paragraph(note, _NOTE) for note in self.notes)}</div>"
            f'<p style="{_FOOT}">{escape(reason)}{link if can_unsubscribe else ""}</p></body></html>'
        )

    def _leaving(self) -> str:
        return say(self.locale, "Receive no more messages of this kind")

    def _button(self) -> str:
        if not self.button:
            return ""
        address, look = escape(self.button.address, quote=True), _BUTTON + _color()
        return f'<p style="margin:28px 0"><a href="{address}" style="{look}">{escape(self.button.text)}</a></p>'


def _color() -> str:
    """The brand's, which is dark enough for white text and to be read on white."""
    return preferences.value(registry.BRAND_COLOR)


def _site() -> str:
    return preferences.value(registry.SITE_NAME)


def _as_text(part: str | Code | Table) -> list[str]:
    if isinstance(part, Code):
        return [f"    {part.text}"]
    return [" · ".join(cells) for cells in part.rows] if isinstance(part, Table) else [part]


def _as_html(part: str | Code | Table) -> str:
    if isinstance(part, Code):
        return f'<p style="{_CODE}">{escape(part.text)}</p>'
    return _table(part) if isinstance(part, Table) else _paragraph(part, _TEXT)


def _paragraph(text: str, style: str) -> str:
    return f'<p style="{style}">{escape(text).replace(chr(10), "<br>")}</p>'


def _table(table: Table) -> str:
    head, *lines = table.rows
    heads = "".join(f'<th style="{_HEAD}">{escape(cell)}</th>' for cell in head)
    rows = ("".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in line) for line in lines)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table style="{_TABLE}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_BODY = f"margin:0;padding:32px 16px;background:#f4f4f7;{_FONT};color:#1c1b29"
_CARD = "max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e4e3ec;border-radius:14px"
_BRAND = "margin:0 0 24px;font-weight:700;font-size:15px;color:"
_TITLE = "margin:0 0 12px;font-size:22px;line-height:1.3"
_TEXT = "margin:0 0 14px;font-size:16px;line-height:1.55"
_CODE = (
    "margin:20px 0;padding:16px;background:#f4f4f7;border-radius:10px;text-align:center;"
    "font:600 24px ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px"
)
_BUTTON = (
    "display:inline-block;padding:13px 22px;border-radius:10px;color:#ffffff;"
    "font-weight:600;font-size:16px;text-decoration:none;background:"
)
_TABLE = "width:100%;border-collapse:collapse;margin:8px 0 20px;font-size:14px"
_HEAD = "padding:8px 8px 8px 0;border-bottom:2px solid #e4e3ec;text-align:start;color:#5d5b70;font-weight:600"
_CELL = "padding:8px 8px 8px 0;border-bottom:1px solid #e4e3ec;text-align:start;vertical-align:top"
_NOTE = "margin:0 0 10px;font-size:14px;line-height:1.5;color:#5d5b70"
_FOOT = "max-width:520px;margin:16px auto 0;font-size:12px;color:#6b697d;text-align:center"
