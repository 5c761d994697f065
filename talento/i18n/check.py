"""Which texts the code shows, and whether the French catalogue has them all, and nothing else."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from talento.i18n import PLACEHOLDER
from talento.i18n.catalogue import FRENCH

PACKAGE = Path(__file__).parents[1]

FIRST = frozenset({"t", "phrase"})
SECOND = frozenset({"say", "said"})
FACTS = frozenset({"fact", "Fact"})
FORMS = frozenset({"plural", "say_plural"})
REFUSALS = frozenset(
    {"Refusal", "NotFound", "Unauthorized", "Forbidden", "Conflict", "TooLarge", "Invalid", "InvalidForm", "TooMany"}
    | {"Unavailable", "Refused"}
)


@dataclass(frozen=True)
class Use:
    """One text that the code shows, and where."""

    text: str
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file.relative_to(PACKAGE.parent)}:{self.line}: {self.text!r}"


def problems() -> list[str]:
    """What is wrong with the catalogue, one sentence each; empty when all is well."""
    used = list(uses(PACKAGE))
    known = {use.text for use in used}
    missing = [f"no French for {use}" for use in unique(used) if use.text not in FRENCH]
    unused = [f"nothing shows {text!r}" for text in FRENCH if text not in known]
    return missing + unused + crooked(FRENCH) + straight(FRENCH)


def crooked(catalogue: dict[str, str]) -> list[str]:
    """Translations whose placeholders differ from the source's."""
    return [
        f"placeholders differ: {english!r} → {french!r}"
        for english, french in catalogue.items()
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(french))
    ]


def straight(catalogue: dict[str, str]) -> list[str]:
    """Translations with a typewriter's apostrophe."""
    return [f"a straight apostrophe: {french!r}" for french in catalogue.values() if re.search(r"\w'\w", french)]


def unique(found: list[Use]) -> list[Use]:
    """The first use of each text."""
    return list({use.text: use for use in reversed(found)}.values())[::-1]


def uses(folder: Path) -> Iterator[Use]:
    """Every literal text in the Python files of a folder."""
    for file in sorted(folder.rglob("*.py")):
        yield from uses_in(file.read_text("utf-8"), file)


def uses_in(source: str, file: Path) -> Iterator[Use]:
    """Every literal text in one Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            for argument in shown_by(node):
                for literal in literals(argument):
                    yield Use(literal.value, file, literal.lineno)


def shown_by(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are texts for the reader."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in FACTS:
        return [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "hint")]
    if name in FIRST or name in REFUSALS:
        return call.args[:1]
    if name in SECOND:
        return call.args[1:2]
    if name in FORMS:
        return [keyword.value for keyword in call.keywords if keyword.arg in ("one", "other")]
    return call.args[:1] if is_refusal_of_its_own(call) else []


def is_refusal_of_its_own(call: ast.Call) -> bool:
    """`super().__init__("A sentence.")`: a refusal that brings its own words."""
    called = ast.unparse(call.func)
    return called == "super().__init__" and bool(call.args) and is_sentence(call.args[0])


def is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".")


def literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The string literals that an argument can be: itself, or either side of a conditional."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
