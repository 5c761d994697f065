"""A search answers exactly what looking at each person would."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from talento.errors import Forbidden, Unauthorized
from talento.services.reference import book
from talento.services.search import find, matching
from talento.services.search.facets import SHOWN
from talento.services.search.find import _Search
from talento.services.search.query import PAGE, Query, Sort
from talento.services.work import VISITOR, Actor
from tests.search import oracle
from tests.search.conftest import AWA, YOUSSEF, ZOE, Town
from tests.search.queries import HOSTILE, queries

MANY = settings(
    max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
FEWER = settings(MANY, max_examples=120)


def check(town: Town, query: Query, actor: Actor) -> None:
    with town.asking(actor) as work:
        search = _Search(work, query, town.index)
        expected = oracle.answer(town.people, query, sees_all=actor is AWA)
        counts = {name: +count for name, count in search.counts().items()}
        slugs = book().skill_ids
        counts["skills"] = type(counts["skills"])({slugs[int(key)].slug: n for key, n in counts["skills"].items()})
        assert sum(map(len, search.found)) == expected.total, query
        assert search.page(0, PAGE) == expected.ids[:PAGE]
        assert search.page(PAGE, 7) == expected.ids[PAGE : PAGE + 7]
        assert search.page(3, 1000) == expected.ids[3:]
        assert counts == expected.counts


def strategy():
    from talento.vocabulary.skills import SkillTag, skills

    return queries([skill.slug for skill in skills(SkillTag.GENERAL)][:40], [str(number) for number in range(1, 400)])


@MANY
@given(query=strategy(), actor=st.sampled_from([YOUSSEF, AWA]))
def test_total_counts_and_order_are_those_of_looking_at_everybody(town, query, actor):
    check(town, query, actor)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_breaks_the_search(town, text):
    check(town, Query(text=text), YOUSSEF)


def test_the_page_shows_the_found_people_and_the_counts(town):
    with town.asking(YOUSSEF) as work:
        found = find(work, Query(text="karim", languages=("fr",)), "fr", on=town.index)
    expected = oracle.answer(town.people, Query(text="karim", languages=("fr",)))
    assert [row.id for row in found.rows] == expected.ids[:PAGE]
    assert found.total == expected.total
    languages = next(facet for facet in found.facets if facet.name == "languages")
    assert languages.values[0].value == "fr"
    assert languages.values[0].is_selected
    assert languages.values[0].label == "Français"
    assert {value.value: value.count for value in languages.values}.items() <= expected.counts["languages"].items()
    assert all(len(facet.values) <= SHOWN.most + 1 for facet in found.facets)


def test_a_page_beyond_the_last_is_the_last(town):
    with town.asking(YOUSSEF) as work:
        found = find(work, Query(page=999), on=town.index)
    assert found.page == found.pages
    assert found.rows


def test_only_recruiters_and_admins_search(town):
    for actor, refusal in ((VISITOR, Unauthorized), (ZOE, Forbidden)):
        with town.asking(actor) as work, pytest.raises(refusal):
            find(work, Query(), on=town.index)


def test_hidden_and_suspended_people_leave_no_trace(town):
    with town.asking(YOUSSEF) as work:
        assert find(work, Query(text="zymurgiste"), on=town.index).total == 0
        assert find(work, Query(text="zymurgist", everyone=True), on=town.index).total == 0
        assert find(work, Query(text="Suspendu"), on=town.index).total == 0
    with town.asking(AWA) as work:
        assert find(work, Query(text="zymurgiste"), on=town.index).total == 0
        found = find(work, Query(text="zymurgiste", everyone=True), on=town.index)
        assert found.total == 1
        assert found.rows[0].is_hidden


@pytest.mark.parametrize("form", ["{}", "{} ", "  {}", "https://talento.example/t/{}", "/t/{}"])
def test_a_code_is_found_in_any_form(town, form):
    person = next(person for person in town.people if person.visible)
    code = next(iter(person.codes))
    for typed in (code, code.lower(), f"{code[:2]} {code[2:7]}-{code[7:]}"):
        with town.asking(YOUSSEF) as work:
            assert find(work, Query(text=form.format(typed)), on=town.index).rows[0].id == person.id


def test_an_older_code_and_an_e_mail_come_first(town):
    with town.asking(YOUSSEF) as work:
        old = next(person for person in town.people if "OLD123456789" in person.codes)
        assert find(work, Query(text="old-123456789"), on=town.index).rows[0].id == old.id
        mailed = next(person for person in town.people if person.visible)
        assert find(work, Query(text=mailed.email.upper()), on=town.index).rows[0].id == mailed.id


def test_ages_turn_on_the_birthday(town):
    with town.asking(YOUSSEF) as work:
        assert find(work, Query(text="turns", age_min=20, age_max=20), on=town.index).total == 1
        assert find(work, Query(text="turns", age_max=19), on=town.index).total == 1


def test_everybody_who_matches_is_more_than_a_page(town):
    with town.asking(YOUSSEF) as work:
        assert sorted(matching(work, Query(sort=Sort.NAME), on=town.index)) == sorted(
            p.id for p in town.people if p.visible
        )
