"""The index follows the database: what changed is found at once, by every process, while others search."""

import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import delete, func, select, update

from talento.models.accounts import User
from talento.models.talents import CodeAlias, Talent, TalentLanguage, TalentSkill
from talento.services import live
from talento.services.reference import book
from talento.services.search import Query, count_new, find, follow
from talento.services.search import live_index as index_module
from talento.services.search.live_index import EVERYBODY, Index
from talento.services.search.query import PAGE, Sort
from talento.services.work import SYSTEM, work
from talento.vocabulary.people import Experience
from talento.vocabulary.visibility import Visibility
from tests.search import oracle
from tests.search.conftest import AWA, NOW, YOUSSEF, Town, person
from tests.search.test_find import check

QUERIES = [
    Query(),
    Query(text="karim"),
    Query(text="karmi"),
    Query(text="ma", residence=("MA",), languages=("fr", "ar"), has=("cv",)),
    Query(sort=Sort.NAME),
    Query(sort=Sort.UPDATED, experience=("senior",)),
    Query(sort=Sort.NEWEST, age_min=20, age_max=40, everyone=True),
    Query(text="changed", skills=("plumber", "actor"), sort=Sort.NAME),
    Query(registered_from=date(2025, 6, 1), registered_to=date(2026, 3, 1)),
]


@pytest.fixture
def own_town(engine) -> Town:
    """A town whose people a test may change: afterwards others see it afresh."""
    made = Index(engine)
    made.load()
    return Town(engine, made, oracle.everybody(engine, NOW.date()))


@pytest.fixture
def small(monkeypatch) -> None:
    """Few changes are many here, so that every way of keeping segments is gone through."""
    monkeypatch.setattr(index_module, "FRESH", 8)
    monkeypatch.setattr(index_module, "SMALL_SEGMENTS", 2)


def test_after_any_changes_the_index_is_as_if_made_anew(own_town, small):
    town, rng = own_town, Random(5)
    before = town.index.snapshot.version
    for step in range(14):
        town.index.apply(changed(town, rng, step))
        town.people = oracle.everybody(town.engine, NOW.date())
        for query in QUERIES:
            check(town, query, AWA if query.everyone else YOUSSEF)
    assert town.index.snapshot.version >= before + 14
    made_anew = Index(town.engine)
    made_anew.load()
    for query in QUERIES:
        with town.asking() as asking:
            assert ids(asking, query, town.index) == ids(asking, query, made_anew)


def ids(asking, query, index):
    return [row.id for page in range(1, 4) for row in find(asking, query.replaced(page=page), on=index).rows]


def changed(town: Town, rng: Random, step: int) -> list[int]:
    """Change a few people in the database, in every way there is."""
    with work(SYSTEM) as opened:
        session = opened.session
        everybody = sorted(session.scalars(select(Talent.id)))
        chosen = rng.sample(everybody, rng.randrange(1, 7))
        for key in chosen:
            talent = session.get(Talent, key)
            talent.first_name = rng.choice(["Changed", "Karim", "Mohamed", "Žofie", talent.first_name])
            talent.bio = rng.choice(["changed zymurgy", talent.bio, ""])
            talent.completeness = rng.randrange(101)
            talent.updated_at = NOW + timedelta(seconds=rng.randrange(10**6))
            talent.visibility = rng.choice(list(Visibility))
            talent.experience = rng.choice([None, *Experience])
            talent.born_on = rng.choice([None, date(1999, 11, 22), date(1999, 11, 23)])
            session.execute(delete(TalentSkill).where(TalentSkill.talent_id == key))
            session.add_all(TalentSkill(talent_id=key, skill_id=one) for one in rng.sample(sorted(book().skill_ids), 3))
        suspended = session.get(Talent, rng.choice(everybody))
        moment = rng.choice([None, NOW])
        session.execute(update(User).where(User.id == suspended.user_id).values(suspended_at=moment))
        added = person(
            opened,
            1000 + 37 * step + session.scalar(select(func.count(User.id))),
            first_name="Changed",
            last_name=f"New {step}",
        )
        gone = rng.choice([key for key in everybody if key not in chosen and key != suspended.id])
        for table in (TalentSkill, TalentLanguage, CodeAlias):
            session.execute(delete(table).where(table.talent_id == gone))
        session.execute(delete(Talent).where(Talent.id == gone))
        return [*chosen, suspended.id, added.id, gone]


