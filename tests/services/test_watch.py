"""The watch-list: how names answer to each other, and who hears of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import watch
from talento.services.talents import profile
from talento.services.watch import WatchList, words
from talento.services.work import SYSTEM, look, run
from talento.vocabulary.watching import Why
from tests import factories
from tests.factories import Cast


@pytest.mark.parametrize(
    ("watched", "person", "expected"),
    [
        ("Salma El Idrissi", "salma el idrissi", Why.SAME),
        ("Salma El Idrissi", "EL-IDRISSI Salma", Why.SAME),
        ("Zoé Lévêque", "Leveque Zoe", Why.SAME),
        ("Abdelkader Benali", "Abdel Kader Benali", Why.SAME),
        ("Karim Alami", "Karim Ben Alami", Why.PART),
        ("Alami", "Karim Alami", Why.PART),
        ("Mohamed Benani", "Mohammed Bennani", Why.CLOSE),
        ("Benani Mohamed", "Mohammed Bennani", Why.CLOSE),
        ("Christophe Martin", "Cristof Martin", None),
        ("Oumaima Cherkaoui", "Oumayma Cherkaui", Why.CLOSE),
        ("Ali Amir", "Ari Amir", None),
        ("Amina Benali", "Amina Alaoui", None),
        ("Amina Benali", "Amina", None),
        ("محمد العلمي", "العلمي محمد", Why.SAME),
        ("", "Amina", None),
    ],
)
def test_how_names_answer(watched: str, person: str, expected: Why | None) -> None:
    assert watch.why(words(watched), words(person)) is expected


@given(st.lists(st.sampled_from(["amina", "benali", "karim", "alami", "zoé", "el", "idrissi"]), min_size=1, max_size=4))
def test_a_name_answers_to_itself_in_any_order(parts: list[str]) -> None:
    assert watch.why(words(" ".join(parts)), words(" ".join(reversed(parts)))) is Why.SAME


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    assert watch.why(words(one), words(other)) in (*Why, None)


def watched(cast: Cast) -> WatchList:
    return look(cast.awa, watch.shown)


def mails() -> list[OutgoingMail]:
    return look(
        SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "watch_hit")))
    )


def test_a_registration_under_a_watched_name_is_noted_and_mailed(cast: Cast) -> None:
    watch.add(cast.awa, "Beenali Amina", "Owes us a costume")
    _, made = factories.talent()
    factories.talent(email="other@example.org", last_name="Alaoui")

    (hit,) = watched(cast).hits

    assert (hit.code, hit.why, hit.note, hit.is_seen) == (made.code, "close", "Owes us a costume", False)
    (mail,) = mails()
    assert mail.recipient == "awa@agency.example.com"
    assert "Amina Benali" in mail.subject and "a letter or two differ" in mail.text
    assert "costume" not in mail.text
    events = look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event))))
    assert events.count("watch_hit") == 1


def test_those_who_are_here_already_are_found_when_a_name_is_added(cast: Cast) -> None:
    factories.talent()
    factories.cinema_talent(first_name="Karim", last_name="Other", stage_name="Amina Benali")

    assert watch.add(cast.awa, "amina BENALI") == 2

    assert {hit.why for hit in watched(cast).hits} == {"same"}
    assert mails() == []


def test_a_changed_name_is_compared_again_and_noted_once(cast: Cast) -> None:
    watch.add(cast.awa, "Amina Alaoui")
    amina, _ = factories.talent()
    assert watched(cast).hits == []

    facts = {"first_name": "Amina", "born_on": "1999-02-03", "gender": "F"}
    for name in ("Alaoui", "Alaoui-Benali", "Alaoui"):
        run(amina, profile.edit, step="identity", typed=facts | {"last_name": name})

    assert len(watched(cast).hits) == 1
    assert len(mails()) == 1


def test_a_hit_is_looked_at_and_a_name_is_let_go(cast: Cast) -> None:
    factories.talent()
    watch.add(cast.awa, "Amina Benali")
    hit = watched(cast).hits[0]
    assert watched(cast).unseen == 1

    run(cast.awa, watch.see, hit.id)
    assert watched(cast).unseen == 0 and watched(cast).hits[0].is_seen
    run(cast.awa, watch.remove, watched(cast).names[0].id)

    assert watched(cast).names == [] and watched(cast).hits == []
    with pytest.raises(NotFound):
        run(cast.awa, watch.see, hit.id)


@pytest.mark.parametrize("name", ["", "  ", "Al", "'-'", "\x00\x01", "a b"])
def test_names_that_are_too_short_are_refused(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        watch.add(cast.awa, name)


def test_the_same_name_is_watched_once(cast: Cast) -> None:
    watch.add(cast.awa, "Amina Benali")

    with pytest.raises(Conflict):
        watch.add(cast.awa, "BENALI, amína")


def test_only_admins_know_of_the_list(cast: Cast) -> None:
    for other in (cast.youssef, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            look(other, watch.shown)
        with pytest.raises(Forbidden):
            watch.add(other, "Amina Benali")
        with pytest.raises(Forbidden):
            run(other, watch.see, 1)
        with pytest.raises(Forbidden):
            run(other, watch.remove, 1)


def test_html_in_a_watched_name_stays_text(cast: Cast) -> None:
    watch.add(cast.awa, "<img src=x onerror=alert(1)> Benali")
    factories.talent(first_name="<img src=x", last_name="onerror=alert(1)> Benali")

    assert all("<img" not in mail.html for mail in mails())
