"""A cinema search answers exactly what looking at each person would, and nothing about protected traits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from talento.errors import Forbidden, NotFound, Unauthorized
from talento.models.accounts import User
from talento.models.casting import Assignment, Candidate, CastingRole, Project, ProjectMember
from talento.models.cinema import CinemaAlias, CinemaTalent, Unavailability
from talento.models.operations import ActivityLog
from talento.services import encryption, live
from talento.services.cinema import seed
from talento.services.cinema.search import AMOUNTS, CINEMA, CinemaHaving, CinemaQuery, find, follow, matching
from talento.services.cinema.search.find import _asked
from talento.services.cinema.search.query import PAGE
from talento.services.reference import book
from talento.services.search import Index
from talento.services.search.find import _Search
from talento.services.search.query import LONGEST_TEXT, MOST_VALUES, Sort
from talento.services.work import SYSTEM, VISITOR, Actor, Work, work
from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import Accent, DrivingLicense, TalentType
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.permissions import Role
from talento.vocabulary.skills import SkillTag, skills
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.search import cinema_oracle as oracle
from tests.search.conftest import NOW, YOUSSEF, ZOE
from tests.search.queries import HOSTILE, mutated, some
from tests.search.test_find import FEWER, MANY

PEOPLE = 250
WORDS = [
    "karim", "amina", "benali", "nour", "sami", "figurant", "extra", "stunt", "cascadeur", "casting", "argan", "medina",
    "sables", "noirs", "festival", "years", "ans", "danse", "horse", "parkour", "syndicat", "example.com", "mam",
    "MACAS00001F", "OLDCINEMA99", "quartier", "cigognes", "little", "secret",
]  # fmt: skip


@contextmanager
def asking(actor: Actor = YOUSSEF, now: datetime = NOW) -> Iterator[Work]:
    """Work in somebody's name at noon of the day on which the tests take place."""
    with work(actor, writes=False) as opened:
        opened.now = now
        yield opened


class Set:
    """Some cinema talents, an index of them, and what is known of each without it."""

    def __init__(self, engine: Engine, index: Index, roles: dict[str, int]) -> None:
        self.engine, self.index, self.roles = engine, index, roles
        self.people = oracle.everybody(engine, NOW.date())

    def find(self, query: CinemaQuery, actor: Actor = YOUSSEF, role: str | None = None, now: datetime = NOW):
        with asking(actor, now) as opened:
            role_id = self.roles[role] if role else None
            return find(opened, query, "en", role_id=role_id, on=self.index)


@pytest.fixture(scope="session")
def cast_set(engine: Engine) -> Set:
    seed.seed(PEOPLE, files=False, sealed=False)
    with work(SYSTEM) as opened:
        roles = people_and_roles(opened)
    index = Index(engine, CINEMA)
    index.load()
    return Set(engine, index, roles)


def people_and_roles(opened: Work) -> dict[str, int]:
    """People whom demo data does not have, and two roles: one of them declares traits."""
    for actor in (YOUSSEF, ZOE):
        opened.insert(
            User, id=actor.user_id, uid=f"{actor.user_id:032d}", email=f"{actor.user_id}@agency.example.com",
            name=actor.name, role=actor.role, locale="en", password_version=1, created_at=NOW,
        )  # fmt: skip
    ten = NOW.date().replace(year=NOW.year - 10)
    odd = [
        {"first_name": "Little", "last_name": "Secret", "born_on": ten, "email": "little.secret@example.com"},
        {"first_name": "Little", "last_name": "Star", "born_on": ten, "guardian_consented_at": NOW,
         "email": "petite.etoile@example.com"},
        {"first_name": "Adult", "last_name": "Tomorrow", "born_on": date(NOW.year - 18, NOW.month, NOW.day + 1)},
        {"first_name": "Hidden", "last_name": "Zymurgist", "visibility": Visibility.HIDDEN},
        {"first_name": "Suspended", "last_name": "Zymurgist"},
        {"first_name": "Zoë", "last_name": "Œhler", "bio": "Straße & <b>100 %</b>", "agent": "Agence Étoilée"},
        {"first_name": "Ranged", "last_name": "Open", "playing_age_min": 0, "playing_age_max": None},
        {"first_name": "Ranged", "last_name": "Child", "playing_age_min": None, "playing_age_max": 12},
    ]  # fmt: skip
    keys = [factories._cinema_talent(opened, dict(facts))[1] for facts in odd]
    suspended = opened.session.get(CinemaTalent, keys[4])
    opened.session.execute(update(User).where(User.id == suspended.user_id).values(suspended_at=NOW))
    opened.insert(CinemaAlias, code="OLDCINEMA99", talent_id=keys[5])
    opened.insert(Unavailability, talent_id=keys[5], starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 10), note="")
    return _castings(opened, keys)


