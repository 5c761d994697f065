"""Codes: their form, their numbers, and everything people may scan or type."""

import multiprocessing
import os
import string
from multiprocessing.synchronize import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from talento.errors import Invalid
from talento.services import codes
from talento.services.codes import CINEMA_PATTERN, TalentCode, city_letters
from talento.services.work import SYSTEM, Work, look, run
from talento.vocabulary.cities import places
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.people import Gender
from tests.conftest import point_at

LETTERS = st.sampled_from(string.ascii_uppercase)
CODES = st.builds(
    TalentCode,
    origin=st.sampled_from(list(COUNTRIES)),
    gender=st.sampled_from(list(Gender)),
    number=st.integers(1, 10**7),
    city=st.text(LETTERS, min_size=3, max_size=3),
)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Fès", "FES"), ("El Jadida", "ELJ"), ("Ur", "URX"), ("الرباط", "XXX"), ("", "XXX"), ("N'Djamena", "NDJ")],
)
def test_city_letters_follow_the_rule(name: str, letters: str) -> None:
    assert city_letters(name) == letters


def test_every_city_of_the_list_has_three_letters() -> None:
    assert all(
        set(city_letters(city.name_fr)) <= set(string.ascii_uppercase) and len(city_letters(city.name_fr)) == 3
        for country in COUNTRIES
        for city in places(country)
    )


def test_a_code_reads_as_decided() -> None:
    assert str(TalentCode("MA", Gender.MALE, 1, "RAB")) == "MAM0001RAB"
    assert str(TalentCode("MA", Gender.MALE, 10_000, "RAB")) == "MAM10000RAB"


@settings(max_examples=10_000, deadline=None)
@given(CODES)
def test_codes_round_trip_whatever_their_number(code: TalentCode) -> None:
    assert TalentCode.parse(str(code)) == code
    assert not CINEMA_PATTERN.fullmatch(str(code))


@settings(max_examples=2_000, deadline=None)
@given(CODES, st.sampled_from(["{}", " {} ", "https://talento.example/t/{}", "HTTP://x.org/t/{}?a=1#b", "/t/{}/"]))
def test_a_code_is_understood_however_it_is_given(code: TalentCode, shape: str) -> None:
    said = shape.format(str(code).lower())

    assert codes.normalize(said) == str(code)
    assert codes.normalize(f"{str(code)[:3]}-{str(code)[3:7]} {str(code)[7:]}") == str(code)


@settings(max_examples=10_000, deadline=None)
@given(st.text(max_size=80))
def test_garbage_never_breaks_the_reader(said: str) -> None:
    assert isinstance(codes.normalize(said), str)


@pytest.mark.parametrize("said", ["", "MA", "MAX0001RAB", "MAM001RAB", "MAM0001RA", "ma m0001rab", "MAM0001RAB1"])
def test_a_malformed_code_is_refused(said: str) -> None:
    with pytest.raises(Invalid):
        TalentCode.parse(said)


def test_a_rolled_back_number_is_given_again_and_no_other_is(db: str) -> None:
    def refused(work: Work) -> None:
        codes.next_number(work, "talent:MA")
        raise Invalid("no")

    first = run(SYSTEM, codes.next_number, "talent:MA")
    with pytest.raises(Invalid):
        run(SYSTEM, refused)

    assert (first, run(SYSTEM, codes.next_number, "talent:MA")) == (1, 2)
    assert run(SYSTEM, codes.next_number, "talent:FR") == 1


_barrier: Barrier


def _wait_here(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _take(url: str, count: int, naive: bool) -> tuple[list[int], int]:
    point_at(url)
    _barrier.wait(timeout=60)
    taken, failed = [], 0
    for _ in range(count):
        try:
            taken.append(look(SYSTEM, _naive, "talent:MA") if naive else run(SYSTEM, codes.next_number, "talent:MA"))
        except Exception:
            failed += 1
    return taken, failed


def _naive(work: Work, scope: str) -> int:
    """What the incumbent does: read the last number, then write the next."""
    last = work.session.execute(text("SELECT value FROM counter WHERE scope = :s"), {"s": scope}).scalar()
    if last is None:
        work.session.execute(text("INSERT INTO counter (scope, value) VALUES (:s, 1)"), {"s": scope})
        return 1
    work.session.execute(text("UPDATE counter SET value = :v WHERE scope = :s"), {"s": scope, "v": last + 1})
    return int(last) + 1


def _race(naive: bool, each: int) -> tuple[list[int], int]:
    url = os.environ["DATABASE_URL"]
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(4, _wait_here, [spawn.Barrier(4)]) as pool:
        results = pool.starmap(_take, [(url, each, naive)] * 4, chunksize=1)
    return [number for taken, _ in results for number in taken], sum(failed for _, failed in results)


def test_racing_processes_get_every_number_once(db: str) -> None:
    taken, failed = _race(naive=False, each=150)

    assert failed == 0
    assert sorted(taken) == list(range(1, 601))


def test_the_race_is_real_where_numbers_are_read_before_they_are_written(db: str) -> None:
    taken, failed = _race(naive=True, each=150)

    assert failed > 0 or len(set(taken)) < len(taken)
