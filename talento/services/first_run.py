"""What happens before the first request: the keys are the right ones, the lists are there, somebody can sign in."""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select

from talento.models.accounts import User
from talento.models.operations import AppSettings
from talento.services import accounts, encryption, passwords, reference, seed
from talento.services.casting import demo as casting_demo
from talento.services.cinema import seed as cinema_seed
from talento.services.work import SYSTEM, VISITOR, Work, look, run
from talento.settings import BadConfiguration, settings
from talento.vocabulary.permissions import Role

DEMO_PEOPLE = 1_000
DEMO_CINEMA_TALENTS = 400
CANARY = "encryption.canary"
SONG = "the same key as yesterday"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, shown once."""

    role: Role
    email: str
    password: str


def prepare() -> None:
    """Check the keys, fill the lists; on an empty database, make somebody who can sign in.

    Raises:
        BadConfiguration: the key is not the one the data was encrypted with, or ADMIN_PASSWORD is weak.
    """
    check_key()
    run(SYSTEM, reference.fill)
    if not look(VISITOR, _is_empty):
        return
    if settings().production:
        _first_admin()
    else:
        _demonstration()


def check_key() -> None:
    """Compare today's key with the one the data was written with; nothing is changed when they differ (`EN-04`).

    Raises:
        BadConfiguration: they differ.
    """
    kept = look(VISITOR, _canary)
    if kept is None:
        run(SYSTEM, _place_canary)
        return
    try:
        sung = encryption.keyring().open(kept, CANARY)
    except encryption.Unreadable:
        sung = ""
    if sung != SONG:
        raise BadConfiguration(
            "ENCRYPTION_KEY is not the key this database was encrypted with; put the old one back. Nothing was changed."
        )


def _canary(work: Work) -> str | None:
    row = work.session.get(AppSettings, CANARY)
    return row.value if row else None


def _place_canary(work: Work) -> None:
    work.insert(AppSettings, key=CANARY, value=encryption.keyring().seal(SONG, CANARY), updated_at=work.now)


def _is_empty(work: Work) -> bool:
    return not work.session.scalar(select(func.count()).select_from(User))


def _first_admin() -> None:
    link = run(SYSTEM, invite_admin, "admin@localhost.localdomain")
    print(f"Make the first admin: open this link once, within 72 hours:\n  {link}", flush=True)


def invite_admin(work: Work, email: str) -> str:
    """Make an admin account; returns the single-use link that sets its password."""
    user = accounts.create_staff(work, email=email, role=Role.ADMIN, name="Admin")
    return accounts.first_link(work, user.id or 0, accounts.Purpose.ACTIVATE)


def _demonstration() -> None:
    made = [_demo_account(role) for role in (Role.ADMIN, Role.RECRUITER, Role.PRESENCE)]
    print(f"Making {DEMO_PEOPLE + DEMO_CINEMA_TALENTS:,} demonstration people…", flush=True)
    seed.seed(DEMO_PEOPLE)
    cinema_seed.seed(DEMO_CINEMA_TALENTS)
    casting_demo.seed()
    made.append(_demo_talent())
    print("\nDemonstration accounts (shown once, never stored in clear):", flush=True)
    for account in made:
        print(f"  {account.role.value:<10} {account.email:<28} {account.password}", flush=True)
    print(flush=True)


def _demo_account(role: Role) -> DemoAccount:
    password = _password(role)
    email = f"{role.value}@demo.example.com"
    run(SYSTEM, accounts.create_staff, email=email, role=role, name=role.en, password_hash=passwords.hashed(password))
    return DemoAccount(role, email, password)


def _password(role: Role) -> str:
    if role is Role.ADMIN and settings().admin_password:
        return checked_admin_password()
    return "-".join(secrets.token_hex(2) for _ in range(4))


def checked_admin_password() -> str:
    """ADMIN_PASSWORD, if it is strong enough.

    Raises:
        BadConfiguration: it is not.
    """
    try:
        return passwords.checked(settings().admin_password)
    except passwords.Invalid as refusal:
        raise BadConfiguration(f"ADMIN_PASSWORD is refused: {refusal}") from None


def _demo_talent() -> DemoAccount:
    """The first demonstration person, made able to sign in."""
    password = _password(Role.USER)
    email = run(SYSTEM, _give_password, passwords.hashed(password))
    return DemoAccount(Role.USER, email, password)


def _give_password(work: Work, kept: str) -> str:
    user = work.session.scalars(select(User).where(User.role == Role.USER).order_by(User.id).limit(1)).one()
    user.password_hash, user.email_verified_at = kept, work.now
    return user.email
