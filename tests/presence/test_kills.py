"""The product's server killed with SIGKILL during scans: none that was acknowledged is lost, none is there twice.

`make soak` does it 200 times; here it is ten.
"""

from pathlib import Path

import pytest

from bench.kills import soak
from tests.edge.conftest import build_pages


@pytest.fixture(scope="module", autouse=True)
def pages() -> None:
    build_pages()


@pytest.mark.slow
def test_ten_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    found = soak(tmp_path, 10)

    assert (found.lost, found.doubled, found.refused) == (0, 0, 0)
    assert found.acknowledged > 50
    assert found.repeated > 10


@pytest.mark.slow
def test_twin_that_answers_before_it_commits_and_numbers_anew_loses_or_doubles(tmp_path: Path) -> None:
    """Which of the two depends on the moment of the kill."""
    found = soak(tmp_path, 3, renumbers=True, is_late=True)

    assert found.acknowledged > 0
    assert found.lost + found.doubled > 0
