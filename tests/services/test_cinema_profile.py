"""Cinema profiles: one's own, what casting teams see, photos and credits in their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound
from talento.models.casting import Candidate, CastingRole, Project, ProjectMember
from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail
from talento.services import accounts
from talento.services.cinema import form, portfolio, profile
from talento.services.cinema.portfolio import CreditItem, PhotoItem
from talento.services.uploads import store
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from talento.vocabulary.casting import PhotoCategory, Stage
from tests import factories
from tests.factories import Cast, picture

CHILD = date(2015, 5, 6)


def panel(actor: Actor, key: int, locale: str = "en") -> profile.Panel:
    return look(actor, profile.panel, key, locale=locale)


def own(actor: Actor, locale: str = "en") -> profile.Own:
    return look(actor, profile.own, locale=locale)


def row(key: int) -> CinemaTalent:
    return look(SYSTEM, lambda work: work.get(CinemaTalent, key))


def edit(actor: Actor, step: str, **typed) -> int:
    return run(actor, profile.edit, step=step, typed=typed)


def upload(actor: Actor, kind: str = "gallery") -> str:
    return store.receive(actor, kind=kind, name="me.png", data=picture(300, 400)).id


def put_on_a_board(work: Work, member: Actor, key: int) -> None:
    """Somebody's project considers a person."""
    city = work.get(CinemaTalent, key).city_id
    at = {"created_at": work.now, "updated_at": work.now}
    project = Project(code="MAOUAFIL001", name="Atlas", country="MA", city_id=city, **at)
    work.session.add(project)
    work.session.flush()
    role = CastingRole(project_id=project.id, name="The child", **at)
    work.session.add_all([role, ProjectMember(project_id=project.id, user_id=member.user_id, added_at=work.now)])
    work.session.flush()
    candidate = Candidate(role_id=role.id, talent_id=key, stage=Stage.CONSIDERED, added_at=work.now, moved_at=work.now)
    work.session.add(candidate)


def test_a_casting_team_sees_everything_but_identity_and_protected_traits(cast: Cast) -> None:
    _, made = factories.registered_in_cinema(traits_consent="true", ethnicities=["berber"], skin_tone="olive")

    seen = panel(cast.youssef, made.talent_id)

    assert (seen.name, seen.kinds, seen.headline) == (
        "Amina Benali", ["lead_actor", "stunt_performer"], "Rabat, Morocco",
    )  # fmt: skip
    assert {line.name: line.value for line in seen.measures} == {"height": "172 cm", "eye_color": "Hazel"}
    assert [line.value for line in seen.contact] == ["amina@example.com", "+212612345678"]
    assert [line.url for line in seen.reels] == ["https://vimeo.example/amina"]
    shown = repr(seen)
    for secret in ("ZQ7654321", "ZQ7", "321", "Berber", "Olive", "passport", "Passport"):
        assert secret not in shown.replace("612345678", "").replace("+212", "")


def test_the_panel_speaks_french(cast: Cast) -> None:
    _, made = factories.registered_in_cinema(playing_age_min="20", playing_age_max="30")

    seen = panel(cast.youssef, made.talent_id, "fr")

    assert (seen.headline, seen.playing_age, seen.languages) == ("Rabat, Maroc", "20–30 ans", ["Arabe", "Français"])


def test_talents_see_no_panel(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema()

    for actor in (amina, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            panel(actor, made.talent_id)


def test_a_child_is_shown_after_consent_without_contact_and_photos_only_to_their_team(cast: Cast, hands) -> None:
    child, made = factories.registered_in_cinema(**factories.child_answers())
    photo, portrait = upload(child), upload(child, "photo")
    run(child, profile.change_gallery, portfolio.added(PhotoItem(photo)))
    run(child, profile.attach, file_id=portrait)
    with pytest.raises(NotFound):
        panel(cast.youssef, made.talent_id)
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, made.talent_id), "guardian_consented_at", work.now))

    seen = panel(cast.youssef, made.talent_id)
    assert (seen.contact, seen.links, seen.gallery, seen.photo_url, seen.is_minor) == ([], [], [], "", True)
    for file_id in (photo, portrait):
        with pytest.raises(NotFound):
            store.read(cast.youssef, file_id)

    run(SYSTEM, put_on_a_board, cast.youssef, made.talent_id)
    seen = panel(cast.youssef, made.talent_id)
    assert (len(seen.gallery), seen.photo_url, seen.contact) == (1, f"/files/{portrait}", [])
    assert store.read(cast.youssef, photo).is_inline and store.read(cast.awa, portrait).is_inline
    with pytest.raises(NotFound):
        store.read(VISITOR, photo)


