"""Making a badge worthless: within another action, such as taking somebody off a project."""

from talento.models.casting import Assignment, RevokedBadge
from talento.services import audit
from talento.services.work import Work


def withdraw(work: Work, assignment: Assignment, *, reason: str = "") -> None:
    """Put the present badge of an assignment on the list of revoked ones; the next one made is good again."""
    work.insert(
        RevokedBadge,
        code=assignment.code,
        serial=assignment.badge_serial,
        revoked_at=work.now,
        revoked_by=work.actor.user_id,
        reason=reason[:300],
    )
    audit.security(work, "badge_revoked", code=assignment.code, serial=assignment.badge_serial, reason=reason[:300])
    assignment.badge_serial += 1
    assignment.badge_made_at = None