def _castings(opened: Work, keys: list[int]) -> dict[str, int]:
    city = next(city for city in book().cities_of["MA"] if city.fr == "Ouarzazate")
    roles = {}
    for number, (name, traits) in enumerate((("open", ""), ("declaring", "ethnicities,skin_tone"), ("foreign", ""))):
        project = opened.insert(
            Project, uid=f"p{number:031d}", code=f"MAOUAFIL90{number}", status="pre_production", created_at=NOW,
            updated_at=NOW, name=name, production_type="film", synopsis="", country="MA", city_id=city.id,
            city_typed="", shooting_places="", zone="Africa/Casablanca", day_break=5, contact_name="",
            contact_phone="", contact_email="", revision=1, starts_on=date(2026, 12, 5), ends_on=date(2026, 12, 20),
            folded=name,
        )  # fmt: skip
        if name != "foreign":
            opened.insert(ProjectMember, project_id=project, user_id=YOUSSEF.user_id, added_at=NOW)
        roles[name] = opened.insert(
            CastingRole, uid=f"r{number:031d}", project_id=project, revision=1, place=0, created_at=NOW,
            updated_at=NOW, criteria="", declared_traits=traits, traits_reason="A family of the south", name=name,
            kind="extra", wanted=2, description="", fee_currency="",
        )  # fmt: skip
        opened.insert(
            Assignment, project_id=project, talent_id=keys[6 if name == "open" else 5], role_id=roles[name], number=1,
            code=f"MAOUAFIL90{number}-001", kind="extra", description="", overlap_reason="", assigned_at=NOW,
            answer="waiting", answer_reason="", badge_serial=1,
            removed_at=NOW if name == "declaring" else None,
        )  # fmt: skip
    opened.insert(
        Candidate, role_id=roles["open"], talent_id=keys[5], stage="on_hold", place=0, rating=0, reason="",
        added_at=NOW, moved_at=NOW, answer="waiting", answer_reason="",
    )  # fmt: skip
    return roles


def queries():
    ages = st.one_of(st.none(), st.integers(0, 90))
    days = st.one_of(st.none(), st.dates(date(2026, 11, 1), date(2027, 3, 1)))
    ranged = {
        f"{name}_{end}": st.one_of(st.none(), st.integers(low, high))
        for name, (low, high) in AMOUNTS.items()
        for end in ("min", "max")
    }
    listed = {
        "kinds": TalentType, "gender": Gender, "accents": Accent, "licenses": DrivingLicense, "experience": Experience,
        "eye_color": EyeColor, "hair_color": HairColor, "hair_type": HairType, "build": Build, "has": CinemaHaving,
        "ethnicities": Ethnicity, "skin_tone": SkinTone,
    }  # fmt: skip
    countries = ["MA", "FR", "SN", "ES"]
    whole = st.builds(
        CinemaQuery,
        text=texts(),
        **dict.fromkeys(("age_min", "age_max", "plays_min", "plays_max"), ages),
        **{name: some([one.value for one in choices], 4) for name, choices in listed.items()},
        **{name: some(countries) for name in ("residence", "origin", "nationality")},
        **ranged,
        city=some([str(number) for number in range(1, 400)]),
        languages=some(["fr", "en", "ar", "ary"]),
        languages_all=st.booleans(),
        skills=some([skill.slug for skill in skills(SkillTag.CINEMA)]),
        skills_all=st.booleans(),
        free_from=days,
        free_to=days,
        sort=st.sampled_from(list(Sort)),
    )
    return whole.flatmap(loosened)


