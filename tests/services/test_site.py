"""What every open page shows of the settings."""

from typing import Any

import pytest

from talento.services import site
from talento.services.preferences import changes
from talento.services.work import look, run
from tests.factories import Cast


@pytest.mark.parametrize(
    ("key", "typed", "name", "value"),
    [
        ("site_name", "Atlas", "name", "Atlas"),
        ("tagline_en", "Faces", "tagline_en", "Faces"),
        ("tagline_fr", "Visages", "tagline_fr", "Visages"),
        ("contact_email", "us@example.com", "contact_email", "us@example.com"),
        ("contact_phone", "+212522000000", "contact_phone", "+212 5 22 00 00 00"),
        ("draft_days", "7", "draft_days", 7),
        ("home_title_en", "Be seen", "home_title_en", "Be seen"),
        ("home_title_fr", "Soyez vu", "home_title_fr", "Soyez vu"),
        ("description_en", "Ours", "description_en", "Ours"),
        ("description_fr", "Le nôtre", "description_fr", "Le nôtre"),
        ("findable", "false", "is_findable", False),
        ("notice_fr", "Atlas SARL", "has_notice", True),
        ("skills_most", "9", "skills_most", 9),
        ("skills_least", "3", "skills_least", 3),
    ],
)
def test_a_changed_setting_is_on_every_page(cast: Cast, key: str, typed: str, name: str, value: Any) -> None:
    assert getattr(site.shown(), name) == getattr(site.Site(), name), "pages are built with the defaults"

    run(cast.awa, changes.change, key, typed, revision=0)

    assert getattr(site.shown(), name) == value


@pytest.mark.parametrize("one", site.SOCIAL, ids=lambda one: one.key)
def test_each_network_is_linked_once_it_is_set(cast: Cast, one: Any) -> None:
    url = f"https://{one.kind.network.hosts[0]}/atlas"
    run(cast.awa, changes.change, one.key, url, revision=0)

    assert site.shown().social == [site.Social(one.label, url)]
    assert look(cast.awa, changes.entry, one.key).typed == url
