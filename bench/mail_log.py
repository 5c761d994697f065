"""The mail log: a page of a million messages under any filter and for anything that is typed."""

import itertools
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.report import Report

MAILS = 1_000_000
TURNS = 10
HTML = "<p>" + "A paragraph of a message as it is drawn, with its styles. " * 40


def main() -> None:
    """Fill an outbox of its own, and read it in every way."""
    report = Report("mail_log", "Mail log: a million messages read")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/talento.db"
        os.environ.setdefault("DATA_DIR", str(Path(folder) / "data"))
        _measure(report)
    report.write()


def _measure(report: Report) -> None:
    from talento.cli import checked_settings, prepare_empty

    checked_settings()
    prepare_empty()
    _fill()
    slowest, waits = 0.0, []
    for name, taken in _pages():
        waits += taken
        slowest = max(slowest, statistics.median(taken))
        report.add(name, statistics.median(taken), "ms")
    report.add(f"any page at {MAILS:,} messages, p95", statistics.quantiles(waits, n=20)[-1], "ms", target="≤ 100 ms")
    report.add("how mail stands, p50", statistics.median(_stands()), "ms", target="≤ 100 ms")
    report.add("the slowest kind of filter, p50", slowest, "ms", target="≤ 100 ms")


def _fill() -> None:
    from bench import town
    from talento.models.operations import MailWords, OutgoingMail
    from talento.services.mail.kinds import KINDS
    from talento.services.work import SYSTEM, Work, run
    from talento.vocabulary.folding import plain

    chance, kinds = Random(1), list(KINDS)
    weights = [1 / (rank + 1) ** 2 for rank in range(len(kinds))]
    begun = datetime(2026, 1, 1, tzinfo=UTC)

    def mail(number: int) -> dict[str, object]:
        at = begun + timedelta(seconds=number * 20)
        recipient = f"{chance.choice(town.NAMES)}.{chance.choice(town.NAMES)}{number}@example.com"
        return {
            "id": number, "uid": f"{number:032d}", "kind": chance.choices(kinds, weights)[0], "recipient": recipient,
            "subject": f"Welcome to Talento: your code is MAF{number:06d}RAB", "text": HTML[:400], "html": HTML,
            "status": chance.choices(["sent", "local", "failed", "suppressed"], [9_000, 900, 99, 1])[0],
            "created_at": at, "due_at": at,
        }  # fmt: skip

    def write(work: Work, mails: list[dict[str, object]]) -> None:
        work.insert_many(OutgoingMail, mails)
        rows = [{"mail_id": one["id"], "words": plain(f"{one['recipient']} {one['subject']}")} for one in mails]
        work.insert_many(MailWords, rows)

    for start in range(1, MAILS + 1, 10_000):
        run(SYSTEM, write, [mail(number) for number in range(start, min(start + 10_000, MAILS + 1))])


def _pages() -> list[tuple[str, list[float]]]:
    from talento.services.mail.kinds import KINDS
    from talento.services.mail.listing import Wanted

    common, rare = next(iter(KINDS)), list(KINDS)[-1]
    kinds = {"any kind": "", "a common kind": common, "a rare kind": rare}
    statuses = {"": "", ", sent": "sent", ", failed": "failed", ", suppressed": "suppressed"}
    typed = {
        "": "",
        ", in every message": "example.com",
        ", in many": "amina",
        ", an old address": "1234@example.com",
        ", in none": "zzqx",
    }
    made = []
    for (kind, key), (state, status), (what, said) in itertools.product(kinds.items(), statuses.items(), typed.items()):
        made.append((f"{kind}{state}{what}", _turns(Wanted(said, key, status))))
    return made


def _turns(wanted: object) -> list[float]:
    """How long it takes to open the newest page, to turn some pages, and to begin far back."""
    from bench import town
    from talento.services.mail import listing
    from talento.services.work import look

    taken, before = [], 0
    for turn in range(TURNS):
        start = time.perf_counter()
        found = look(town.ADMIN, listing.page, wanted, before=before)
        taken.append((time.perf_counter() - start) * 1000)
        before = MAILS // 2 if turn == 2 or not found.has_older else found.oldest
    return taken


def _stands() -> list[float]:
    """How long the counts above the log take."""
    from bench import town
    from talento.services.mail import listing
    from talento.services.work import look

    taken = []
    for _ in range(TURNS):
        start = time.perf_counter()
        look(town.ADMIN, listing.health)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


if __name__ == "__main__":
    main()
