"""Demo cinema talents: invented, believable, always the same, and put into the tables as people would."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from talento.models.accounts import User
from talento.models.cinema import CinemaChoice, CinemaSkill, CinemaTalent, Credit, Unavailability
from talento.services import codes, encryption
from talento.services.cinema import seed
from talento.services.cinema.demo import DemoTalent, talents
from talento.services.demo import TODAY
from talento.services.work import SYSTEM, look
from talento.vocabulary.appearance import Ethnicity, SkinTone
from talento.vocabulary.casting import TalentType
from talento.vocabulary.skills import SkillTag, catalogue


@pytest.fixture(scope="module")
def crowd() -> list[DemoTalent]:
    return list(talents(3000))


def test_same_seed_gives_the_same_talents(crowd: list[DemoTalent]) -> None:
    assert list(talents(100)) == crowd[:100]
    assert list(talents(20, seed=2)) != crowd[:20]


def test_everybody_has_a_mail_address_that_no_general_talent_has(crowd: list[DemoTalent]) -> None:
    assert len({talent.email for talent in crowd}) == len(crowd)
    assert all(talent.email.endswith("@cinema.example.com") for talent in crowd)


def test_people_are_from_5_to_80_and_those_under_18_have_a_guardian(crowd: list[DemoTalent]) -> None:
    for talent in crowd:
        years = (TODAY - talent.born_on) / timedelta(days=365.25)
        assert 5 <= years < 81
        assert talent.is_minor == (years < 18)
    consents = Counter(talent.guardian.has_consented for talent in crowd if talent.guardian)
    assert consents[True] > consents[False] > 0


def test_every_kind_of_part_and_every_look_is_there(crowd: list[DemoTalent]) -> None:
    assert {kind for talent in crowd for kind in talent.kinds} == set(TalentType)
    assert len({talent.eye_color for talent in crowd}) >= 9
    assert len({talent.hair_color for talent in crowd}) >= 12
    assert 0.4 < sum(talent.traits is not None for talent in crowd) / len(crowd) < 0.7
    assert {catalogue()[slug].tag for talent in crowd for slug in talent.skills} == {SkillTag.CINEMA}


def test_bodies_are_possible(crowd: list[DemoTalent]) -> None:
    for talent in crowd:
        assert 90 <= talent.sizes["height"] <= 205
        assert 15 <= talent.sizes.get("weight", 60) <= 160
        assert 24 <= talent.sizes.get("shoe_size", 40) <= 50
        if talent.playing_ages:
            assert talent.playing_ages[0] <= talent.playing_ages[1]


def test_days_without_work_are_in_order_and_apart(crowd: list[DemoTalent]) -> None:
    for talent in crowd:
        for (_, end, _), (start, _, _) in zip(talent.away, talent.away[1:], strict=False):
            assert end < start
        assert all(start <= end for start, end, _ in talent.away)


def test_a_seeded_roster_is_read_back_as_it_was_invented(db: str) -> None:
    crowd = list(talents(60))

    assert seed.seed(60, files=False) == 60

    with_traits = next(talent for talent in crowd if talent.traits)
    row = look(SYSTEM, _row, with_traits.email)
    assert str(codes.CinemaCode.parse(row.code)) == row.code
    opened = encryption.keyring().open(row.ethnicities_sealed, "cinema_talent", row.uid, "ethnicities")
    assert tuple(map(Ethnicity, opened.split(","))) == with_traits.traits[0]
    tone = encryption.keyring().open(row.skin_tone_sealed, "cinema_talent", row.uid, "skin_tone")
    assert SkinTone(tone) is with_traits.traits[1]
    assert look(SYSTEM, _count, CinemaChoice) == sum(
        len(talent.kinds) + len(talent.languages) + len(talent.accents) + len(talent.licenses) for talent in crowd
    )
    assert look(SYSTEM, _count, CinemaSkill) == sum(len(talent.skills) for talent in crowd)
    assert look(SYSTEM, _count, Credit) == sum(len(talent.credits) for talent in crowd)
    assert look(SYSTEM, _count, Unavailability) == sum(len(talent.away) for talent in crowd)


def test_seeding_again_adds_nobody_twice(db: str) -> None:
    seed.seed(30, files=False, sealed=False)

    assert seed.seed(40, files=False, sealed=False) == 10
    assert look(SYSTEM, _count, CinemaTalent) == 40


def test_traits_without_consent_are_not_there(db: str) -> None:
    seed.seed(60, files=False, sealed=False)

    rows = look(SYSTEM, lambda work: work.session.scalars(select(CinemaTalent)).all())
    refused = [row for row in rows if row.traits_consented_at is None]
    assert refused
    assert all(row.ethnicities_sealed is None and row.skin_tone_sealed is None for row in refused)


def _row(work, email: str) -> CinemaTalent:
    return work.session.scalars(
        select(CinemaTalent).join(User, User.id == CinemaTalent.user_id).where(User.email == email)
    ).one()


def _count(work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table))
