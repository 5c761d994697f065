"""What the server writes down: one line an entry, without cookies, tokens, addresses or numbers of people.

The redaction is in the formatter, so that it also covers tracebacks and what libraries log.
Source: RX-02, RX-10, LG-03.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime

HIDDEN = "•••"
LONGEST_MESSAGE = 2_000
LONGEST_TRACE = 8_000

SECRETS = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"(['\"]?(?:set-)?cookie['\"]?\s*[:=]\s*)('[^']*'|\"[^\"]*\"|[^,}\n]+)", rf"\1{HIDDEN}"),
        (r"(['\"]?(?:authorization|x-api-key)['\"]?\s*[:=]\s*)('[^']*'|\"[^\"]*\"|[^,}\n]+)", rf"\1{HIDDEN}"),
        (r"((?:__Host-)?talento(?:-[a-z]+)?=)[^;\s'\"&]+", rf"\1{HIDDEN}"),
        (
            r"(['\"]?(?:\w*(?:token|secret|password|passwd|pwd|api_?key)\w*)['\"]?\s*[:=]\s*)"
            r"('[^']*'|\"[^\"]*\"|[^\s,;&}\)]+)",
            rf"\1{HIDDEN}",
        ),
        (r"\b(\w+://[^\s:/@]+):[^\s@/]+@", rf"\1:{HIDDEN}@"),
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b", HIDDEN),
        (r"\btal_[A-Za-z0-9]+_[A-Za-z0-9_-]+", HIDDEN),
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", HIDDEN),
        (r"(?<![\w.:])\+\d[\d .()-]{7,}\d", HIDDEN),
    )
)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


def redacted(text: str) -> str:
    """The text without what must not be written down."""
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


def on_one_line(text: str) -> str:
    """The text with control characters spelled out, so that nobody can forge an entry."""
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class Redacting(logging.Formatter):
    """Formats an entry as text, for people."""

    def format(self, record: logging.LogRecord) -> str:
        entry = self._entry(record)
        trace = f"\n{entry['trace']}" if "trace" in entry else ""
        return f"{entry['at']} {entry['level']:7} {entry['from']}: {entry['message']}{trace}"

    def _entry(self, record: logging.LogRecord) -> dict[str, str]:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": on_one_line(redacted(record.getMessage()[: 2 * LONGEST_MESSAGE]))[:LONGEST_MESSAGE],
        }
        if record.exc_info and record.exc_info[0]:
            entry["trace"] = redacted(self.formatException(record.exc_info))[-LONGEST_TRACE:]
        return entry


class RedactingJson(Redacting):
    """Formats an entry as one JSON object, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self._entry(record), ensure_ascii=False)


def install(*, as_json: bool = False, level: int = logging.INFO) -> None:
    """Send every entry of this process to standard error, redacted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingJson() if as_json else Redacting())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for logger in [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]:
        if logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
    for chatty in ("httpx", "httpcore", "apscheduler", "fontTools", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