def test_a_file_opens_for_those_who_may_see_the_person(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema()
    photo, portrait, loose = upload(amina), upload(amina, "photo"), upload(amina)
    run(amina, profile.change_gallery, portfolio.added(PhotoItem(photo)))
    run(amina, profile.attach, file_id=portrait)

    def sees(actor: Actor, file_id: str) -> bool:
        try:
            return bool(store.read(actor, file_id))
        except NotFound:
            return False

    everybody = (amina, cast.youssef, cast.awa, cast.zoe, cast.nadia, VISITOR)
    assert [sees(one, photo) for one in everybody] == [True, True, True, False, False, False]
    assert [sees(one, loose) for one in everybody] == [True, False, True, False, False, False]
    run(amina, profile.show_to, visibility="public", published=["photo"])
    assert sees(VISITOR, portrait) and not sees(VISITOR, photo)
    run(amina, profile.show_to, visibility="public", published=["gallery"])
    assert sees(VISITOR, photo) and not sees(VISITOR, portrait)
    run(amina, profile.show_to, visibility="hidden", published=["gallery", "photo"])
    assert not sees(cast.youssef, photo) and not sees(VISITOR, photo)
    run(amina, profile.show_to, visibility="public", published=["gallery", "photo"])
    run(cast.awa, accounts.suspend, amina.user_id)
    assert not sees(cast.youssef, photo) and not sees(VISITOR, portrait)


def test_the_hidden_are_gone_for_recruiters_and_there_for_admins(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema()
    run(amina, profile.show_to, visibility="hidden", published=[])

    with pytest.raises(NotFound):
        panel(cast.youssef, made.talent_id)
    assert panel(cast.awa, made.talent_id).code == made.code


def test_the_owner_sees_their_number_masked_only(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()

    mine = own(amina)

    lines = {line.name: line.value for section in mine.sections for line in section.lines}
    assert lines["document_number"] == "ZQ7•••321"
    assert "document_number" not in mine.raw and "ZQ7654321" not in repr(mine)


def test_a_step_is_edited_alone_and_a_number_left_out_stays(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema()
    typed = own(amina).raw | {"last_name": "Alaoui"}

    edit(amina, "identity", **typed)

    assert own(amina).name == "Amina Alaoui"
    lines = {line.name: line.value for section in own(amina).sections for line in section.lines}
    assert lines["document_number"] == "ZQ7•••321"
    edit(amina, "identity", **typed, document_number="AA1112223")
    lines = {line.name: line.value for section in own(amina).sections for line in section.lines}
    assert lines["document_number"] == "AA1•••223"
    edit(amina, "identity", **typed, document_number="")
    assert row(made.talent_id).document_number_sealed is None
    assert row(made.talent_id).document_index is None


def test_a_stale_save_is_refused(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    revision = own(amina).revision
    edit(amina, "parts", kinds=["model"])

    with pytest.raises(Conflict):
        run(amina, profile.edit, step="parts", typed={"kinds": ["extra"]}, revision=revision)


def test_traits_are_kept_with_consent_sealed_and_erased_when_it_is_taken_back(cast: Cast) -> None:
    amina, made = factories.registered_in_cinema(ethnicities=["arab"], skin_tone="tan")
    assert (row(made.talent_id).ethnicities_sealed, row(made.talent_id).skin_tone_sealed) == (None, None)

    edit(amina, "origins", **own(amina).raw | {"traits_consent": "true", "ethnicities": ["arab", "berber"]})
    edit(amina, "appearance", **own(amina).raw | {"skin_tone": "tan"})
    kept = row(made.talent_id)
    assert kept.traits_consented_at and "arab" not in kept.ethnicities_sealed and "tan" not in kept.skin_tone_sealed
    assert own(amina).raw["ethnicities"] == ["arab", "berber"]

    edit(amina, "origins", **own(amina).raw | {"traits_consent": ""})
    kept = row(made.talent_id)
    assert (kept.traits_consented_at, kept.ethnicities_sealed, kept.skin_tone_sealed) == (None, None, None)


def test_another_guardian_voids_the_consent_and_is_asked(cast: Cast, hands) -> None:
    child, made = factories.registered_in_cinema(**factories.child_answers())
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, made.talent_id), "guardian_consented_at", work.now))

    edit(child, "identity", **own(child).raw | {"stage_name": "Yas"})
    assert row(made.talent_id).guardian_consented_at
    edit(child, "identity", **own(child).raw | {"guardian_email": "karim@example.com"})

    assert row(made.talent_id).guardian_consented_at is None
    told = look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail.recipient))))
    assert told[-1] == "karim@example.com"


def test_a_child_can_not_be_public(cast: Cast, hands) -> None:
    child, _ = factories.registered_in_cinema(**factories.child_answers())

    with pytest.raises(InvalidForm):
        run(child, profile.show_to, visibility="public", published=["photo"])


