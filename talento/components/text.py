"""Words on the page: both languages are compiled in, and the browser shows the reader's (`assets/js/locale.js`)."""

from typing import Any, Protocol

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import LiteralVar

from talento import i18n

MODULE = "$/public/js/locale.js"

Text = str | rx.Var


class Labelled(Protocol):
    """A choice of a closed list: its label in each language."""

    en: str
    fr: str


def from_locale_module(*names: str) -> VarData:
    """What a Var needs to call functions of `locale.js` in the reader's language."""
    imports = {MODULE: [ImportVar(tag=name) for name in ("useLanguage", *names)]}
    return VarData(imports=imports, hooks={"const language = useLanguage()": None})


LANGUAGE = rx.Var("language", _var_type=str, _var_data=from_locale_module()).to(str)


def t(text: str, /, **values: Any) -> rx.Var[str]:
    """`text` in the reader's language; `{name}` becomes `values["name"]`, a Var or a plain value."""
    return chosen({language: filled(i18n.translation(language, text), values) for language in i18n.LANGUAGES})


def plural(n: Any, /, *, one: str, other: str, **values: Any) -> rx.Var[str]:
    """The singular or the plural in the reader's language; `{n}` is the number, with its thousands separated."""
    values["n"] = number(n)
    is_one = rx.Var(f"isOne(language, {LiteralVar.create(n)!s})", _var_type=bool, _var_data=data_of(n, "isOne"))
    return rx.cond(is_one, t(one, **values), t(other, **values))


def label(choice: Labelled) -> rx.Var[str]:
    """A choice's own label in the reader's language."""
    return chosen({"en": choice.en, "fr": choice.fr})


def either(en: Any, fr: Any) -> rx.Var[str]:
    """The English or the French one of two texts that the server holds (a catalogue entry, a setting)."""
    return chosen({"en": en, "fr": fr})


def number(n: Any) -> rx.Var[str]:
    """A number as the reader writes it: 1,234.5 or 1 234,5."""
    return formatted("asNumber", n)


def date(iso: Any, zone: Any = "") -> rx.Var[str]:
    """An ISO date, or the day of an ISO instant in a zone, as the reader writes it."""
    return formatted("asDate", iso, "date", *([zone] if not isinstance(zone, str) or zone else []))


def days_span(first: Any, last: Any) -> rx.Var[str]:
    """From one ISO day to another, as the reader writes it: Dec 4 – 7, 2026."""
    written = formatted("asSpan", first, last)
    return rx.Var(str(written), _var_type=str, _var_data=VarData.merge(written._get_all_var_data(), data_of(last))).to(
        str
    )


def time(iso: Any, zone: Any = "") -> rx.Var[str]:
    """The hour of an ISO instant, in the reader's zone or in the IANA zone given."""
    return formatted("asDate", iso, "time", zone)


def moment(iso: Any, zone: Any = "") -> rx.Var[str]:
    """The day and hour of an ISO instant, in the reader's zone or in the IANA zone given."""
    return formatted("asDate", iso, "moment", zone)


def ago(iso: Any) -> rx.Var[str]:
    """How long since an ISO instant: "3 hours ago"."""
    return formatted("asAgo", iso)


def formatted(function: str, *arguments: Any) -> rx.Var[str]:
    """A call of one of `locale.js`'s functions, with the reader's language first."""
    values = ", ".join(str(LiteralVar.create(argument)) for argument in arguments)
    return rx.Var(f"{function}(language, {values})", _var_type=str, _var_data=data_of(arguments[0], function)).to(str)


def data_of(value: Any, *functions: str) -> VarData | None:
    """What a Var made of `value` and of functions of `locale.js` needs."""
    return VarData.merge(from_locale_module(*functions), LiteralVar.create(value)._get_all_var_data())


def chosen(texts: dict[str, Any]) -> rx.Var[str]:
    """The text of the reader's language; one expression, every language in it."""
    source = LiteralVar.create(texts[i18n.SOURCE])
    others = [(language, text) for language, text in texts.items() if language != i18n.SOURCE]
    if all(source.equals(LiteralVar.create(text)) for _, text in others):
        return source.to(str)
    shown = source
    for language, text in others:
        shown = rx.Var(
            f'(language === "{language}" ? {LiteralVar.create(text)!s} : {shown!s})',
            _var_type=str,
            _var_data=VarData.merge(
                from_locale_module(), shown._get_all_var_data(), LiteralVar.create(text)._get_all_var_data()
            ),
        )
    return shown.to(str)


def filled(template: str, values: dict[str, Any]) -> str:
    """The template with its placeholders replaced; Vars stay live."""
    return i18n.PLACEHOLDER.sub(lambda found: f"{values.get(found[1], found[0])}", template)


def worded(text: Text) -> rx.Var[str]:
    """A plain English text, marked elsewhere with `phrase()`, in the reader's language; a Var stays as it is."""
    return text if isinstance(text, rx.Var) else t(text)
