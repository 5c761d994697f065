"""The skill catalogue."""

from collections import Counter

from talento.vocabulary.skills import SkillCategory, SkillTag, catalogue, find_skill, skills


def test_catalogue_has_131_general_and_57_cinema_skills() -> None:
    assert len(skills(SkillTag.GENERAL)) == 131
    assert len(skills(SkillTag.CINEMA)) == 57


def test_categories_have_the_incumbents_sizes() -> None:
    sizes = Counter(skill.category for skill in skills())

    assert [sizes[category] for category in SkillCategory] == [
        *(13, 18, 9, 9, 16, 9, 12, 7, 12, 8, 9, 9),
        *(12, 10, 8, 7, 7, 6, 7),
    ]


def test_slugs_and_labels_are_unique() -> None:
    for words in (catalogue(), {skill.en for skill in skills()}, {skill.fr for skill in skills()}):
        assert len(words) == 188


def test_every_slug_and_french_label_finds_its_skill() -> None:
    for skill in skills():
        assert find_skill(skill.slug) is skill
        assert find_skill(skill.fr.upper()) is skill


def test_two_data_analysts_stay_apart() -> None:
    assert find_skill("Data analyst") is catalogue()["data_analyst"]
    assert find_skill("Analyste data") is catalogue()["data_analyst_it"]


def test_skill_shows_the_emoji_and_tag_of_its_category() -> None:
    mason = catalogue()["mason"]

    assert (mason.emoji, mason.tag, mason.label("fr")) == ("🔨", SkillTag.GENERAL, "Maçon")


def test_unknown_skill_is_none() -> None:
    assert find_skill("dragon taming") is None