def texts():
    word = st.sampled_from(WORDS)
    typed = st.builds(lambda w, n: w[: max(1, n)], word, st.integers(1, 12))
    slipped = st.builds(mutated, word, st.integers(0, 12), st.sampled_from("aeikmz"), st.integers(0, 3))
    return st.one_of(
        st.just(""),
        st.lists(st.one_of(word, typed, slipped), min_size=1, max_size=3).map(" ".join),
        st.sampled_from(HOSTILE),
    )


def loosened(query: CinemaQuery):
    """Most searches narrow few properties: with all of them at once nobody would be left."""
    names = [name for name in CinemaQuery.__slots__ if name not in ("sort", "text", "page")]
    kept = st.sets(st.sampled_from(names), max_size=4)
    return kept.map(lambda keep: CinemaQuery(**{n: getattr(query, n) for n in (*keep, "sort", "text")}))


def check(cast_set: Set, query: CinemaQuery, role: str | None) -> None:
    with asking() as opened:
        role_id = cast_set.roles[role] if role else None
        _, asked, terms = _asked(opened, query, role_id, "en")
        search = _Search(opened, asked, cast_set.index, terms)
        expected = oracle.answer(cast_set.people, query, oracle.TRAITS if role == "declaring" else ())
        counts = {name: +count for name, count in search.counts().items()}
        slugs = book().skill_ids
        counts["skills"] = type(counts["skills"])({slugs[int(key)].slug: n for key, n in counts["skills"].items()})
        assert search.total == expected.total, query
        assert search.page(0, PAGE) == expected.ids[:PAGE]
        assert search.page(3, 1000) == expected.ids[3:]
        assert counts == expected.counts


@MANY
@given(query=queries())
def test_total_counts_and_order_are_those_of_looking_at_everybody(cast_set: Set, query: CinemaQuery) -> None:
    check(cast_set, query, None)


@FEWER
@given(query=queries())
def test_a_role_that_declares_traits_searches_and_counts_them(cast_set: Set, query: CinemaQuery) -> None:
    check(cast_set, query, "declaring")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_breaks_the_search(cast_set: Set, text: str) -> None:
    check(cast_set, CinemaQuery(text=text), None)


@FEWER
@given(query=queries(), page=st.integers(1, 300))
def test_a_search_survives_the_address_bar(query: CinemaQuery, page: int) -> None:
    asked = query.replaced(page=page)
    assert CinemaQuery.from_address(dict(parse_qsl(asked.to_address(), keep_blank_values=True))) == asked


@FEWER
@given(st.dictionaries(st.sampled_from([*CinemaQuery.NAMES, "role", "x"]), st.text(max_size=200)))
def test_any_address_is_a_search(params: dict[str, str]) -> None:
    query = CinemaQuery.from_address(params)
    assert len(query.text) <= LONGEST_TEXT
    assert all(len(query.chosen(name)) <= MOST_VALUES for name in CinemaQuery.CHOICES)
    assert CinemaQuery.from_address(dict(parse_qsl(query.to_address()))) == query


def test_only_recruiters_and_admins_search(cast_set: Set) -> None:
    for actor, refusal in ((VISITOR, Unauthorized), (ZOE, Forbidden)):
        with pytest.raises(refusal):
            cast_set.find(CinemaQuery(), actor)


def test_the_page_shows_faces_with_their_kinds_and_ages(cast_set: Set) -> None:
    found = cast_set.find(CinemaQuery(kinds=("stunt_performer",))).found

    assert found.rows and len(found.rows) <= PAGE
    people = {face.id: face for face in cast_set.people}
    for row in found.rows:
        assert set(row.kinds) == people[row.id].facets["kinds"]
        assert row.age == people[row.id].age
    kinds = next(facet for facet in found.facets if facet.name == "kinds")
    assert [value.value for value in kinds.values] == [kind.value for kind in TalentType]