def test_new_matches_are_counted(own_town):
    query = Query(text="ultracrepidarian")
    with own_town.asking() as asking:
        before = find(asking, query, on=own_town.index)
    with work(SYSTEM) as opened:
        keys = [person(opened, 7000 + n, bio="Ultracrepidarian", first_name="Newly").id for n in range(3)]
    own_town.index.heard([("talent", key) for key in keys])
    with own_town.asking() as asking:
        assert count_new(asking, query, before.newest, on=own_town.index) == 3
    remove(keys)


def test_who_looks_at_people_sees_what_becomes_of_them(own_town):
    with work(SYSTEM) as opened:
        one, other = (person(opened, 7100 + n, bio="Tergiversator", first_name="Shown").id for n in range(2))
    own_town.index.apply([one, other])
    query = Query(text="tergiversator")
    with own_town.asking() as asking:
        newest = find(asking, query, on=own_town.index).newest
    with work(SYSTEM) as opened:
        opened.session.get(Talent, one).first_name = "Renamed"
        opened.session.get(Talent, other).visibility = Visibility.HIDDEN
        late = person(opened, 7103, bio="Tergiversator").id
        stranger = person(opened, 7104).id
    own_town.index.apply([one, other, late, stranger])
    with own_town.asking() as asking:
        assert follow(asking, query, [one, other], newest, [stranger], on=own_town.index) is None
        news = follow(asking, query, [one, other], newest, [late], on=own_town.index)
    assert [row.name.split()[0] for row in news.rows] == ["Renamed"]
    assert (news.total, news.arrived) == (2, 1)
    remove([one, other, late, stranger])


def test_a_bulk_change_reads_everybody_again(own_town):
    with work(SYSTEM) as opened:
        key = person(opened, 8000, bio="Borborygmus").id
    own_town.index.heard([("talent", EVERYBODY)])
    assert until(lambda: total(own_town, Query(text="borborygmus")) == 1) < 10
    remove([key])


def test_what_another_process_changes_is_found_within_a_second(own_town):
    with work(SYSTEM) as opened:
        key = person(opened, 8100).id
    own_town.index.apply([key])
    feed = live.Feed([own_town.index.heard], own_town.engine)
    feed.start()
    try:
        subprocess.run([sys.executable, "-c", ELSEWHERE, str(key)], check=True)
        assert until(lambda: total(own_town, Query(text="Sesquipedalian")) == 1) < 1
    finally:
        feed.stop()
    remove([key])


ELSEWHERE = """
import sys
import talento.models.tables
from talento.models.talents import Talent
from talento.services import live
from talento.services.work import SYSTEM, work
with work(SYSTEM) as opened:
    opened.session.get(Talent, int(sys.argv[1])).bio = "sesquipedalian"
    live.publish(opened, "talent", int(sys.argv[1]))
"""


def test_searches_go_on_while_people_change(own_town, small):
    town, failures, stop = own_town, [], threading.Event()

    def hammer(query: Query) -> None:
        while not stop.is_set():
            try:
                with town.asking() as asking:
                    found = find(asking, query, on=town.index)
                assert len(found.rows) <= PAGE
                assert found.total >= len(found.rows)
            except Exception as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=hammer, args=(query,)) for query in QUERIES[:6]]
    for thread in threads:
        thread.start()
    rng = Random(9)
    for step in range(10):
        town.index.apply(changed(town, rng, 500 + step))
    town.index.load()
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures


def test_nobody_is_found_where_there_is_nobody(own_town):
    empty = Index(own_town.engine)
    empty.snapshot = type(empty.snapshot)()
    empty.is_loaded = True
    with own_town.asking() as asking:
        found = find(asking, Query(text="karim"), on=empty)
    assert (found.total, found.rows, found.pages) == (0, [], 1)


def total(town: Town, query: Query) -> int:
    with town.asking() as asking:
        return find(asking, query, on=town.index).total


def until(holds) -> float:
    """How many seconds it took; ten at most."""
    start = time.monotonic()
    while not holds() and time.monotonic() < start + 10:
        time.sleep(0.02)
    return time.monotonic() - start


def remove(keys: list[int]) -> None:
    with work(SYSTEM) as opened:
        for table in (TalentSkill, TalentLanguage):
            opened.session.execute(delete(table).where(table.talent_id.in_(keys)))
        opened.session.execute(delete(Talent).where(Talent.id.in_(keys)))
