"""A checklist that names a test names one that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTS = sorted((ROOT / "docs" / "security").glob("*.md"))
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_test_that_a_checklist_names_exists(path: Path) -> None:
    named = re.findall(r"`(test_\w+)`", path.read_text())

    assert [name for name in named if f"def {name}(" not in TESTS] == []


def test_the_checklist_has_a_test_on_each_line() -> None:
    lines = [line for line in (ROOT / "docs/security/asvs.md").read_text().splitlines() if re.match(r"\| \d", line)]

    assert len(lines) > 40
    assert [line for line in lines if not re.search(r"`test_\w+` \|$", line)] == []
