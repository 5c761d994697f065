"""Companies: every field, found without accents, verified by admins, deleted softly, their logos seen by the right."""

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound, TooLarge
from talento.models.operations import SecurityLog
from talento.services.casting import assignments, productions, projects
from talento.services.uploads import store
from talento.services.work import SYSTEM, Actor, look, run, work
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast

ATLAS = {
    "name": "Atlas Étoile Films",
    "specialization": "Period drama",
    "description": "Sets in the desert.",
    "founded_year": "1998",
    "ceo": "Leïla Amrani",
    "employees_count": "45",
    "productions_count": "120",
    "phone": "0522123456",
    "email": "Contact@Atlas.example.com",
    "address": "12 rue des Studios",
    "postal_code": "45000",
    "city": "Fès",
    "country": "MA",
    "website": "atlas.example.com",
    "facebook": "@atlasfilms",
    "instagram": "https://www.instagram.com/atlasfilms",
    "twitter": "@atlas",
    "linkedin": "https://www.linkedin.com/company/atlas",
    "notable_productions": "The Well\nThe Salt Road",
    "services": "Casting",
    "equipment": "Two cranes",
    "studios": "Stage A",
    "certifications": "ISO 9001",
    "memberships": "CCM",
    "awards": "Best set 2020",
}


def names(actor: Actor, **wanted) -> list[str]:
    return [line.name for line in look(actor, productions.page, **wanted).rows]


def test_a_company_keeps_every_field(cast: Cast) -> None:
    key = run(cast.youssef, productions.create, ATLAS)

    kept = look(cast.youssef, productions.one, key)

    assert kept.raw == ATLAS | {
        "phone": "+212522123456",
        "email": "contact@atlas.example.com",
        "website": "https://atlas.example.com",
        "facebook": "https://facebook.com/atlasfilms",
        "twitter": kept.links["twitter"],
    }
    assert kept.shown_fr["country"] == "Maroc"
    assert kept.shown_en["employees_count"] == "45"
    assert kept.shown_en["founded_year"] == "1998"


def test_only_a_name_is_needed_and_what_is_wrong_is_said_beside_its_field(cast: Cast) -> None:
    assert look(cast.youssef, productions.one, run(cast.youssef, productions.create, {"name": "Solo"})).name == "Solo"

    wrong = {
        "name": " ",
        "founded_year": "1700",
        "email": "no",
        "website": "javascript:alert(1)",
        "facebook": "x.org/a",
    }
    with pytest.raises(InvalidForm) as refused:
        run(cast.youssef, productions.create, wrong)

    assert set(refused.value.problems) == {"name", "founded_year", "email", "website", "facebook"}


@pytest.mark.parametrize("text", ["etoile", "ETOILE atlas", "fes", "period", "Étoile fès", "toil"])
def test_a_company_is_found_without_accents(cast: Cast, text: str) -> None:
    run(cast.youssef, productions.create, ATLAS)
    run(cast.youssef, productions.create, {"name": "Other House", "city": "Rabat"})

    assert names(cast.youssef, text=text) == ["Atlas Étoile Films"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "a%b", "'; DROP TABLE production; --", "🎬", "x" * 5000, "\x00?"])
def test_odd_searches_find_nothing_by_accident(cast: Cast, text: str) -> None:
    run(cast.youssef, productions.create, ATLAS)

    assert names(cast.youssef, text=text) == []


def test_an_edit_is_found_by_its_new_words_and_a_stale_one_is_refused(cast: Cast) -> None:
    key = run(cast.youssef, productions.create, ATLAS)
    opened = look(cast.youssef, productions.one, key)
    company = {name: opened.raw[name] for name in ("name", "specialization")} | {"name": "Nūr Films"}

    revision = run(cast.awa, productions.edit, key, step="company", typed=company, revision=opened.revision)

    assert revision == opened.revision + 1
    assert names(cast.youssef, text="nur") == ["Nūr Films"]
    with pytest.raises(Conflict):
        run(cast.youssef, productions.edit, key, step="company", typed=company, revision=opened.revision)
    with pytest.raises(Invalid):
        run(cast.youssef, productions.edit, key, step="nonsense", typed={}, revision=revision)


def test_only_an_admin_verifies_and_it_is_logged(cast: Cast) -> None:
    key = run(cast.youssef, productions.create, ATLAS)
    with pytest.raises(Forbidden):
        run(cast.youssef, productions.verify, key, True)

    run(cast.awa, productions.verify, key, True)

    assert names(cast.youssef, is_verified=True) == ["Atlas Étoile Films"]
    with work(SYSTEM) as opened:
        assert "production_verified" in opened.session.scalars(select(SecurityLog.event)).all()


