"""What an operator types: `python -m talento <command>`."""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from talento.edge import build as frontend
from talento.edge.build import environment
from talento.edge.limits import Limits
from talento.settings import (
    EXIT_CONFIG,
    ROOT,
    BadConfiguration,
    Settings,
    new_fernet_key,
    settings,
    write_development_secrets,
)

APP = "talento.talento:app"
ROOM = 4096  # an open socket takes a place; this is more than Limits allow


@dataclass(frozen=True)
class Command:
    """One verb of the command line: the first line of its docstring is its help."""

    action: Callable[[argparse.Namespace], None]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None

    @property
    def help(self) -> str:
        return (self.action.__doc__ or "").strip().splitlines()[0]


def run(options: argparse.Namespace) -> None:
    """Serve Talento: check the settings, build what changed, migrate, fill an empty database, start."""
    config = checked_settings()
    refuse_taken_port(config)
    if not options.no_build:
        build(argparse.Namespace(force=False))
    prepare()
    print(f"Talento is at {config.base_url}  (Ctrl-C stops it)", flush=True)
    serve(config)


def build(options: argparse.Namespace) -> None:
    """Compile the pages, unless the same sources were compiled before."""
    if not frontend.build(force=options.force):
        print("The pages are built already.", flush=True)


def prepare() -> None:
    """Bring the database up to date and, the first time, fill it."""
    from talento.services import database, first_run

    database.migrate()
    first_run.prepare()
    database.engine().dispose()  # a connection must not be shared with the workers
    database.engine.cache_clear()


def check_migrations(options: argparse.Namespace) -> None:
    """Check that the migrations lead to the very tables that the models describe."""
    from alembic import command
    from talento.services import database

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/check.db"
        database.migrate(url)
        command.check(database.alembic_config(url))


def checked_settings() -> Settings:
    """The settings, with secrets made on the first start in development.

    Raises:
        BadConfiguration: one sentence that names what is missing or weak.
    """
    try:
        if not settings().production and write_development_secrets():
            settings.cache_clear()
            print("Made .env with fresh secrets, for you alone to read.", flush=True)
        settings().refuse_weakness()
        return settings()
    except ValidationError as error:
        names = ", ".join(str(problem["loc"][0]).upper() for problem in error.errors())
        raise BadConfiguration(f"{names}: the value cannot be understood.") from None


def refuse_taken_port(config: Settings) -> None:
    """Stop with one sentence when somebody else listens there already."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            raise SystemExit(
                f"Port {config.port} on {config.host} is taken: stop the other program, or set PORT to another number."
            ) from None


def serve(config: Settings) -> None:
    """Run granian until it is told to stop. Its workers are forked, and so need not load again what is loaded here."""
    from granian import Granian
    from granian.constants import Interfaces

    os.chdir(ROOT)
    os.environ.update(serving_environment())
    Granian(
        APP,
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGI,
        workers=config.workers,
        factory=True,
        backlog=ROOM,
        backpressure=ROOM,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_access=False,
    ).serve()


def serving_environment() -> dict[str, str]:
    """The environment of the server. The names with two underscores are Reflex's own, covered by a smoke test."""
    return environment() | {
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(Limits().frame_bytes),
    }


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-build", action="store_true", help="serve the pages that are there")


def seed(options: argparse.Namespace) -> None:
    """Fill the database with invented people."""
    from talento.services import first_run
    from talento.services import seed as general
    from talento.services.cinema import seed as cinema

    checked_settings()
    prepare_empty()
    first_run.check_key()
    roster = cinema if options.cinema else general
    roster.seed(options.count, seed=options.seed, progress=lambda done: print(f"  {done:,} people", flush=True))


def keys(options: argparse.Namespace) -> None:
    """Make an encryption key, move everything to the newest one, or say what each still seals."""
    from talento.services import rotation

    if options.what == "new":
        print(new_fernet_key())
        return
    checked_settings()
    if options.what == "rotate":
        changed = rotation.rotate(lambda table, done: print(f"  {table}: {done:,} rows renewed so far", flush=True))
        print(f"{changed:,} rows were sealed again.")
    for key, count in rotation.left().items():
        print(f"key {key} seals {count:,} values")


def badge(options: argparse.Namespace) -> None:
    """Print the public key of badges, or check a scanned badge without a network."""
    if options.what == "verify":
        check_badge(options)
        return
    from talento.services.badges import keys

    checked_settings()
    print(keys.public_pem().decode(), end="")


def check_badge(options: argparse.Namespace) -> None:
    """Say whether a badge is good: only files are read, no database.

    Raises:
        SystemExit: with the reason why it is refused.
    """
    from talento import clock
    from talento.errors import Refusal
    from talento.services.badges import signature

    if not options.text or not options.key:
        raise SystemExit("Give the text of the badge, and --key with the file of the public key.")
    try:
        key = signature.public_key(options.key.read_bytes())
        revoked = signature.revoked_in(options.revoked.read_bytes(), key) if options.revoked else frozenset()
        found = signature.verified(options.text, key, today=clock.today(), revoked=revoked)
    except (OSError, Refusal) as refused:
        raise SystemExit(str(refused)) from None
    print(f"{found.code} is good until {found.last_day.isoformat()}.")


