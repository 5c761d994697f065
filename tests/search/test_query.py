"""A search lives in the address bar."""

from urllib.parse import parse_qsl

from hypothesis import given, settings
from hypothesis import strategies as st

from talento.services.search.query import LONGEST_TEXT, MOST_VALUES, Query
from tests.search.queries import queries

NAMES = ["q", "skill", "country", "city", "age", "lang", "since", "sort", "page", "everyone", "x", "has", "lang_all"]


@settings(max_examples=500, deadline=None)
@given(queries(["actor", "plumber"], ["1", "22"]), st.integers(1, 500))
def test_a_search_survives_the_address_bar(query, page):
    asked = query.replaced(page=page)
    assert Query.from_address(dict(parse_qsl(asked.to_address(), keep_blank_values=True))) == asked


@settings(max_examples=1000, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=300)))
def test_any_address_is_a_search(params):
    query = Query.from_address(params)
    assert len(query.text) <= LONGEST_TEXT
    assert len(query.skills) <= MOST_VALUES
    assert Query.from_address(dict(parse_qsl(query.to_address()))) == query


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.integers(), st.lists(st.text()), st.text())))
def test_what_is_no_text_is_dropped(params):
    Query.from_address(params)


def test_ten_thousand_characters_become_a_hundred():
    assert len(Query(text="x " * 10_000).text) <= LONGEST_TEXT


def test_an_empty_search_has_an_empty_address():
    assert Query().to_address() == ""


def test_a_choice_starts_again_at_the_first_page():
    query = Query(page=4, skills=("actor",)).toggled("skills", "plumber", True)
    assert query == Query(skills=("actor", "plumber"))
    assert query.toggled("skills", "actor", False) == Query(skills=("plumber",))
    assert query.toggled("age", "18-24", True).to_address() == "skill=actor,plumber&age=18-24"
    assert query.toggled("__class__", "x", True) == query
