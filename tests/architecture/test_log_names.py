"""Whatever the code notes in a log has its words, and whatever has words is noted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from talento.vocabulary.logs import NAMES

SERVICES = Path(__file__).parents[2] / "talento" / "services"


def noted(log: str) -> set[str]:
    """The names of a log that the services write, also through helpers that pass a name on."""
    found: set[str] = set()
    for path in SERVICES.rglob("*.py"):
        tree = ast.parse(path.read_text())
        direct = [call for call in calls(tree) if is_audit(call, log)]
        found |= {name for call in direct for name in constants(call.args[1])}
        if any(not constants(call.args[1]) for call in direct):
            found |= {name for call in calls(tree) for argument in call.args for name in constants(argument)}
            found |= assigned(tree)
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def is_audit(call: ast.Call, log: str) -> bool:
    return ast.unparse(call.func) == f"audit.{log}" and len(call.args) > 1


def constants(node: ast.AST) -> set[str]:
    if isinstance(node, ast.JoinedStr):
        start = node.values[0]
        return {f"{start.value}*"} if isinstance(start, ast.Constant) else set()
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def assigned(tree: ast.AST) -> set[str]:
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return {name for value in values for name in constants(value)}


@pytest.mark.parametrize("log", sorted(NAMES))
def test_what_is_noted_has_its_words(log: str) -> None:
    direct = {
        name
        for path in SERVICES.rglob("*.py")
        for call in calls(ast.parse(path.read_text()))
        if is_audit(call, log)
        for name in constants(call.args[1])
        if not name.endswith("*")
    }
    assert direct - set(NAMES[log]) == set()
    assert len(direct) > 10


@pytest.mark.parametrize("log", sorted(NAMES))
def test_what_has_words_is_noted(log: str) -> None:
    found = noted(log)
    starts = tuple(name[:-1] for name in found if name.endswith("*"))
    assert [name for name in NAMES[log] if name not in found and not (starts and name.startswith(starts))] == []
