"""The public card of a cinema talent: what was published, and the same silence for everybody else."""

import pytest

from talento.errors import NotFound
from talento.models.cinema import CinemaAlias, CinemaTalent
from talento.services import accounts
from talento.services.cinema import card, profile
from talento.services.work import SYSTEM, VISITOR, look, run
from tests import factories
from tests.factories import Cast


def opened(code: str, locale: str = "en") -> card.CinemaCard:
    return look(VISITOR, card.card, code, locale=locale)


def publish(actor, *parts: str, visibility: str = "public") -> None:
    run(actor, profile.show_to, visibility=visibility, published=parts)


def test_only_what_is_published_is_shown(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema(stage_name="Mina")
    publish(amina, "kinds", "appearance")

    found = opened(made.code)

    assert (found.name, found.kinds) == ("Mina", ["lead_actor", "stunt_performer"])
    assert {line.name: line.value for line in found.measures} == {"height": "172 cm", "eye_color": "Hazel"}
    assert (found.city, found.languages, found.bio, found.gallery, found.showreel) == ("", [], "", [], "")


def test_a_card_never_holds_contact_birth_date_or_identity(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema(traits_consent="true", ethnicities=["berber"], skin_tone="olive")
    publish(amina, *profile.PUBLISHABLE)

    shown = repr(opened(made.code))

    for secret in ("amina@example", "612345678", "1999", "ZQ7", "Berber", "Olive", "instagram"):
        assert secret not in shown


@pytest.mark.parametrize("form", ["{0}", "{1}", "https://talento.example/t/{0}", " {0} "])
def test_any_form_of_the_code_finds_it(cast: Cast, form: str) -> None:
    amina, made = factories.registered_in_cinema()
    publish(amina)

    assert opened(form.format(made.code, made.code.lower())).code == made.code


def test_an_older_code_still_finds_it(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema()
    publish(amina)
    run(SYSTEM, lambda work: work.insert(CinemaAlias, code="MACAS0001F", talent_id=made.talent_id))

    assert opened("MACAS0001F").code == made.code


def test_hidden_unknown_suspended_and_children_answer_alike(cast: Cast, hands) -> None:
    private, a = factories.registered_in_cinema(email="a@example.com")
    suspended, b = factories.registered_in_cinema(email="b@example.com")
    _, c = factories.registered_in_cinema(**factories.child_answers())
    publish(private, visibility="hidden")
    publish(suspended)
    run(cast.awa, accounts.suspend, suspended.user_id)
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, c.talent_id), "visibility", "public"))
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, c.talent_id), "guardian_consented_at", work.now))

    said = set()
    for code in (a.code, b.code, c.code, "MACAS99999F", "nonsense", ""):
        with pytest.raises(NotFound) as refusal:
            opened(code)
        said.add(refusal.value.text())
    assert len(said) == 1
