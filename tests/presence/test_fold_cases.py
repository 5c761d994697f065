"""The cases that the browser's half of a desk is held to (`tests/e2e/test_offline.py`) say what the server does."""

import json

from tests.presence import fold_cases


def test_the_written_cases_are_those_of_the_rules() -> None:
    assert json.loads(fold_cases.FILE.read_text()) == json.loads(json.dumps(fold_cases.made()))


def test_the_cases_meet_every_rule() -> None:
    cases = json.loads(fold_cases.FILE.read_text())
    actions = {mark[1] for case in cases["folds"] for mark in case["marks"]}
    stays = [stay for case in cases["folds"] for stay in case["stays"]]

    assert actions == {"scan", "in", "out", "cancel", "move"}
    assert {stay[4] for stay in stays} == {True, False}
    assert sum(stay[2] is not None for stay in stays) > 100
