"""What needs a proof of the last ten minutes: asked for by each of these, and by nothing that is not listed here."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from talento.errors import Invalid, NotFresh, Refusal
from talento.services import accounts, factors, impersonation, logs, passkeys
from talento.services.documents import casting
from talento.services.logs import Filters
from talento.services.preferences import changes, registry
from talento.services.presence import exports
from talento.services.talents import profile
from talento.services.work import SYSTEM, Actor, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.services.test_factors import asked, entered, sign_in, who, with_app

SERVICES = Path(__file__).parents[2] / "talento" / "services"
AWA, YOUSSEF = "awa@agency.example.com", "youssef@agency.example.com"
KEY = registry.OMDB_KEY.key


def project_of(actor: Actor) -> int:
    return factories.project(actor)


def export_hours(actor: Actor) -> object:
    span = {"first": date(2027, 4, 1), "last": date(2027, 4, 2)}
    return exports.export(actor, project_of(actor), **span, ending="csv", locale="en")


def change_address(actor: Actor) -> object:
    return run(actor, profile.edit, step="contact", typed={"email": "new@example.com", "phone": "0612345678"})


NEEDS: dict[str, tuple[str, Callable[[Actor], object]]] = {
    "accounts.change_email": ("amina@example.com", change_address),
    "accounts.change_role": (AWA, lambda actor: run(actor, accounts.change_role, actor.user_id, "user")),
    "accounts.is_fresh": (YOUSSEF, lambda actor: run(actor, accounts.is_fresh)),
    "accounts.invite": (
        AWA,
        lambda actor: run(actor, accounts.invite, email="new@agency.example.com", role="presence"),
    ),
    "documents.casting._fresh_cast": (YOUSSEF, lambda actor: casting.cast(actor, project_of(actor), locale="en")),
    "factors._require_fresh": (YOUSSEF, lambda actor: factors.turn_on(actor, code="123456")),
    "factors.drop_app": (YOUSSEF, lambda actor: run(actor, factors.drop_app)),
    "factors.enroll": (YOUSSEF, lambda actor: run(actor, factors.enroll)),
    "factors.remove_for": (AWA, lambda actor: run(actor, factors.remove_for, actor.user_id)),
    "factors.renew": (YOUSSEF, lambda actor: run(actor, factors.renew)),
    "impersonation.start": (AWA, lambda actor: run(actor, impersonation.start, actor.user_id)),
    "logs._may_export": (AWA, lambda actor: logs.export(actor, "security", Filters(), locale="en")),
    "passkeys._myself": (YOUSSEF, lambda actor: run(actor, passkeys.to_add)),
    "preferences.changes._allow_secrets": (AWA, lambda actor: run(actor, changes.change, KEY, "abcd1234", revision=0)),
    "presence.exports._exported": (YOUSSEF, export_hours),
}
"""Who asks for a fresh proof, somebody who may otherwise do it, and how."""


def asking() -> Iterator[str]:
    """The functions of the services that call `work.require_fresh()`."""
    for path in SERVICES.rglob("*.py"):
        module = ".".join(path.relative_to(SERVICES).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "work.require_fresh()" in ast.unparse(node):
                yield f"{module}.{node.name}"


def test_every_function_that_asks_is_tried_here() -> None:
    assert sorted(asking()) == sorted(NEEDS)


@pytest.mark.parametrize("name", NEEDS)
def test_it_is_refused_ten_minutes_after_signing_in_until_there_is_a_proof(cast: Cast, hands: Hands, name: str) -> None:
    identifier, act = NEEDS[name]
    if identifier == "amina@example.com":
        factories.with_password(factories.talent()[0])
    actor = entered(identifier)
    hands.later(minutes=10)

    with pytest.raises(NotFresh):
        act(actor)

    accounts.confirm(actor, proof=PASSWORD)
    try:
        act(actor)
    except Refusal as refusal:
        assert not isinstance(refusal, NotFresh)


@pytest.mark.parametrize("name", NEEDS)
def test_twin_without_the_question_a_stale_session_does_it(
    cast: Cast, hands: Hands, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier, act = NEEDS[name]
    if identifier == "amina@example.com":
        factories.with_password(factories.talent()[0])
    actor = entered(identifier)
    hands.later(minutes=10)
    monkeypatch.setattr("talento.services.work.Work.require_fresh", lambda work: None)

    try:
        act(actor)
    except Refusal as refusal:
        assert not isinstance(refusal, NotFresh)


def test_faces_of_a_cast_need_one_and_a_badge_does_not(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    project_id = project_of(youssef)
    hands.later(minutes=10)

    with pytest.raises(NotFresh):
        casting.contacts(youssef, project_id, locale="en")
    with pytest.raises(Invalid, match="Nobody is assigned"):
        casting.badge_sheet(youssef, project_id, locale="en")


def test_a_secret_is_removed_only_with_a_fresh_proof(cast: Cast, hands: Hands) -> None:
    awa = entered(AWA)
    run(awa, changes.change, KEY, "abcd1234", revision=0)
    hands.later(minutes=10)

    with pytest.raises(NotFresh):
        run(awa, changes.reset, KEY, revision=1)


def test_other_settings_and_other_answers_need_none(cast: Cast, hands: Hands) -> None:
    factories.with_password(factories.talent()[0])
    awa, amina = entered(AWA), entered("amina@example.com")
    hands.later(minutes=11)

    run(awa, changes.change, registry.SITE_NAME.key, "Casablanca Casting", revision=0)
    run(amina, profile.edit, step="contact", typed={"email": "amina@example.com", "phone": "0612345670"})


def test_a_code_that_opened_the_session_is_a_proof_too(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    token = asked()
    hands.later(minutes=9)
    actor = who(accounts.entry.answer(Actor(ip="192.0.2.1"), token=token, code=app.code()).token)
    hands.later(minutes=9)

    run(actor, accounts.is_fresh)


def test_an_admin_helps_somebody_who_lost_app_and_codes(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_app(youssef, hands)
    awa = entered(AWA)

    run(awa, factors.remove_for, youssef.user_id)

    assert not isinstance(sign_in(), accounts.Asked)
    with pytest.raises(Refusal):
        run(awa, factors.remove_for, youssef.user_id)
    noted = look(SYSTEM, logs.page, "security", Filters(name="factor_off")).entries
    assert [(one.who, one.details) for one in noted] == [("Awa", [("subject", str(youssef.user_id))])]


@pytest.mark.parametrize("name", ["youssef", "nadia", "zoe"])
def test_nobody_else_takes_a_second_factor_away(cast: Cast, hands: Hands, name: str) -> None:
    with pytest.raises(Refusal):
        run(getattr(cast, name), factors.remove_for, cast.awa.user_id)


def test_the_operator_and_scheduled_tasks_are_not_asked(cast: Cast) -> None:
    assert logs.export(SYSTEM, "security", Filters(), locale="en").data
