"""The outbox as admins read it: found, narrowed, paged, opened, counted; no secret in anything that is stored."""

import pytest
from sqlalchemy import select, update

from talento.errors import Forbidden
from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.services.mail import delivery, listing, messages
from talento.services.mail.listing import Wanted
from talento.services.mail.transport import LocalOutbox
from talento.services.work import SYSTEM, Work, look, run
from tests.conftest import Hands
from tests.factories import Cast

LINK = "http://localhost:5000/password/SECRETTOKEN"


def write(work: Work, user_id: int, count: int = 1) -> None:
    for _ in range(count):
        messages.password_reset(work, work.get(User, user_id), LINK)


def tell(work: Work, user_id: int, name: str = "Zoé") -> None:
    messages.profile_added(work, work.get(User, user_id), first_name=name, code="MAF0001RAB")


def found(cast: Cast, **wanted: str) -> list[str]:
    return [line.recipient for line in look(cast.awa, listing.page, Wanted(**wanted)).lines]


def test_messages_are_found_by_address_and_subject_and_narrowed(cast: Cast) -> None:
    run(SYSTEM, write, cast.zoe.user_id)
    run(SYSTEM, tell, cast.youssef.user_id)
    run(SYSTEM, lambda work: work.session.execute(update(OutgoingMail).where(OutgoingMail.kind == "profile_added")
                                                  .values(status="failed")))  # fmt: skip

    assert found(cast, typed="ZOE@") == ["zoe@agency.example.com"]
    assert found(cast, typed="mAf0001") == ["youssef@agency.example.com"]
    assert found(cast, kind="password_reset") == ["zoe@agency.example.com"]
    assert found(cast, status="failed") == ["youssef@agency.example.com"]
    assert found(cast, status="failed", kind="password_reset") == []
    for wildcard in ("%", "_oe", "\\", "z\x00oe@agency.example.com;"):
        assert found(cast, typed=wildcard) == []


def test_pages_go_back_and_forth_without_a_gap(cast: Cast) -> None:
    run(SYSTEM, write, cast.zoe.user_id, 120)
    everything = look(
        SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id)))
    )

    first = look(cast.awa, listing.page)
    second = look(cast.awa, listing.page, before=first.lines[-1].id)
    third = look(cast.awa, listing.page, before=second.lines[-1].id)
    back = look(cast.awa, listing.page, after=third.lines[0].id)

    seen = [line.id for one in (first, second, third) for line in one.lines]
    assert seen == everything[::-1]
    assert back.lines == second.lines
    assert [(one.has_newer, one.has_older) for one in (first, second, third, back)] == [
        (False, True), (True, True), (True, False), (True, True),
    ]  # fmt: skip


def test_a_search_goes_through_everything_slice_by_slice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SLICE", 3)
    run(SYSTEM, write, cast.zoe.user_id, 60)
    run(SYSTEM, tell, cast.youssef.user_id, "Élodie")
    run(SYSTEM, write, cast.zoe.user_id, 60)

    first = look(cast.awa, listing.page, Wanted("zoe@"))
    second = look(cast.awa, listing.page, Wanted("zoe@"), before=first.oldest)
    third = look(cast.awa, listing.page, Wanted("zoe@"), before=second.oldest)

    assert [len(one.lines) for one in (first, second, third)] == [50, 50, 20]
    assert [one.has_older for one in (first, second, third)] == [True, True, False]
    assert look(cast.awa, listing.page, Wanted("zoe@"), after=third.newest).lines == second.lines
    assert found(cast, typed="YOUSSEF") == ["youssef@agency.example.com"]
    assert not any(one.is_cut for one in (first, second, third))


def test_a_search_that_takes_long_stops_and_goes_on_where_it_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(SYSTEM, tell, cast.youssef.user_id)
    run(SYSTEM, write, cast.zoe.user_id, 40)
    monkeypatch.setattr(listing, "SLICE", 15)
    monkeypatch.setattr(listing, "PATIENCE", -1)

    pages, before = [], 0
    while not pages or pages[-1].has_older:
        pages.append(look(cast.awa, listing.page, Wanted("youssef"), before=before))
        before = pages[-1].oldest

    assert [[line.recipient for line in one.lines] for one in pages] == [[], [], ["youssef@agency.example.com"]]
    assert [one.is_cut for one in pages] == [True, True, False]
    up = look(cast.awa, listing.page, Wanted("youssef"), after=1)
    assert up.has_newer and up.lines == []


def test_accents_and_case_do_not_hide_a_message(cast: Cast) -> None:
    run(SYSTEM, lambda work: messages.consent_given(work, work.get(User, cast.zoe.user_id)))
    run(SYSTEM, lambda work: setattr(work.get(User, cast.youssef.user_id), "locale", "fr"))
    run(SYSTEM, lambda work: messages.consent_given(work, work.get(User, cast.youssef.user_id)))

    assert found(cast, typed="RESPONSABLE LEGAL A DONNÉ") == ["youssef@agency.example.com"]


def test_no_stored_body_and_no_opened_page_holds_a_link(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    run(SYSTEM, write, cast.zoe.user_id)
    delivery.deliver_due(LocalOutbox())

    row = look(SYSTEM, lambda work: work.session.scalars(select(OutgoingMail)).one())
    view = look(cast.awa, listing.read, row.id)

    assert "SECRETTOKEN" not in row.text + row.html + row.subject + row.secret
    assert "SECRETTOKEN" not in view.html
    assert view.link == LINK


def test_what_people_typed_is_no_markup_in_the_opened_page(cast: Cast) -> None:
    run(SYSTEM, tell, cast.zoe.user_id, '</p><script>alert(1)</script><img src=x onerror="alert(1)">')

    [line] = look(cast.awa, listing.page).lines
    html = look(cast.awa, listing.read, line.id).html

    assert "<script" not in html
    assert "<img" not in html


def test_the_outbox_says_how_it_stands(cast: Cast, hands: Hands, capsys: pytest.CaptureFixture[str]) -> None:
    assert look(cast.awa, listing.health) == listing.Health()
    run(SYSTEM, write, cast.zoe.user_id)
    begun = hands.now
    hands.later(minutes=5)
    run(SYSTEM, write, cast.zoe.user_id)

    health = look(cast.awa, listing.health)

    assert (health.waiting, health.oldest, health.sent_today) == (2, begun, 0)


def test_nobody_but_admins_reads_any_of_it(cast: Cast) -> None:
    run(SYSTEM, write, cast.zoe.user_id)
    for query, *arguments in ((listing.page,), (listing.read, 1), (listing.health,)):
        with pytest.raises(Forbidden):
            look(cast.youssef, query, *arguments)
