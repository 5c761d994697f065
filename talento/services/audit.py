"""The two logs: what people did, and what concerns safety. Neither ever holds a secret (`LG-03`)."""

import ipaddress
import json
from typing import Any

from talento.services import chain
from talento.services.work import Work


def activity(work: Work, action: str, subject: str = "", subject_id: int | None = None, **details: object) -> None:
    """Note what the actor did, in their own transaction."""
    entry = {"action": action, "subject": subject, "subject_id": subject_id}
    _note(work, "activity", work.actor.user_id, details, **entry)


def security(work: Work, event: str, *, severity: str = "info", user_id: int | None = None, **details: object) -> None:
    """Note something that concerns safety; severity is info, warning or critical.

    `subject` among the details is the account that the actor did it to.
    """
    whose = user_id if user_id is not None else work.actor.user_id
    agent = "".join(filter(str.isprintable, work.actor.agent))[:200]
    subject = details.get("subject")
    about = subject if isinstance(subject, int) else None
    _note(work, "security", whose, details, event=event, severity=severity, agent=agent, about_id=about)


def network_of(ip: str) -> str:
    """The /24 or /48 an address belongs to: enough to recognize a place, not a person."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def _note(work: Work, log: str, user_id: int | None, details: dict[str, object], **entry: Any) -> None:
    """Keep an entry until the end of the transaction, where the log's chain is held only for a moment."""
    if not work.entries:
        work.before_commit(lambda: _write(work))
    actor = work.actor
    by = {"by": f"{actor.by_name} ({actor.by_id})"} if actor.by_id is not None else {}
    said = json.dumps(details | by, ensure_ascii=False, default=str)
    fixed = {"at": work.now, "user_id": user_id, "ip": network_of(actor.ip), "details": said}
    work.entries.append((log, fixed | entry))


def _write(work: Work) -> None:
    for log in chain.LOGS:
        entries = [entry for name, entry in work.entries if name == log]
        if entries:
            chain.append(work, log, entries)
