"""Rules of the house that a machine can check by reading the code."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "talento"
FILES = sorted(PACKAGE.rglob("*.py"))

NEEDS_EVAL = {"toast", "call_script", "call_function", "run_script", "html"}
NEEDS_EVAL_FROM_HANDLERS = {"console_log", "set_clipboard", "scroll_to", "back", "window_alert", "noop"}
CLOCK_READS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "monotonic", "perf_counter", "time_ns", "localtime", "gmtime"},
}
BROAD = {  # edges: who turns any failure into an answer, and why it must not pass
    "talento/state/doors.py": "the screen, and the policy that fails closed",
    "talento/api": "the API",
    "talento/services/schedule.py": "the scheduler",
    "talento/services/jobs.py": "one job that fails among others",
    "talento/services/work.py": "what waited for a commit that is already stored",
    "talento/services/live.py": "one deaf listener among others",
    "talento/services/health": "one part that is broken among others",
    "talento/edge/bodies.py": "what breaks inside after a body was cut",
}
FRAMEWORK_BASES = {"State", "ComponentState", "SharedState"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def attribute_uses(module: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, object and attribute of every `object.attribute` with a plain name before the dot."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.lineno, node.value.id, node.attr


def eval_needing(module: ast.Module, names: set[str]) -> list[int]:
    """Lines that use what only works with `unsafe-eval`, or that write raw HTML. Source: WEB-03, WEB-04."""
    return [line for line, owner, name in attribute_uses(module) if owner == "rx" and name in names]


def clock_reads(module: ast.Module) -> list[int]:
    """Lines that read the clock."""
    return [line for line, owner, name in attribute_uses(module) if name in CLOCK_READS.get(owner, ())]


def broad_handlers(module: ast.Module) -> list[int]:
    """Lines that swallow `Exception`, `BaseException` or anything; one that only cleans up and raises again may."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler)
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]


def undeclared_methods(module: ast.Module, states: set[str]) -> list[str]:
    """Public methods of states that carry neither a door nor `rx.var`. Source: AZ-03."""
    return [
        f"{klass.name}.{method.name}"
        for klass in ast.walk(module)
        if isinstance(klass, ast.ClassDef) and klass.name in states
        for method in klass.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        and not method.name.startswith("_")
        and not (method.decorator_list and all(is_declared(decorator) for decorator in method.decorator_list[:1]))
    ]


def is_declared(decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    written = ast.unparse(target)
    return written in ("event", "doors.event", "rx.var", "staticmethod", "classmethod")


def states_among(modules: list[ast.Module]) -> set[str]:
    """Names of the classes that are states, by their bases, however far away."""
    bases = {
        klass.name: {ast.unparse(base).split(".")[-1] for base in klass.bases}
        for module in modules
        for klass in ast.walk(module)
        if isinstance(klass, ast.ClassDef)
    }
    found = set(FRAMEWORK_BASES)
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return found - FRAMEWORK_BASES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_needs_eval_or_raw_html(path):
    is_state = name_of(path).startswith("talento/state/")

    assert eval_needing(tree(path), NEEDS_EVAL | (NEEDS_EVAL_FROM_HANDLERS if is_state else set())) == []


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "clock.py"], ids=name_of)
def test_only_the_clock_reads_the_clock(path):
    assert clock_reads(tree(path)) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_edges_catch_everything(path):
    if not any(name_of(path) == edge or name_of(path).startswith(edge + "/") for edge in BROAD):
        assert broad_handlers(tree(path)) == []


def test_every_public_method_of_a_state_is_a_door():
    modules = [tree(path) for path in FILES]
    states = states_among(modules)

    assert [name for module in modules for name in undeclared_methods(module, states)] == []


def test_modules_import_downwards_only():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-3000:]


CARELESS = ast.parse("""
class Base(rx.State):
    def helper(self): ...
    @rx.event
    def undeclared(self): ...
    def _private(self): ...
    @event(PUBLIC)
    def fine(self): ...
class Child(Base):
    async def other(self): ...
class NoState:
    def method(self): ...
def f():
    rx.toast.error("x")
    try:
        return datetime.now()
    except Exception:
        return rx.call_script("x")
""")


def test_twin_the_rules_see_what_they_look_for():
    assert undeclared_methods(CARELESS, states_among([CARELESS])) == ["Base.helper", "Base.undeclared", "Child.other"]
    assert len(eval_needing(CARELESS, NEEDS_EVAL)) == 2
    assert len(clock_reads(CARELESS)) == 1
    assert len(broad_handlers(CARELESS)) == 1


def test_a_link_to_a_file_or_document_leaves_the_router() -> None:
    """`rx.el.a` is the router's link and would look for a page; `anchor(external=True)` is the browser's."""
    rows = [
        f"{name_of(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "rx.el.a"
        for keyword in node.keywords
        if keyword.arg == "download"
    ]
    assert rows == []
