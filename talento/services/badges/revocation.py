"""Which badges are good, which were revoked, and who stands behind one that is scanned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talento.errors import Invalid, NotFound
from talento.models.casting import Assignment, Project, RevokedBadge
from talento.services import codes, live
from talento.services.badges import keys, signature, withdrawal
from talento.services.badges.signature import Badge, fingerprint
from talento.services.casting import access
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

UNDATED = timedelta(days=365)
"""How long a badge is good when neither the assignment nor the project has a last day."""

AFTER = timedelta(days=1)
"""A night shoot goes on after the last day."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who a scanned badge or code belongs to."""

    assignment_id: int
    project_id: int
    talent_id: int
    code: str
    is_signed: bool


def claims(assignment: Assignment, project: Project, today: date) -> Badge:
    """What the badge of an assignment says."""
    last = assignment.ends_on or project.ends_on
    return Badge(assignment.code, assignment.badge_serial, last + AFTER if last else today + UNDATED)


def revoke(work: Work, assignment_id: int, *, reason: str = "") -> int:
    """Make the badge worthless wherever the list of revoked badges is known; the next one made is good again.

    Returns the serial of the next badge. Team and admins.

    Raises:
        NotFound: no such assignment on a project of theirs.
    """
    assignment = _theirs(work, assignment_id)
    withdrawal.withdraw(work, assignment, reason=reason)
    live.publish(work, "assignment", assignment.project_id)
    return assignment.badge_serial


def revoked(work: Work) -> list[str]:
    """The fingerprints of every revoked badge, oldest first. Anybody may ask: they tell nothing else."""
    rows = work.session.execute(select(RevokedBadge.code, RevokedBadge.serial).order_by(RevokedBadge.id))
    return [fingerprint(code, serial) for code, serial in rows]


def published(work: Work) -> bytes:
    """The list for devices without a network, as `signature.signed_list` writes it."""
    return signature.signed_list(revoked(work), work.now, keys.signing_key())


def identify(work: Work, scanned: str) -> Known:
    """Who stands behind a scanned badge, the older plain QR, or an assignment code in any form.

    Raises:
        NotFound: nobody is assigned under this code.
        Invalid: a forged, expired or revoked badge; the sentence says which.
    """
    work.require(Permission.SEE_SHEET)
    if signature.is_signed(scanned):
        return _of_badge(work, scanned)
    found = _assigned(work, codes.assignment_readings(scanned))
    if len(found) != 1:
        raise NotFound("Nobody is assigned under this code.")
    return _known(found[0], is_signed=False)


def _of_badge(work: Work, scanned: str) -> Known:
    badge = signature.verified(
        scanned, keys.checking_key(work), today=work.now.date(), revoked=frozenset(revoked(work))
    )
    found = _assigned(work, [badge.code])
    if not found:
        raise NotFound("Nobody is assigned under this code.")
    if badge.serial != found[0].badge_serial:
        raise Invalid("This badge was revoked.")
    return _known(found[0], is_signed=True)


def _assigned(work: Work, said: Sequence[str]) -> list[Assignment]:
    rows = select(Assignment).where(Assignment.code.in_(said), Assignment.removed_at.is_(None))
    return list(work.session.scalars(rows))


def _known(assignment: Assignment, *, is_signed: bool) -> Known:
    return Known(assignment.id or 0, assignment.project_id, assignment.talent_id, assignment.code, is_signed)


def _theirs(work: Work, assignment_id: int) -> Assignment:
    work.require(Permission.CASTING)
    row = work.session.get(Assignment, assignment_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such assignment.")
    access.project(work, row.project_id)
    return row
