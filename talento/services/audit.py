"""The two logs: what people did, and what concerns safety. Neither ever holds a secret (`LG-03`)."""

import ipaddress
import json

from talento.models.operations import ActivityLog, SecurityLog
from talento.services.work import Work


def activity(work: Work, action: str, subject: str = "", subject_id: int | None = None, **details: object) -> None:
    """Note what the actor did, in their own transaction."""
    work.insert(
        ActivityLog,
        at=work.now,
        user_id=work.actor.user_id,
        action=action,
        subject=subject,
        subject_id=subject_id,
        ip=network_of(work.actor.ip),
        details=_plain(details),
    )


def security(work: Work, event: str, *, severity: str = "info", user_id: int | None = None, **details: object) -> None:
    """Note something that concerns safety; severity is info, warning or critical."""
    work.insert(
        SecurityLog,
        at=work.now,
        event=event,
        severity=severity,
        user_id=user_id if user_id is not None else work.actor.user_id,
        ip=network_of(work.actor.ip),
        agent=work.actor.agent[:200],
        details=_plain(details),
    )


def network_of(ip: str) -> str:
    """The /24 or /48 an address belongs to: enough to recognize a place, not a person."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def _plain(details: dict[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False, default=str)
