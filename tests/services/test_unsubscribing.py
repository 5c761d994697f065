"""Refusing a kind of message: by the link at its foot, on one's account; never an essential one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from talento import clock
from talento.errors import Forbidden, Invalid, NotFound, Unauthorized
from talento.models.accounts import User
from talento.models.operations import ActivityLog, OutgoingMail
from talento.services import accounts, encryption
from talento.services.mail import delivery, kinds, listing, messages, unsubscribing
from talento.services.mail.letter import UNSUBSCRIBE
from talento.services.mail.smtp import Smtp
from talento.services.mail.unsubscribing import Wish
from talento.services.preferences import changes
from talento.services.work import SYSTEM, VISITOR, Work, look, run
from talento.vocabulary.mailing import Tls
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast
from tests.postmen import SENDER, Provider, Smtpd

ZOE = "zoe@agency.example.com"
KIND = "profile_added"


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()


def tell(work: Work, user_id: int) -> None:
    messages.profile_added(work, work.get(User, user_id), first_name="Zoé", code="MAF0001RAB")


def remind(work: Work, user_id: int) -> None:
    messages.password_reset(work, work.get(User, user_id), "http://localhost:5000/password/SECRETTOKEN")


def stored() -> list[OutgoingMail]:
    return look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))))


def token(email: str = ZOE, kind: str = KIND) -> str:
    return unsubscribing.link(email, kind, clock.today()).rpartition("/")[2]


def is_left(email: str = ZOE, kind: str = KIND) -> bool:
    return look(SYSTEM, unsubscribing.has_left, email, kind)


# The wire


def test_mail_programs_find_the_button_in_sendgrids_headers(cast: Cast, provider: Provider) -> None:
    run(SYSTEM, tell, cast.zoe.user_id)
    delivery.deliver_due(provider.transport)

    [sent] = provider.heard
    link = sent["headers"]["List-Unsubscribe"].strip("<>")
    assert sent["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert look(VISITOR, unsubscribing.asked, link.rpartition("/")[2]) == Wish(KIND, True)
    assert all(link in part["value"] and UNSUBSCRIBE not in part["value"] for part in sent["content"])
    assert "zoe" not in link


def test_mail_programs_find_the_button_in_the_headers_of_smtp_whole(cast: Cast, tmp_path: Path) -> None:
    server = Smtpd(tmp_path)
    run(SYSTEM, tell, cast.zoe.user_id)
    try:
        delivery.deliver_due(
            Smtp("localhost", server.port, Tls.STARTTLS, Smtpd.USER, Smtpd.PASSWORD, SENDER, server.authority, 5)
        )
    finally:
        server.controller.stop()

    [got] = server.received
    link = str(got["List-Unsubscribe"]).strip("<>")
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in server.raw[0]
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert look(VISITOR, unsubscribing.asked, link.rpartition("/")[2]) == Wish(KIND, True)


def test_essential_messages_and_copies_have_no_such_button(cast: Cast, provider: Provider) -> None:
    run(cast.awa, kinds.copy, KIND, is_copied=True)
    run(cast.awa, changes.change, "mail_copy_to", "office@example.com", revision=0)
    run(SYSTEM, remind, cast.zoe.user_id)
    run(SYSTEM, tell, cast.zoe.user_id)
    delivery.deliver_due(provider.transport)

    by_reader = {(sent["personalizations"][0]["to"][0]["email"], "headers" in sent) for sent in provider.heard}
    assert by_reader == {(ZOE, False), (ZOE, True), ("office@example.com", False)}
    copy = next(sent for sent in provider.heard if "office" in str(sent["personalizations"]))
    assert "unsubscribe" not in str(copy["content"])


def test_no_stored_message_holds_the_link(cast: Cast, provider: Provider) -> None:
    run(SYSTEM, tell, cast.zoe.user_id)
    delivery.deliver_due(provider.transport)

    [row] = stored()
    view = look(cast.awa, listing.read, row.id)

    assert "/unsubscribe/" not in row.text + row.html + view.text + view.html
    assert UNSUBSCRIBE in row.html and UNSUBSCRIBE not in view.html


# The wish


def test_who_refuses_a_kind_gets_no_more_of_it_and_every_other(cast: Cast, provider: Provider) -> None:
    run(VISITOR, unsubscribing.answer, token(), is_on=False)
    for write in (tell, remind):
        run(SYSTEM, write, cast.zoe.user_id)
    run(SYSTEM, tell, cast.youssef.user_id)

    assert delivery.deliver_due(provider.transport) == 2

    assert [(row.kind, row.status) for row in stored()] == [
        (KIND, "suppressed"), ("password_reset", "sent"), (KIND, "sent"),
    ]  # fmt: skip
    assert stored()[0].problem == delivery.NOT_WANTED


def test_looking_changes_nothing_and_a_wish_is_taken_back_and_noted(cast: Cast) -> None:
    look(VISITOR, unsubscribing.asked, token())
    assert not is_left()
    for is_on in (False, False, True, True):
        assert run(VISITOR, unsubscribing.answer, token(), is_on=is_on) == Wish(KIND, is_on)
        assert is_left() is not is_on

    noted = look(SYSTEM, lambda work: list(work.session.scalars(select(ActivityLog.action).order_by(ActivityLog.id))))
    assert noted == ["unsubscribed", "subscribed"]


def test_an_essential_kind_can_not_be_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        run(VISITOR, unsubscribing.answer, token(kind="password_reset"), is_on=False)
    with pytest.raises(Invalid):
        run(cast.zoe, unsubscribing.choose, "password_reset", is_on=False)
    assert not is_left(kind="password_reset")


@pytest.mark.parametrize("bad", ["", "x", "v1.00000000.gAAA", "é" * 400, ".." * 40, "a.b.c", "\0"])
def test_a_link_that_is_none_says_so(cast: Cast, bad: str) -> None:
    for action in (unsubscribing.asked, unsubscribing.answer):
        more = {"is_on": False} if action is unsubscribing.answer else {}
        with pytest.raises(NotFound):
            run(VISITOR, action, bad, **more)


def test_an_altered_link_or_one_sealed_for_something_else_is_none(cast: Cast) -> None:
    good = token()
    other = encryption.keyring().seal(f'["{ZOE}", "{KIND}", "2026-01-01"]', "outbox", "1", "secret")

    for bad in (good[:-3] + "AAA", good[:40] + "B" + good[41:], other.replace(":", ".").rstrip("=")):
        with pytest.raises(NotFound):
            look(VISITOR, unsubscribing.asked, bad)


def test_a_link_works_for_more_than_a_year_and_then_no_more(cast: Cast, hands: Hands) -> None:
    old = token()
    hands.later(days=unsubscribing.LIFE / timedelta(days=1))
    assert look(VISITOR, unsubscribing.asked, old).is_on
    hands.later(days=1)

    with pytest.raises(NotFound, match="no longer works"):
        run(VISITOR, unsubscribing.answer, old, is_on=False)


# One's account


def test_the_account_shows_what_one_may_refuse_and_what_a_link_refused(cast: Cast) -> None:
    amina, _ = factories.talent()
    run(VISITOR, unsubscribing.answer, token("amina@example.com", "selection"), is_on=False)

    shown = {wish.kind: wish.is_on for wish in look(amina, unsubscribing.mine)}

    assert shown["selection"] is False and shown["call_time"] is True
    assert not {"welcome", "password_reset", "recap", "watch_hit"} & set(shown)
    run(amina, unsubscribing.choose, "selection", is_on=True)
    assert not is_left("amina@example.com", "selection")
    assert {wish.kind for wish in look(cast.awa, unsubscribing.mine)} >= {"watch_hit", "recap", "recap_cinema"}
    assert look(cast.youssef, unsubscribing.mine) == []


def test_admins_see_who_refused_what(cast: Cast) -> None:
    for email, kind in ((ZOE, KIND), ("amina@example.com", "selection")):
        run(VISITOR, unsubscribing.answer, token(email, kind), is_on=False)

    assert {(one.email, one.kind) for one in look(cast.awa, unsubscribing.listed)} == {
        (ZOE, KIND), ("amina@example.com", "selection"),
    }  # fmt: skip
    assert [one.email for one in look(cast.awa, unsubscribing.listed, "AMINA@")] == ["amina@example.com"]
    assert look(cast.awa, unsubscribing.listed, "_") == []
    with pytest.raises(Forbidden):
        look(cast.zoe, unsubscribing.listed)


def test_nobody_answers_for_another_account(cast: Cast) -> None:
    run(cast.youssef, unsubscribing.choose, KIND, is_on=False)

    assert is_left("youssef@agency.example.com") and not is_left()
    for action in (unsubscribing.mine, unsubscribing.choose):
        more = (KIND,) if action is unsubscribing.choose else ()
        with pytest.raises(Unauthorized):
            run(VISITOR, action, *more, **({"is_on": False} if more else {}))
    with pytest.raises(Invalid):
        run(cast.zoe, unsubscribing.choose, "nothing", is_on=False)


def test_what_was_refused_stays_refused_at_a_new_address(cast: Cast) -> None:
    new = "zoe@new.example.com"
    for email, kind in ((ZOE, "selection"), (ZOE, KIND), (new, KIND)):
        run(VISITOR, unsubscribing.answer, token(email, kind), is_on=False)

    run(cast.zoe, lambda work: accounts.change_email(work, work.get(User, cast.zoe.user_id), new))

    assert {kind for kind in ("selection", KIND) if is_left(new, kind)} == {"selection", KIND}
    assert not is_left() and not is_left(kind="selection")
