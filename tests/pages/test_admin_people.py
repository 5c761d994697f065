"""Accounts, for admins: found by name, e-mail or code; suspended, signed out, sent a link."""

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import accounts, people, sessions
from talento.services.work import SYSTEM, VISITOR, look, run, work
from talento.state.admin_people import PeopleState
from tests import factories
from tests.factories import Cast


def names(cast: Cast, **wanted) -> list[str]:
    return [person.name for person in look(cast.awa, people.page, **wanted).rows]


def test_people_are_found_by_parts_of_name_and_mail(cast: Cast) -> None:
    factories.talent()

    assert names(cast, text="ben AMI") == ["Amina Benali"]
    assert names(cast, text="youssef@agency") == ["Youssef"]
    assert names(cast, text="nobody here") == []


def test_people_are_found_by_code_in_any_form(cast: Cast) -> None:
    _, made = factories.talent()
    code = made.code

    for said in (code, code.lower(), f"{code[:2]} {code[2:7]}-{code[7:]}", code[:6], f"http://localhost:5000/t/{code}"):
        assert names(cast, text=said) == ["Amina Benali"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "a%b", "'; DROP TABLE user; --", "😀", "x" * 5000])
def test_odd_searches_find_nothing_by_accident(cast: Cast, text: str) -> None:
    assert names(cast, text=text) == []


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u202e"])
def test_a_search_for_nothing_shows_everybody(cast: Cast, text: str) -> None:
    assert len(names(cast, text=text)) == 4


def test_the_list_is_narrowed_by_role_and_state(cast: Cast) -> None:
    factories.talent()
    run(cast.awa, accounts.suspend, cast.nadia.user_id)

    assert names(cast, role="recruiter") == ["Youssef"]
    assert names(cast, state="suspended") == ["Nadia"]
    assert names(cast, state="invited") == ["Amina Benali"]
    assert set(names(cast, state="active")) == {"Awa", "Youssef", "Zoé"}
    assert names(cast, sort="-name")[0] == "Zoé"


def test_pages_do_not_overlap(cast: Cast) -> None:
    for number in range(people.PAGE):
        factories.staff(f"Extra{number}", people.Role.PRESENCE)

    first, second = (look(cast.awa, people.page, offset=offset) for offset in (0, people.PAGE))

    assert first.total == second.total == people.PAGE + 4
    assert not {person.id for person in first.rows} & {person.id for person in second.rows}
    assert len(second.rows) == 4


def test_last_seen_and_devices_are_counted(cast: Cast) -> None:
    with work(SYSTEM) as opened:
        user = opened.get(accounts.User, cast.zoe.user_id)
        tokens = [sessions.start(opened, user, is_remembered=False)[0] for _ in range(3)]
    run(cast.zoe, sessions.end, tokens[0])

    zoe = look(cast.awa, people.one, cast.zoe.user_id)
    nadia = look(cast.awa, people.one, cast.nadia.user_id)

    assert (zoe.devices, nadia.devices) == (2, 0)
    assert zoe.seen_at is not None and nadia.seen_at is None


def test_a_link_is_mailed_and_noted_but_not_to_a_suspended_account(cast: Cast) -> None:
    assert run(cast.awa, people.send_link, cast.zoe.user_id) == "zoe@agency.example.com"

    with work(SYSTEM) as opened:
        assert opened.session.scalars(select(OutgoingMail.recipient)).all() == ["zoe@agency.example.com"]
        assert "reset_sent" in opened.session.scalars(select(SecurityLog.event)).all()
    run(cast.awa, accounts.suspend, cast.zoe.user_id)
    with pytest.raises(Conflict):
        run(cast.awa, people.send_link, cast.zoe.user_id)


@pytest.mark.parametrize("who", ["youssef", "nadia", "zoe"])
def test_only_admins_see_accounts(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)

    for action, arguments in ((people.page, {}), (people.one, {"user_id": 1}), (people.send_link, {"user_id": 1})):
        with pytest.raises(Forbidden):
            run(actor, action, **arguments)
    with pytest.raises(Forbidden):
        run(actor, accounts.suspend, cast.awa.user_id)


async def test_a_suspension_ends_every_session_and_shows_at_once(cast: Cast, tab) -> None:
    with work(SYSTEM) as opened:
        token, _ = sessions.start(opened, opened.get(accounts.User, cast.zoe.user_id), is_remembered=True)
    assert sessions.actor(token).user_id == cast.zoe.user_id
    desk = tab(cast.awa)
    await desk.call(PeopleState.open)
    await desk.call(PeopleState.look_at, cast.zoe.user_id)

    state = await desk.call(PeopleState.suspend, cast.zoe.user_id)

    assert sessions.actor(token) == VISITOR
    assert state.person.is_suspended and state.person.devices == 0
    assert await desk.said() == ["Zoé is suspended and signed out everywhere."]


async def test_an_admin_does_not_shut_themselves_out(cast: Cast, tab) -> None:
    desk = tab(cast.awa)
    await desk.call(PeopleState.open)

    await desk.call(PeopleState.suspend, cast.awa.user_id)

    assert await desk.said() == ["You can't suspend your own account."]


async def test_the_search_starts_at_the_first_page(cast: Cast, tab) -> None:
    for number in range(people.PAGE):
        factories.staff(f"Extra{number}", people.Role.PRESENCE)
    desk = tab(cast.awa)
    await desk.call(PeopleState.open)
    state = await desk.call(PeopleState.turn, 1)
    assert state.offset == people.PAGE

    state = await desk.call(PeopleState.search, "zoe")

    assert (state.offset, state.total, state.last) == (0, 1, 1)


def test_an_invitation_is_sent_again_as_an_invitation(cast: Cast) -> None:
    email = run(cast.awa, accounts.invite, email="lina@agency.example.com", role="presence")
    lina = look(cast.awa, people.page, text=email).rows[0]

    assert run(cast.awa, people.send_link, lina.id) == email

    with work(SYSTEM) as opened:
        assert opened.session.scalars(select(OutgoingMail.kind)).all() == ["invitation"] * 2


async def test_a_refused_invitation_stays_open_with_the_reason(cast: Cast, tab) -> None:
    desk = tab(cast.awa)
    await desk.call(PeopleState.open)
    await desk.call(PeopleState.start_inviting)

    typed = {"email": "youssef@agency.example.com", "name": "", "role": "recruiter", "locale": "en"}
    state = await desk.call(PeopleState.invite, typed)
    assert state.is_inviting
    assert state.invitation_error == "This e-mail already has an account."

    state = await desk.call(PeopleState.invite, typed | {"email": "lina@agency.example.com"})
    assert not state.is_inviting
    assert await desk.said() == ["An invitation is on its way to lina@agency.example.com."]
    assert "lina@agency.example.com" in [person.email for person in state.rows]
