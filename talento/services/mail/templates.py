"""How messages are worded: subject, greeting, paragraphs, button and notes with `{variables}`, in plain text only.

What an admin writes is checked when it is saved and escaped when it is drawn, so nothing of it is ever code. A
paragraph or a note with a variable that is empty this time is left out.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from talento.errors import Invalid, InvalidForm
from talento.i18n import PLACEHOLDER, translation
from talento.services.mail.letter import Button, Code, Letter, Table
from talento.services.text import prose

LONGEST_LINE, LONGEST_BUTTON, LONGEST_BODY, LONGEST_NOTES, MOST_PARAGRAPHS = 150, 60, 6_000, 3_000, 60

Value = str | Sequence[Sequence[str]]
"""What a variable is filled with: a text or, for a table, rows of cells."""

_ALONE = re.compile(r"\{(\w+)\}")
_BRACED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is filled in.

    Args:
        is_needed: a message without it is of no use.
        is_optional: may be empty; what it stands in is then left out.
        look: `code` is drawn large where it stands alone, `table` stands alone only.
        person: what it is of a person, for previews: `first_name`, `full_name`, `code` or `email`.
    """

    means: str
    example: str
    is_needed: bool = False
    is_optional: bool = False
    look: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The wording of a kind of message in one language."""

    subject: str
    greeting: str
    body: tuple[str, ...]
    button: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """A wording as it stands in the fields of a form; paragraphs are parted by an empty line."""

    subject: str = ""
    greeting: str = ""
    body: str = ""
    button: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What there is to word of a kind: the built-in template, in English, and its variables."""

    template: Template
    variables: Mapping[str, Variable]

    def built_in(self, locale: str) -> Template:
        """The built-in template in a language."""
        said = self.template
        return Template(
            translation(locale, said.subject),
            translation(locale, said.greeting),
            tuple(translation(locale, one) for one in said.body),
            translation(locale, said.button),
            tuple(translation(locale, one) for one in said.notes),
        )


def typed(template: Template) -> Typed:
    """A template as a form shows it."""
    return Typed(
        template.subject, template.greeting, "\n\n".join(template.body), template.button, "\n\n".join(template.notes)
    )


def checked(form: Form, said: Typed) -> Template:
    """What was typed as a template that can always be filled.

    Raises:
        InvalidForm: what is wrong with each field.
    """
    template = Template(
        prose(said.subject), prose(said.greeting), _paragraphs(said.body), prose(said.button), _paragraphs(said.notes)
    )
    problems = {}
    for name, problem in (
        ("subject", lambda: _line(form, said.subject, LONGEST_LINE)),
        ("greeting", lambda: _line(form, said.greeting, LONGEST_LINE)),
        ("body", lambda: _body(form, template)),
        ("button", lambda: _line(form, said.button, LONGEST_BUTTON) if form.template.button else None),
        ("notes", lambda: _many(form, template.notes, LONGEST_NOTES)),
    ):
        try:
            problem()
        except Invalid as refused:
            problems[name] = refused
    if problems:
        raise InvalidForm(dict(problems))
    return template if form.template.button else replace(template, button="")


def drawn(form: Form, template: Template, locale: str, link: str, values: Mapping[str, Value]) -> Letter:
    """The message that a template makes of these values.

    Raises:
        KeyError: it names a variable that has no value.
    """
    return Letter(
        locale,
        subject=_filled(template.subject, values),
        greeting=_filled(template.greeting, values),
        body=tuple(_part(form, one, values) for one in template.body if not _is_void(one, values)),
        button=Button(_filled(template.button, values), link) if template.button and link else None,
        notes=tuple(_filled(one, values) for one in template.notes if not _is_void(one, values)),
        facts={name: values[name] for name in form.variables if name in values and name != "site"},
    )


def _line(form: Form, said: str, longest: int) -> None:
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in said.strip()):
        raise Invalid("This is one line, without control characters.")
    if not prose(said):
        raise Invalid("Please write something here.")
    if len(said) > longest:
        raise Invalid("At most {count} characters, please.", count=longest)
    for name in _names(form, said):
        if form.variables[name].is_optional:
            raise Invalid("{variable} can be empty: use it in paragraphs and notes only.", variable=f"{{{name}}}")
        if form.variables[name].look == "table":
            raise Invalid("{variable} stands alone, in a paragraph of its own.", variable=f"{{{name}}}")


def _body(form: Form, template: Template) -> None:
    if not template.body:
        raise Invalid("Please write at least one paragraph.")
    _many(form, template.body, LONGEST_BODY)
    there = {name for one in (*template.body, *template.notes) for name in _always_there(form, one)}
    for name, variable in form.variables.items():
        if variable.is_needed and name not in there:
            raise Invalid(
                "{variable} is missing, or stands only beside what can be empty: the message is of no use without it.",
                variable=f"{{{name}}}",
            )


def _always_there(form: Form, said: str) -> list[str]:
    """The variables of a paragraph that is never left out."""
    names = [name for name in PLACEHOLDER.findall(said) if name in form.variables]
    return [] if any(form.variables[name].is_optional for name in names) else names


def _many(form: Form, said: Sequence[str], longest: int) -> None:
    if len(said) > MOST_PARAGRAPHS:
        raise Invalid("At most {count} paragraphs, please.", count=MOST_PARAGRAPHS)
    if sum(map(len, said)) > longest:
        raise Invalid("At most {count} characters, please.", count=longest)
    for one in said:
        for name in _names(form, one):
            if form.variables[name].look == "table" and not _ALONE.fullmatch(one):
                raise Invalid("{variable} stands alone, in a paragraph of its own.", variable=f"{{{name}}}")


def _names(form: Form, said: str) -> list[str]:
    """The variables that a text names."""
    names = _BRACED.findall(said)
    rest = _BRACED.sub("", said)
    if "{" in rest or "}" in rest:
        raise Invalid("A brace stands alone here. Write variables as they stand in the list.")
    for name in names:
        if name not in form.variables:
            raise Invalid("There is no variable {variable} in this message.", variable=f"{{{name[:40]}}}")
    return names


def _paragraphs(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in prose(said).split("\n\n") if part.strip())


def _filled(said: str, values: Mapping[str, Value]) -> str:
    return PLACEHOLDER.sub(lambda found: str(values[found[1]]), said)


def _is_void(said: str, values: Mapping[str, Value]) -> bool:
    return any(not values[name] for name in PLACEHOLDER.findall(said))


def _part(form: Form, said: str, values: Mapping[str, Value]) -> str | Code | Table:
    alone = _ALONE.fullmatch(said)
    value = values[alone[1]] if alone else ""
    if not isinstance(value, str):
        return Table(value)
    return Code(value) if alone and form.variables[alone[1]].look == "code" else _filled(said, values)
