"""The sender killed while the provider is ill: nothing is lost, and nothing sent twice.

`python -m bench outbox` does it with a thousand messages and twenty kills.
"""

from pathlib import Path

import pytest

from bench.outbox import soak


@pytest.mark.slow
def test_kills_and_silences_lose_and_double_nothing(tmp_path: Path) -> None:
    found = soak(tmp_path, 100, 3)

    assert (found.kills, found.lost, found.unexplained) == (3, 0, 0)
    assert found.doubled <= 1


@pytest.mark.slow
def test_twin_that_never_hears_the_providers_word_doubles(tmp_path: Path) -> None:
    found = soak(tmp_path, 40, 1, silent=0.4, hears=False, longest=20)

    assert found.doubled > 1
