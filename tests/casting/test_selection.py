"""Selection mails: with a preview, once a person unless asked again, with the badge, to guardians of children."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.casting import Assignment
from talento.models.operations import OutgoingMail
from talento.services.casting import assignments, projects, selection
from talento.services.cinema.rows import ROWS
from talento.services.mail import delivery, enclosures, unsubscribing
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast
from tests.services.test_outbox import Provider, provider  # noqa: F401  (a fixture)


def booked(actor: Actor, project_id: int, **changes: object) -> int:
    _, talent_id = factories.cinema_talent(**changes)
    return run(actor, assignments.assign, project_id, talent_id=talent_id).id


def mails() -> list[OutgoingMail]:
    wanted = select(OutgoingMail).where(OutgoingMail.kind == "selection").order_by(OutgoingMail.id)
    return look(SYSTEM, lambda work: list(work.session.scalars(wanted)))


@pytest.fixture
def caravan(cast: Cast) -> int:
    return factories.project(
        cast.youssef, contact_name="Salma", contact_email="salma@films.example.com", name="The Caravan"
    )


def test_the_mail_says_role_project_contact_and_carries_the_badge(
    cast: Cast,
    caravan: int,
    provider: Provider,  # noqa: F811
) -> None:
    booked(cast.youssef, caravan, email="amina@example.com")

    sent = run(cast.youssef, selection.send, caravan, None, note="See you in Ouarzazate!")
    delivery.deliver_due(provider.transport, enclosures.made)

    assert (sent.count, sent.skipped) == (1, 0)
    [heard] = provider.heard
    text = next(part["value"] for part in heard["content"] if part["type"] == "text/plain")
    assert heard["personalizations"][0]["to"][0]["email"] == "amina@example.com"
    for word in ("The Caravan", "Extra", "Salma", "salma@films.example.com", "See you in Ouarzazate!", "-001"):
        assert word in text
    [file] = heard["attachments"]
    assert file["type"] == "application/pdf" and file["filename"].endswith("-001.pdf")
    assert file["content"].startswith("JVBERi0")  # %PDF- in base 64


def test_everybody_is_told_once_unless_asked_again(cast: Cast, caravan: int) -> None:
    first = booked(cast.youssef, caravan)
    run(cast.youssef, selection.send, caravan, [first])
    booked(cast.youssef, caravan, first_name="Karim")

    again = run(cast.youssef, selection.send, caravan, None)
    third = run(cast.youssef, selection.send, caravan, [first], is_again=True)

    assert (again.count, again.skipped) == (1, 1)
    assert third.count == 1
    assert len(mails()) == 3


def test_whoever_wants_no_such_mail_gets_none_and_is_shown_as_not_told(cast: Cast, caravan: int) -> None:
    booked(cast.youssef, caravan, email="amina@example.com")
    booked(cast.youssef, caravan, email="karim@example.com")
    token = unsubscribing.link("amina@example.com", "selection", clock.now().date()).rsplit("/", 1)[-1]
    run(VISITOR, unsubscribing.answer, token, is_on=False)

    sent = run(cast.youssef, selection.send, caravan, None)

    assert (sent.count, sent.skipped, sent.unsubscribed) == (1, 0, 1)
    assert [mail.recipient for mail in mails()] == ["karim@example.com"]
    shown = look(cast.youssef, selection.recipients, caravan, locale="en")
    assert [(one.is_unsubscribed, one.mailed_at is not None) for one in shown] == [(True, False), (False, True)]


def press_together(actor: Actor, project_id: int) -> int:
    """Two people press the button at the same moment; how many mails that made."""
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait(10)
        run(actor, selection.send, project_id, None)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return len(mails())


def test_two_who_press_at_once_send_one_mail_a_person(cast: Cast, caravan: int) -> None:
    for name in ("Amina", "Karim", "Zineb"):
        booked(cast.youssef, caravan, first_name=name)

    assert press_together(cast.youssef, caravan) == 3


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_without_holding_the_rows_they_would_get_two(cast: Cast, caravan: int, monkeypatch: pytest.MonkeyPatch) -> None:
    booked(cast.youssef, caravan)
    meeting = threading.Barrier(2)
    chosen = selection._chosen

    def unheld(work: Work, project, ids, *, lock: bool = False):  # type: ignore[no-untyped-def]
        rows = chosen(work, project, ids, lock=False)
        meeting.wait(10)
        return rows

    monkeypatch.setattr(selection, "_chosen", unheld)

    assert press_together(cast.youssef, caravan) == 2


def test_the_preview_is_the_mail_and_sends_nothing(cast: Cast, caravan: int) -> None:
    key = booked(cast.youssef, caravan, email="amina@example.com")

    shown = run(cast.youssef, selection.preview, caravan, key, note="Hello & <b>welcome</b>")

    assert shown.address == "amina@example.com"
    assert "Hello & <b>welcome</b>" in shown.text and "<b>welcome" not in shown.html
    assert mails() == []


def test_a_childs_mail_goes_to_the_guardian(cast: Cast, caravan: int, hands: Hands) -> None:
    key = booked(
        cast.youssef,
        caravan,
        email="child@example.com",
        born_on=date(hands.now.year - 10, 1, 1),
        guardian_consented_at=hands.now,
        guardian_name="Leila Benali",
    )

    def give(work: Work) -> None:
        from talento.models.cinema import CinemaTalent

        talent = work.get(CinemaTalent, work.get(Assignment, key).talent_id)
        talent.guardian_email_sealed = ROWS.seal(talent.uid, "guardian_email", "leila@example.com")

    run(SYSTEM, give)
    run(cast.youssef, selection.send, caravan, None)

    [mail] = mails()
    assert mail.recipient == "leila@example.com"
    assert "Leila Benali" in mail.text and "Amina Benali has been selected" in mail.text


def test_a_badge_revoked_by_removal_stops_the_mail(
    cast: Cast,
    caravan: int,
    provider: Provider,  # noqa: F811
) -> None:
    key = booked(cast.youssef, caravan)
    run(cast.youssef, selection.send, caravan, None)
    run(cast.youssef, assignments.remove, key, "changed the cast")

    assert delivery.deliver_due(provider.transport, enclosures.made) == 0
    assert (mails()[0].status, provider.heard) == ("failed", [])


def test_a_completed_project_and_an_empty_one_mail_nobody(cast: Cast, caravan: int) -> None:
    with pytest.raises(Invalid):
        run(cast.youssef, selection.send, caravan, None)
    booked(cast.youssef, caravan)
    run(cast.youssef, projects.set_status, caravan, "completed")
    with pytest.raises(Conflict):
        run(cast.youssef, selection.send, caravan, None)


def test_only_the_team_sends(cast: Cast, caravan: int) -> None:
    key = booked(cast.youssef, caravan)
    samira = factories.staff("Samira", cast.youssef.role)

    for action in (selection.send, selection.preview):
        with pytest.raises(NotFound):
            run(samira, action, caravan, key if action is selection.preview else None)
    with pytest.raises(Forbidden):
        run(cast.nadia, selection.send, caravan, None)


def test_a_long_note_is_refused(cast: Cast, caravan: int) -> None:
    booked(cast.youssef, caravan)

    with pytest.raises(Invalid):
        run(cast.youssef, selection.send, caravan, None, note="x" * 1001)
