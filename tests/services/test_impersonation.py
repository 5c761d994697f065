"""Acting in somebody's name: what an administrator can do so, what they can't, and what the logs say of it."""

import json

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, NotFresh, Unauthorized
from talento.models.operations import ActivityLog, SecurityLog
from talento.services import accounts, audit, factors, impersonation, sessions
from talento.services.entry import SignedIn
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.vocabulary.permissions import Permission, Role
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.services.test_factors import HERE, sign_in, who

AWA = "awa@agency.example.com"


def entered(identifier: str = AWA) -> tuple[str, Actor]:
    """A token, and who holds it."""
    signed = sign_in(identifier)
    assert isinstance(signed, SignedIn)
    return signed.token, who(signed.token)


def acting(cast: Cast, whom: Actor | None = None) -> tuple[str, Actor]:
    """Awa's browser, in which she acts in somebody's name (Youssef's, unless said)."""
    token, awa = entered()
    run(awa, impersonation.start, (whom or cast.youssef).user_id)
    return token, who(token)


def events() -> list[tuple[str, int | None, dict]]:
    def read(work: Work) -> list[tuple[str, int | None, dict]]:
        rows = work.session.scalars(select(SecurityLog).order_by(SecurityLog.id))
        return [(row.event, row.user_id, json.loads(row.details)) for row in rows]

    return look(SYSTEM, read)


def test_an_admin_is_somebody_else_until_they_stop(cast: Cast) -> None:
    token, actor = acting(cast)

    assert (actor.user_id, actor.role, actor.name) == (cast.youssef.user_id, Role.RECRUITER, "Youssef")
    assert (actor.by_id, actor.by_name) == (cast.awa.user_id, "Awa")
    assert not actor.can(Permission.ADMINISTER)

    run(actor, impersonation.stop)
    assert who(token).user_id == cast.awa.user_id
    assert who(token).by_id is None


def test_both_ends_and_all_between_are_noted_with_who_it_was(cast: Cast) -> None:
    _, actor = acting(cast)
    run(actor, audit.activity, "project_changed", "project", 1)
    run(actor, impersonation.stop)

    noted = [entry for entry in events() if entry[0].startswith("impersonation")]
    assert noted == [
        ("impersonation_started", cast.awa.user_id, {"subject": cast.youssef.user_id}),
        (
            "impersonation_ended",
            cast.awa.user_id,
            {"subject": cast.youssef.user_id, "by": f"Awa ({cast.awa.user_id})"},
        ),
    ]
    did = look(SYSTEM, lambda work: work.session.scalars(select(ActivityLog)).one())
    assert did.user_id == cast.youssef.user_id
    assert json.loads(did.details) == {"by": f"Awa ({cast.awa.user_id})"}


def test_never_another_admin_nor_oneself(cast: Cast) -> None:
    other = factories.staff("Aïcha", Role.ADMIN)
    _, awa = entered()

    for user_id in (other.user_id, cast.awa.user_id):
        with pytest.raises(Forbidden):
            run(awa, impersonation.start, user_id)


def test_never_a_suspended_account(cast: Cast) -> None:
    _, awa = entered()
    run(cast.awa, accounts.suspend, cast.zoe.user_id)

    with pytest.raises(Conflict):
        run(awa, impersonation.start, cast.zoe.user_id)


@pytest.mark.parametrize("identifier", ["youssef@agency.example.com", "nadia@agency.example.com"])
def test_nobody_but_admins(cast: Cast, identifier: str) -> None:
    _, actor = entered(identifier)

    with pytest.raises(Forbidden):
        run(actor, impersonation.start, cast.zoe.user_id)
    with pytest.raises(Unauthorized):
        run(HERE, impersonation.start, cast.zoe.user_id)


def test_it_needs_a_fresh_proof(cast: Cast, hands: Hands) -> None:
    _, awa = entered()
    hands.later(minutes=10)

    with pytest.raises(NotFresh):
        run(awa, impersonation.start, cast.zoe.user_id)


def test_nothing_that_is_theirs_alone(cast: Cast) -> None:
    token, actor = acting(cast)

    for forbidden in (
        lambda: accounts.confirm(actor, proof=PASSWORD),
        lambda: accounts.change_password(actor, current=PASSWORD, new="another battery staple"),
        lambda: run(actor, factors.enroll),
        lambda: run(actor, accounts.is_fresh),
        lambda: run(actor, impersonation.start, cast.zoe.user_id),
        lambda: run(actor, changes.change, registry.SITE_NAME.key, "Mine", revision=0),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    assert who(token).user_id == cast.youssef.user_id


def test_their_language_stays_theirs(cast: Cast) -> None:
    _, actor = acting(cast)

    run(actor, accounts.choose_locale, "fr")

    assert look(cast.youssef, accounts.me).locale == "en"


def test_whoever_becomes_an_admin_or_is_suspended_is_nobody_to_act_for(cast: Cast) -> None:
    token, _ = acting(cast)
    run(SYSTEM, accounts.change_role, cast.youssef.user_id, "admin")
    assert who(token).user_id == cast.awa.user_id

    token, _ = acting(cast, cast.zoe)
    run(cast.awa, accounts.suspend, cast.zoe.user_id)
    assert who(token).user_id == cast.awa.user_id


def test_it_ends_with_the_session_and_the_role_of_the_admin(cast: Cast, hands: Hands) -> None:
    token, _ = acting(cast)
    factories.staff("Aïcha", Role.ADMIN)
    run(SYSTEM, accounts.change_role, cast.awa.user_id, "recruiter")
    assert who(token).user_id is None

    run(SYSTEM, accounts.change_role, cast.awa.user_id, "admin")
    token, _ = acting(cast)
    hands.later(minutes=31)  # an admin's session, though a recruiter's would end as soon, a talent's much later
    assert who(token).user_id is None


def test_their_own_sessions_are_not_touched(cast: Cast) -> None:
    theirs, _ = entered("youssef@agency.example.com")
    token, actor = acting(cast)

    assert [one.is_current for one in look(actor, sessions.mine)] == [False]
    run(actor, impersonation.stop)
    assert who(theirs).user_id == cast.youssef.user_id
    assert who(theirs).by_id is None


def test_every_process_hears_of_it(cast: Cast) -> None:
    token, awa = entered()
    assert sessions.cached(token) is not None

    sessions.heard([("talent", awa.user_id or 0)])
    assert sessions.cached(token) is not None
    sessions.heard([("session", awa.user_id or 0)])
    assert sessions.cached(token) is None

    run(awa, impersonation.start, cast.youssef.user_id)
    assert sessions.actor(token).by_id == awa.user_id
    sessions.heard([("session", awa.user_id or 0)])
    assert sessions.cached(token) is None