def test_a_company_is_not_deleted_while_projects_are_under_way(cast: Cast) -> None:
    key = run(cast.youssef, productions.create, ATLAS)
    project = factories.project(cast.youssef, production=str(key))
    assert look(cast.youssef, productions.page).rows[0].projects == 1
    with pytest.raises(Conflict, match="under way: 1"):
        run(cast.youssef, productions.delete, key)
    run(cast.youssef, projects.set_status, project, "completed")

    run(cast.youssef, productions.delete, key)

    assert names(cast.youssef) == []
    assert names(cast.youssef, is_deleted=True) == names(cast.awa, is_deleted=True) == ["Atlas Étoile Films"]
    run(cast.youssef, productions.restore, key)
    assert names(cast.youssef) == ["Atlas Étoile Films"]


def test_somebody_elses_company_is_neither_deleted_nor_brought_back(cast: Cast) -> None:
    key = run(cast.awa, productions.create, ATLAS)
    with pytest.raises(Forbidden):
        run(cast.youssef, productions.delete, key)
    run(cast.awa, productions.delete, key)

    assert names(cast.youssef, is_deleted=True) == []
    for action in (productions.one, productions.restore):
        with pytest.raises(NotFound):
            run(cast.youssef, action, key)
    with pytest.raises(NotFound):
        run(cast.awa, productions.edit, key, step="company", typed=ATLAS)


@pytest.mark.parametrize("who", ["nadia", "zoe"])
def test_companies_are_for_those_who_cast(cast: Cast, who: str) -> None:
    key = run(cast.youssef, productions.create, ATLAS)
    calls = [
        (productions.page, ()), (productions.one, (key,)), (productions.choices, ()), (productions.create, (ATLAS,)),
        (productions.attach_logo, (key, "")), (productions.verify, (key, True)), (productions.delete, (key,)),
        (productions.restore, (key,)),
    ]  # fmt: skip

    for action, arguments in calls:
        with pytest.raises(Forbidden):
            run(getattr(cast, who), action, *arguments)
    with pytest.raises(Forbidden):
        run(getattr(cast, who), productions.edit, key, step="company", typed=ATLAS)


def logo(actor: Actor, **options) -> str:
    data = factories.picture(600, 150, **options)
    return store.receive(actor, kind="logo", name="logo.png", data=data).id


def test_a_logo_keeps_its_proportions_and_is_seen_by_those_it_concerns(cast: Cast) -> None:
    from io import BytesIO

    from PIL import Image

    key = run(cast.youssef, productions.create, ATLAS)
    run(cast.youssef, productions.attach_logo, key, logo(cast.youssef))
    file_id = look(cast.youssef, productions.one, key).logo_url.rpartition("/")[2]
    amina, talent = factories.cinema_talent()
    other, _ = factories.cinema_talent()

    assert Image.open(BytesIO(store.read(cast.nadia, file_id, size="medium").data)).size == (320, 80)
    with pytest.raises(NotFound):
        store.read(amina, file_id)
    project = factories.project(cast.youssef, production=str(key))
    run(cast.youssef, assignments.assign, project, talent_id=talent)
    assert store.read(amina, file_id).media_type == "image/webp"
    for stranger in (other, cast.zoe, Actor()):
        with pytest.raises(NotFound):
            store.read(stranger, file_id)


def test_a_new_logo_replaces_the_old_one_and_somebody_elses_file_is_refused(cast: Cast) -> None:
    recruiter = factories.staff("Rachid", Role.RECRUITER)
    key = run(cast.youssef, productions.create, ATLAS)
    first = logo(cast.youssef)
    run(cast.youssef, productions.attach_logo, key, first)

    run(cast.youssef, productions.attach_logo, key, logo(cast.youssef))

    with pytest.raises(NotFound):
        store.read(cast.awa, first)
    with pytest.raises(Invalid):
        run(recruiter, productions.attach_logo, key, logo(cast.youssef))
    run(cast.youssef, productions.attach_logo, key, "")
    assert look(cast.youssef, productions.one, key).logo_url == ""


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("logo.png", b"x" * (2 * store.MB + 1), TooLarge),
        ("logo.gif", factories.picture(200, 100, "GIF"), Invalid),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Invalid),
        ("logo.png", factories.picture(20, 20), Invalid),
        ("logo.png", b"", Invalid),
    ],
)
def test_what_is_no_logo_is_refused(cast: Cast, name: str, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        store.receive(cast.youssef, kind="logo", name=name, data=data)