def test_hidden_suspended_and_unconsented_people_leave_no_trace(cast_set: Set) -> None:
    admin = Actor(1, Role.ADMIN, None, "Awa")
    for actor in (YOUSSEF, admin):
        assert cast_set.find(CinemaQuery(text="zymurgist"), actor).found.total == 0
        assert cast_set.find(CinemaQuery(text="little secret"), actor).found.total == 0
    assert cast_set.find(CinemaQuery(text="little star")).found.total == 1


def test_a_child_becomes_visible_on_the_18th_birthday_without_any_change(cast_set: Set) -> None:
    assert cast_set.find(CinemaQuery(text="adult tomorrow")).found.total == 0
    assert cast_set.find(CinemaQuery(text="adult tomorrow"), now=NOW + timedelta(days=1)).found.total == 1


def test_the_photo_and_the_e_mail_of_a_child_cannot_be_searched_out(cast_set: Set) -> None:
    assert cast_set.find(CinemaQuery(text="petite.etoile@example.com")).found.total == 0
    assert cast_set.find(CinemaQuery(text="petite.e")).found.total == 0
    row = cast_set.find(CinemaQuery(text="little star")).found.rows[0]
    assert row.is_minor
    assert row.photo == ""


def test_an_older_code_comes_first(cast_set: Set) -> None:
    assert cast_set.find(CinemaQuery(text="old-cinema 99")).found.rows[0].name == "Zoë Œhler"


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [
        ("2026-11-25", "2026-11-30", True),
        ("2026-11-25", "2026-12-01", False),
        ("2026-12-10", "2026-12-10", False),
        ("2026-12-21", "2026-12-24", True),
        ("2026-12-20", None, False),
        (None, "2026-12-21", True),
    ],
)
def test_those_away_or_booked_on_some_of_the_days_are_not_available(cast_set: Set, first, last, is_free) -> None:
    found = cast_set.find(CinemaQuery(text="zoë œhler", free_from=first, free_to=last)).found

    assert (found.total == 1) is is_free


def test_a_booking_by_the_role_s_own_project_does_not_make_somebody_unavailable(cast_set: Set) -> None:
    query = CinemaQuery(text="ranged open", free_from="2026-12-06", free_to="2026-12-07")

    assert cast_set.find(query).found.total == 0
    assert cast_set.find(query, role="open").found.total == 1


def test_whoever_was_removed_from_a_project_is_free_again(cast_set: Set) -> None:
    query = CinemaQuery(text="zoë œhler", free_from="2026-12-12", free_to="2026-12-13")

    assert cast_set.find(query).found.total == 0
    with work(SYSTEM) as opened:
        row = opened.session.scalars(select(Assignment).where(Assignment.code == "MAOUAFIL902-001")).one()
        row.removed_at = NOW
    assert cast_set.find(query).found.total == 1
    with work(SYSTEM) as opened:
        opened.session.get(Assignment, row.id).removed_at = None


def test_those_on_the_board_of_the_role_are_marked(cast_set: Set) -> None:
    found = cast_set.find(CinemaQuery(text="zoë œhler"), role="open")

    assert found.stages == {found.found.rows[0].id: "on_hold"}
    assert cast_set.find(CinemaQuery(text="zoë œhler")).stages == {}


def test_a_role_of_another_team_is_no_role(cast_set: Set) -> None:
    with pytest.raises(NotFound):
        cast_set.find(CinemaQuery(), role="foreign")


ASKED_TRAITS = [
    CinemaQuery(ethnicities=("berber",)),
    CinemaQuery(skin_tone=("olive", "medium")),
    CinemaQuery(text="extra", ethnicities=("arab", "african"), skin_tone=("dark",), sort=Sort.NAME, page=2),
    CinemaQuery.from_address({"ethnicities": "berber", "skin_tone": "olive", "gender": "F"}),
]