def test_photos_are_added_named_moved_and_removed(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    first, second, third = upload(amina), upload(amina), upload(amina)
    for key in (first, second, third):
        run(amina, profile.change_gallery, portfolio.added(PhotoItem(key)))

    run(amina, profile.change_gallery, portfolio.moved(third, 0))
    run(amina, profile.change_gallery, portfolio.replaced(PhotoItem(first, PhotoCategory.PROFILE)))
    run(amina, profile.change_gallery, portfolio.removed(second))

    assert [(one.key, one.category) for one in own(amina).gallery] == [(third, "other"), (first, "profile")]
    with pytest.raises(NotFound):
        store.read(amina, second)


def test_an_eleventh_photo_is_refused_in_words(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    small = picture(120, 160)
    keys = [store.receive(amina, kind="gallery", name="a.png", data=small).id for _ in range(11)]
    for key in keys[:10]:
        run(amina, profile.change_gallery, portfolio.added(PhotoItem(key)))

    with pytest.raises(Invalid, match="at most 10 photos"):
        run(amina, profile.change_gallery, portfolio.added(PhotoItem(keys[10])))
    assert [one.key for one in own(amina).gallery] == keys[:10]


def test_nobody_shows_somebody_elses_photo(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    karim, _ = factories.registered_in_cinema(email="karim@example.com")
    photo = upload(amina)

    with pytest.raises(Invalid):
        run(karim, profile.change_gallery, portfolio.added(PhotoItem(photo)))
    with pytest.raises(Invalid):
        run(amina, profile.attach, file_id=photo)


def test_credits_are_written_moved_and_removed(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    for title in ("Atlas", "Souk", "Medina"):
        run(amina, profile.change_credits, portfolio.added(form.credit({"title": title, "year": "2024"})))
    atlas, souk, medina = (one.key for one in own(amina).credits)

    run(amina, profile.change_credits, portfolio.moved(medina, 0))
    run(amina, profile.change_credits, portfolio.replaced(CreditItem(atlas, "Atlas II", 2025, "film", "Rider")))
    run(amina, profile.change_credits, portfolio.removed(souk))

    found = own(amina).credits
    assert [(one.key, one.title, one.year, one.part) for one in found] == [
        (medina, "Medina", 2024, ""), (atlas, "Atlas II", 2025, "Rider"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"title": "—"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Atlas", "year": "24"}, "year"),
        ({"title": "Atlas", "year": "1700"}, "year"),
        ({"title": "Atlas", "year": "x"}, "year"),
        ({"title": "Atlas", "part": "x" * 201}, "part"),
    ],
)
def test_a_credit_out_of_order_is_refused_beside_its_field(said: dict, wrong: str) -> None:
    with pytest.raises(InvalidForm) as refusal:
        form.credit(said)

    assert set(refusal.value.problems) == {wrong}


def test_days_off_are_noted_and_taken_back(cast: Cast, hands) -> None:
    amina, _ = factories.registered_in_cinema()
    run(amina, profile.take_days_off, starts_on="2027-04-10", ends_on="2027-04-12", note=" Wedding ")
    run(amina, profile.take_days_off, starts_on="2027-04-01", ends_on="")

    assert [(one.starts_on, one.ends_on, one.note) for one in own(amina).days_off] == [
        ("2027-04-01", "2027-04-01", ""), ("2027-04-10", "2027-04-12", "Wedding"),
    ]  # fmt: skip
    run(amina, profile.take_back_days_off, own(amina).days_off[0].id)
    assert len(own(amina).days_off) == 1


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [("", "", "starts_on"), ("2027-04-10", "2027-04-09", "ends_on"), ("2027-04-10", "soon", "ends_on"),
     ("1999-01-01", "1999-01-02", "ends_on"), ("9999-99-99", "", "starts_on")],
)  # fmt: skip
def test_days_off_out_of_order_are_refused(cast: Cast, hands, first: str, last: str, wrong: str) -> None:
    amina, _ = factories.registered_in_cinema()

    with pytest.raises(InvalidForm) as refusal:
        run(amina, profile.take_days_off, starts_on=first, ends_on=last)
    assert set(refusal.value.problems) == {wrong}


def test_nobody_takes_back_somebody_elses_days(cast: Cast, hands) -> None:
    amina, _ = factories.registered_in_cinema()
    karim, _ = factories.registered_in_cinema(email="karim@example.com")
    run(amina, profile.take_days_off, starts_on="2027-04-10", ends_on="")

    with pytest.raises(NotFound):
        run(karim, profile.take_back_days_off, own(amina).days_off[0].id)


def test_completeness_grows_and_names_what_helps_most(cast: Cast) -> None:
    amina, _ = factories.registered_in_cinema()
    before = own(amina)
    assert before.next_name == "photo"

    run(amina, profile.attach, file_id=upload(amina, "photo"))
    run(amina, profile.change_credits, portfolio.added(form.credit({"title": "Atlas"})))

    assert own(amina).completeness > before.completeness
    assert own(amina).next_name != "photo"


@given(st.lists(st.integers(0, 9), unique=True), st.integers(0, 9), st.integers(-3, 12))
def test_moving_loses_nobody(numbers: list[int], which: int, place: int) -> None:
    items = [PhotoItem(str(number)) for number in numbers]

    after = portfolio.moved(str(which), place)(items)

    assert sorted(one.key for one in after) == sorted(one.key for one in items)
    if which in numbers:
        assert portfolio.place_of(after, str(which)) == max(0, min(place, len(items) - 1))
