"""Recovery codes: ten on paper, each of which opens an account once when its second factors are lost (`AU-13`)."""

import hashlib
import hmac
import secrets
from uuid import uuid4

from sqlalchemy import delete, func, select, update

from talento.models.accounts import RecoveryCode, User
from talento.services import audit
from talento.services.encryption import keyring
from talento.services.mail import messages
from talento.services.work import Work

COUNT = 10
LENGTH = 12
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def renewed(work: Work, user: User) -> list[str]:
    """New codes for somebody, as they are shown once; the former ones stop working."""
    forget(work, user)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
    for code in codes:
        uid = uuid4().hex
        sealed = keyring().seal(_hash(uid, code), "recovery", uid, "hash")
        work.insert(RecoveryCode, uid=uid, user_id=user.id, hash=sealed)
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in codes]


def forget(work: Work, user: User) -> None:
    """Somebody's codes open nothing any more."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def left(work: Work, user_id: int) -> int:
    """How many of somebody's codes were not used."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return work.session.execute(unused).scalar() or 0


def opens(work: Work, user_id: int, said: str) -> bool:
    """Whether this is one of somebody's codes; it counts once."""
    code = "".join(filter(str.isalnum, said.lower()))
    if len(code) != LENGTH:
        return False
    unused = select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    for row in work.session.scalars(unused):
        kept = keyring().open(row.hash, "recovery", row.uid, "hash")
        if hmac.compare_digest(kept, _hash(row.uid, code)):
            return _use(work, row)
    return False


def _hash(uid: str, code: str) -> str:
    return hashlib.sha256(f"{uid}\0{code}".encode()).hexdigest()


def _use(work: Work, row: RecoveryCode) -> bool:
    mark = update(RecoveryCode).where(RecoveryCode.id == row.id, RecoveryCode.used_at.is_(None))
    if work.changed(mark.values(used_at=work.now)) != 1:
        return False
    audit.security(work, "recovery_used", severity="warning", user_id=row.user_id)
    messages.factor_changed(work, work.get(User, row.user_id), "recovery_used")
    return True
