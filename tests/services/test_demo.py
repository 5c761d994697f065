"""Demo people: invented, believable, always the same."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import phonenumbers
import pytest

from talento.services.demo import TODAY, DemoPerson, people
from talento.vocabulary.cities import places
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.skills import SkillTag, catalogue

NUMBERED_WELL = {"MA", "FR", "CD", "SN", "CI", "TN", "DZ", "ES", "BE"}


@pytest.fixture(scope="module")
def crowd() -> list[DemoPerson]:
    return list(people(5000))


def test_same_seed_gives_the_same_people(crowd: list[DemoPerson]) -> None:
    assert list(people(200)) == crowd[:200]
    assert list(people(50, seed=2)) != crowd[:50]


def test_people_come_one_by_one() -> None:
    assert len(list(islice(people(1_000_000), 3))) == 3


def test_everybody_has_their_own_mail_address_at_an_example_domain(crowd: list[DemoPerson]) -> None:
    assert len({person.email for person in crowd}) == len(crowd)
    for person in crowd:
        local, domain = person.email.split("@")
        assert domain in ("example.com", "example.org", "example.net")
        assert local.isascii() and len(local) <= 64 and ".." not in local


def test_phone_numbers_are_valid(crowd: list[DemoPerson]) -> None:
    invalid = [
        person.phone
        for person in crowd
        if person.residence in NUMBERED_WELL and not phonenumbers.is_valid_number(phonenumbers.parse(person.phone))
    ]

    assert invalid == []
    assert {person.residence for person in crowd} >= NUMBERED_WELL


def test_everybody_is_between_16_and_75_and_registered_in_the_last_two_years(crowd: list[DemoPerson]) -> None:
    midnight = datetime.combine(TODAY, datetime.min.time(), UTC)
    for person in crowd:
        born = person.born_on
        age = TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
        assert 16 <= age <= 75
        assert person.experience.years <= max(age - 15, 0)
        assert midnight - timedelta(days=731) < person.registered_at < midnight


def test_ages_follow_the_day_that_the_caller_gives() -> None:
    now, later = next(people(1)), next(people(1, today=date(2030, 11, 1)))

    assert later.born_on - now.born_on == date(2030, 11, 1) - TODAY


def test_every_value_is_one_of_ours(crowd: list[DemoPerson]) -> None:
    for person in crowd:
        assert {person.origin, person.nationality, person.residence} <= set(COUNTRIES)
        assert person.currency == COUNTRIES[person.residence].currency
        assert person.residence_city in {None, *(city.name_fr for city in places(person.residence))}
        assert 1 <= len(person.languages) == len(set(person.languages)) <= 4
        assert 1 <= len(person.skills) == len(set(person.skills)) <= 5
        assert {catalogue()[slug].tag for slug in person.skills} == {SkillTag.GENERAL}
        assert person.bio.endswith(".") and "{" not in person.bio
        assert all(rate is None or rate > 0 for rate in (person.hourly_rate, person.monthly_rate))


def test_links_belong_to_their_network(crowd: list[DemoPerson]) -> None:
    for person in crowd:
        for network, url in person.networks.items():
            assert network.owns(url.split("/")[2])


def test_nearly_half_come_from_morocco_and_the_rest_from_everywhere(crowd: list[DemoPerson]) -> None:
    origins = Counter(person.origin for person in crowd)

    assert 0.38 < origins["MA"] / len(crowd) < 0.50
    assert len(origins) > 60


def test_some_names_are_hard_to_print(crowd: list[DemoPerson]) -> None:
    names = [f"{person.first_name} {person.last_name}" for person in crowd]

    assert any("\u0600" <= name[0] <= "\u06ff" for name in names)
    assert any(len(name) > 60 for name in names)
    assert any("'" in name for name in names) and any("-" in name for name in names)


def test_a_few_live_where_no_city_is_listed(crowd: list[DemoPerson]) -> None:
    unlisted = sum(person.residence_city is None for person in crowd)

    assert 0 < unlisted < len(crowd) * 0.05
