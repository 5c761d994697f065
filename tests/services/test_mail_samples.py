"""How a wording would look: real facts where there are some, said where they come from, nothing sent but a test."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from talento.errors import Forbidden, InvalidForm, NotFound, TooMany
from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.services import recap
from talento.services.mail import kinds, listing, messages, samples, templates
from talento.services.mail.forms import FORMS
from talento.services.mail.samples import Change, Filling
from talento.services.mail.templates import Typed
from talento.services.preferences import changes
from talento.services.work import SYSTEM, Work, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

KIND = "welcome"


def built_in(kind: str = KIND, locale: str = "en") -> Typed:
    return templates.typed(FORMS[kind].built_in(locale))


def tell(work: Work, user_id: int, name: str = "Zoé") -> None:
    messages.profile_added(work, work.get(User, user_id), first_name=name, code="MAF0009RAB")


def mails() -> list[OutgoingMail]:
    return look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))))


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_kind_is_shown_with_examples_while_the_registry_is_empty(cast: Cast, locale: str) -> None:
    for kind in FORMS:
        shown = look(cast.awa, samples.preview, kind, locale, built_in(kind, locale))

        assert shown.filling == Filling("examples")
        assert not any(mark in shown.subject + shown.html + shown.text for mark in ("{unsubscribe}", "{secret}"))


def test_whoever_registered_last_fills_it(cast: Cast) -> None:
    factories.talent()
    run(SYSTEM, lambda work: [work.session.delete(row) for row in work.session.scalars(select(OutgoingMail))])

    shown = look(cast.awa, samples.preview, KIND, "fr", built_in(locale="fr"))

    assert shown.filling.source == "person" and shown.filling.who.startswith("Amina Benali (MAF")
    assert "Bienvenue, Amina" in shown.text


def test_the_last_message_of_the_kind_fills_it_in_its_language(cast: Cast) -> None:
    run(SYSTEM, tell, cast.zoe.user_id, "Older")
    run(SYSTEM, tell, cast.zoe.user_id, "Zoé <b>")

    shown = look(cast.awa, samples.preview, "profile_added", "en", built_in("profile_added"))
    french = look(cast.awa, samples.preview, "profile_added", "fr", built_in("profile_added", "fr"))

    assert shown.filling == Filling("mail", "zoe@agency.example.com")
    assert "Your profile is ready, Zoé <b>" in shown.text and "MAF0009RAB" in shown.subject
    assert "Zoé &lt;b&gt;" in shown.html
    assert french.filling.source == "examples"


def test_somebody_who_is_chosen_fills_it_with_or_without_a_profile(cast: Cast) -> None:
    amina, registered = factories.talent()
    said = replace(built_in(), notes="{name}: {code}")

    assert f"Amina: {registered.code}" in look(cast.awa, samples.preview, KIND, "en", said, amina.user_id).text
    shown = look(cast.awa, samples.preview, KIND, "en", said, cast.zoe.user_id)
    assert "Zoé: MAF0001RAB" in shown.text and shown.filling.who == "Zoé (zoe@agency.example.com)"
    with pytest.raises(NotFound):
        look(cast.awa, samples.preview, KIND, "en", said, 4711)


def test_a_recap_is_shown_with_its_real_table(cast: Cast, hands: Hands) -> None:
    factories.talent()
    hands.later(minutes=5)
    run(SYSTEM, recap.send)

    shown = look(cast.awa, samples.preview, "recap", "en", built_in("recap"))

    assert shown.filling.source == "mail" and "Amina Benali" in shown.html and "<table" in shown.html


def test_a_mistake_is_told_beside_its_field_and_nothing_is_sent(cast: Cast) -> None:
    for action in (samples.preview, samples.send):
        with pytest.raises(InvalidForm) as refused:
            run(cast.awa, action, KIND, "en", replace(built_in(), subject="{nme}"))
        assert list(refused.value.problems) == ["subject"]
    assert mails() == []


def test_a_test_goes_to_who_asks_marked_even_if_the_kind_is_off_and_is_not_copied(cast: Cast) -> None:
    kind = "profile_added"
    run(cast.awa, changes.change, "mail_copy_to", "office@example.com", revision=0)
    run(cast.awa, kinds.copy, kind, is_copied=True)
    run(cast.awa, kinds.switch, kind, is_on=False)

    assert run(cast.awa, samples.send, kind, "en", replace(built_in(kind), greeting="Dear {name}")) == (
        "awa@agency.example.com"
    )

    [mail] = mails()
    assert (mail.recipient, mail.is_test, mail.is_copy, mail.secret) == ("awa@agency.example.com", True, False, "")
    assert mail.subject.startswith("Test: Your new Talento profile") and "Dear Amina" in mail.text
    assert look(cast.awa, listing.page).lines[0].is_test
    assert look(cast.awa, samples.preview, kind, "en", built_in(kind)).filling.source == "examples"


def test_tests_have_a_measure(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "TESTS", (replace(samples.TESTS[0], hits=2),))

    for _ in range(2):
        run(cast.awa, samples.send, KIND, "en", built_in())
    with pytest.raises(TooMany):
        run(cast.awa, samples.send, KIND, "en", built_in())


def test_nobody_but_admins_sees_or_sends_any_of_it(cast: Cast) -> None:
    for action in (samples.preview, samples.send):
        with pytest.raises(Forbidden):
            run(cast.youssef, action, KIND, "en", built_in())


def test_what_differs_is_told_paragraph_by_paragraph() -> None:
    before = Typed("A", "G", "one\n\ntwo\n\nthree", "B", "n")
    after = Typed("A", "H", "one\n\n2\n\nthree\n\nfour", "B", "")

    assert samples.difference(before, after) == [
        Change("greeting", "G", "H"), Change("body", "two", "2"), Change("body", "", "four"), Change("notes", "n", ""),
    ]  # fmt: skip
    assert samples.difference(before, before) == []