@pytest.mark.parametrize("query", ASKED_TRAITS)
@pytest.mark.parametrize("role", [None, "open"])
def test_protected_traits_change_nothing_outside_a_role_that_declares_them(cast_set: Set, query, role) -> None:
    plain = query.replaced(ethnicities=(), skin_tone=(), page=query.page)
    asked, without = cast_set.find(query, role=role), cast_set.find(plain, role=role)

    assert [row.id for row in asked.found.rows] == [row.id for row in without.found.rows]
    assert (asked.found.total, asked.found.facets) == (without.found.total, without.found.facets)
    assert asked.query == plain
    assert not {facet.name for facet in asked.found.facets} & set(oracle.TRAITS)
    with asking() as opened:
        role_id = cast_set.roles[role] if role else None
        assert matching(opened, query, role_id=role_id, on=cast_set.index) == matching(
            opened, plain, role_id=role_id, on=cast_set.index
        )
        news = [follow(opened, one, [], 0, [], "en", role_id=role_id, on=cast_set.index) for one in (query, plain)]
    assert news[0] == news[1]


@pytest.mark.parametrize("query", ASKED_TRAITS)
def test_the_same_searches_do_narrow_within_a_role_that_declares_them(cast_set: Set, query) -> None:
    """The twin of the test above: with the protection out of the way, the traits would tell."""
    plain = query.replaced(ethnicities=(), skin_tone=())
    narrowed, without = cast_set.find(query, role="declaring"), cast_set.find(plain, role="declaring")

    assert narrowed.found.total < without.found.total
    assert {facet.name for facet in narrowed.found.facets} >= set(oracle.TRAITS)


def test_searching_traits_is_noted_once_for_each_role_person_and_day(cast_set: Set) -> None:
    def noted() -> list[ActivityLog]:
        with Session(cast_set.engine.execution_options(writes=False)) as session:
            return list(session.scalars(select(ActivityLog).where(ActivityLog.action == "traits_searched")))

    before = len(noted())
    tomorrow = datetime(2031, 5, 6, 9, tzinfo=UTC)
    for _ in range(3):
        cast_set.find(CinemaQuery(ethnicities=("arab",)), role="declaring", now=tomorrow)
    cast_set.find(CinemaQuery(ethnicities=("arab",)), role="open", now=tomorrow)
    after = noted()

    assert len(after) == before + 1
    assert after[-1].user_id == YOUSSEF.user_id
    assert after[-1].subject_id == cast_set.roles["declaring"]
    assert "A family of the south" in after[-1].details
    cast_set.find(CinemaQuery(), role="declaring", now=tomorrow + timedelta(days=1))
    assert len(noted()) == before + 2


def test_what_is_withdrawn_or_changed_is_found_so_at_once(cast_set: Set, engine: Engine) -> None:
    index = Index(engine, CINEMA)
    index.load()
    with work(SYSTEM) as opened:
        _, key = factories._cinema_talent(opened, {"first_name": "Trait", "last_name": "Told"})
        row = opened.session.get(CinemaTalent, key)
        row.ethnicities_sealed = encryption.keyring().seal("oceanian", "cinema_talent", row.uid, "ethnicities")
        row.traits_consented_at = NOW
        live.publish(opened, "cinema", key)
    query = CinemaQuery(text="trait told", ethnicities=("oceanian",))
    declaring = cast_set.roles["declaring"]

    index.heard([("talent", key), ("cinema", key)])
    with asking() as opened:
        assert find(opened, query, role_id=declaring, on=index).found.total == 1
    with work(SYSTEM) as opened:
        opened.session.get(CinemaTalent, key).traits_consented_at = None
    index.heard([("cinema", key)])
    with asking() as opened:
        assert find(opened, query, role_id=declaring, on=index).found.total == 0
    with work(SYSTEM) as opened:
        opened.session.delete(opened.session.get(CinemaTalent, key))


def test_a_trait_that_nobody_can_open_keeps_nobody_else_from_being_found(cast_set: Set, engine: Engine, caplog) -> None:
    with work(SYSTEM) as opened:
        _, key = factories._cinema_talent(opened, {"first_name": "Broken", "last_name": "Seal"})
        row = opened.session.get(CinemaTalent, key)
        row.ethnicities_sealed, row.traits_consented_at = "v1:nokey:garbage", NOW
    index = Index(engine, CINEMA)

    index.load()
    with asking() as opened:
        assert find(opened, CinemaQuery(text="broken seal"), on=index).found.total == 1
    assert "cannot be opened" in caplog.text
    assert "garbage" not in caplog.text
    with work(SYSTEM) as opened:
        opened.session.delete(opened.session.get(CinemaTalent, key))