def audit(options: argparse.Namespace) -> None:
    """Check that nobody changed, removed, added or swapped entries of the logs.

    Raises:
        SystemExit: 1, when a log was tampered with; 2, when a head that was given makes no sense.
    """
    from talento.services import chain
    from talento.services.work import SYSTEM, look

    checked_settings()
    try:
        known = {one.log: one for one in map(chain.head_of, options.known)}
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(2) from None
    verdicts = [look(SYSTEM, chain.verify, log, known=known.get(log)) for log in chain.LOGS]
    for verdict in verdicts:
        print(f"{verdict.log}: {chain.told(verdict)}")
        print(f"  head {look(SYSTEM, chain.head, verdict.log)}")
    if any(verdict.fault for verdict in verdicts):
        raise SystemExit(1)


def create_admin(options: argparse.Namespace) -> None:
    """Make an admin account and print the single-use link that sets its password."""
    from talento.services import first_run
    from talento.services.work import SYSTEM, run

    checked_settings()
    print(run(SYSTEM, first_run.invite_admin, options.email))


def remove_factor(options: argparse.Namespace) -> None:
    """Take the second factor off an account whose owner lost app, passkeys and recovery codes; they are told by mail.

    Raises:
        SystemExit: no account has this address.
    """
    from talento.services import factors
    from talento.services.work import SYSTEM, run

    checked_settings()
    if not run(SYSTEM, factors.remove_of, options.email):
        raise SystemExit("No account has this address, or it has no second factor.")
    print("Removed. The password alone opens the account now; the owner has been told.")


def unblock(options: argparse.Namespace) -> None:
    """Let a blocked address in again, or everybody: the way out for whoever shut themselves out.

    Raises:
        SystemExit: this is no address, or it is not blocked.
    """
    from talento.errors import Refusal
    from talento.services.security import blocks
    from talento.services.work import SYSTEM, run

    if bool(options.address) is options.all:
        raise SystemExit("Give an address, or --all.")
    checked_settings()
    try:
        lifted = run(SYSTEM, blocks.lift_all, options.address)
    except Refusal as refused:
        raise SystemExit(str(refused)) from None
    if not lifted:
        raise SystemExit("Nothing is blocked." if options.all else f"{options.address} is not blocked.")
    print(f"Lifted: {', '.join(lifted)}. The running site knows within a second.")


def prepare_empty() -> None:
    """Bring the schema and the lists up to date without inventing anybody."""
    from talento.services import database, reference
    from talento.services.work import SYSTEM, run

    database.migrate()
    run(SYSTEM, reference.fill)


def _seed_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("count", type=int, nargs="?", default=1_000, help="how many people")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other people")
    parser.add_argument("--cinema", action="store_true", help="people of the casting roster")


def _keys_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("new", "rotate", "status"))


def _badge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("key", "verify"))
    parser.add_argument("text", nargs="?", default="", help="what the QR of the badge says")
    parser.add_argument("--key", type=Path, help="file of the public key (PEM)")
    parser.add_argument("--revoked", type=Path, help="file of the list of revoked badges (JSON)")


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify",))
    parser.add_argument("--known", nargs="*", default=[], help="heads kept elsewhere, as a recap or the log says them")


def _admin_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")


def _unblock_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", nargs="?", default="", help="an address or a network, as it is listed")
    parser.add_argument("--all", action="store_true", help="lift every block")


COMMANDS = {
    "run": Command(run, _run_arguments),
    "build": Command(build, _build_arguments),
    "check-migrations": Command(check_migrations),
    "seed": Command(seed, _seed_arguments),
    "keys": Command(keys, _keys_arguments),
    "create-admin": Command(create_admin, _admin_arguments),
    "remove-factor": Command(remove_factor, _admin_arguments),
    "unblock": Command(unblock, _unblock_arguments),
    "audit": Command(audit, _audit_arguments),
    "badge": Command(badge, _badge_arguments),
}


def parser() -> argparse.ArgumentParser:
    """The command line, made from COMMANDS."""
    root = argparse.ArgumentParser(prog="talento", description="Talento, a talent registry and casting platform.")
    verbs = root.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        verb = verbs.add_parser(name, help=command.help, description=command.help)
        command.arguments(verb)
        verb.set_defaults(action=command.action)
    return root


def main(arguments: list[str] | None = None) -> None:
    """Do what the operator typed; a wrong setting ends it with one sentence and exit code 78."""
    options = parser().parse_args(arguments)
    try:
        options.action(options)
    except BadConfiguration as refusal:
        print(refusal, file=sys.stderr)
        raise SystemExit(EXIT_CONFIG) from None
