"""The questions of a form about a person: one control per kind of fact, drawn from its declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

import phonenumbers
import reflex as rx

from talento.components import arranging, choices, fields, files
from talento.components.icons import icon
from talento.components.text import chosen, either, label, t, worded
from talento.models.facts import Fact, Kind
from talento.services.forms import OTHER_CITY, Form
from talento.services.talents import form
from talento.state.site import SiteState
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.folding import sort_key
from talento.vocabulary.languages import Language, LanguageGroup
from talento.vocabulary.skills import SkillCategory, SkillTag, skills
from talento.vocabulary.zones import zones

TYPING_PAUSE = 700
FIELDS = "grid gap-x-5 gap-y-6 sm:grid-cols-2"


@dataclass(frozen=True, slots=True)
class Answers:
    """The Vars and events of the state that holds the answers."""

    state: Any
    keep: Callable[..., Any] | None
    check: Callable[..., Any]
    toggle: Any = None
    attached: Any = None
    removed: Any = None
    form: Form = field(default_factory=lambda: form.FORM)
    draft: str = "register"
    when: Mapping[str, Any] = field(default_factory=dict)
    """Facts that are asked for only while something holds, and the Var that says so."""

    needed: tuple[str, ...] = ()
    """Those among them that must be answered then."""

    def chosen(self, name: str) -> rx.Var[list[str]]:
        """The chosen values of a fact that has several."""
        return self.state.lists[name].to(list[str])

    def value(self, name: str) -> rx.Var[str]:
        return self.state.raw[name].to(str)

    def problem(self, name: str) -> rx.Var[str]:
        return rx.cond(self.state.problems.contains(name), self.state.problems[name], "").to(str)

    def typing(self, name: str) -> dict[str, Any]:
        """Saved while typing, judged when the field is left."""
        heard: dict[str, Any] = {"on_blur": lambda text: self.check(name, text)}
        if self.keep is not None:
            keep = self.keep
            heard["on_change"] = lambda text: keep(name, text).debounce(TYPING_PAUSE)
        return heard

    def choosing(self, name: str) -> dict[str, Any]:
        return {"on_change": lambda value: self.check(name, value)}


def questions(step: StrEnum, answers: Answers) -> rx.Component:
    """The fields of one step under their headings, two to a row where there is room."""
    return groups(step, answers, question)


def groups(
    step: StrEnum,
    answers: Answers,
    draw: Callable[[Fact, Answers], rx.Component],
    box: Callable[..., rx.Component] = rx.el.div,
    shape: str = FIELDS,
) -> rx.Component:
    """The facts of one step under their headings, each drawn by `draw`, those of a heading in one `box`."""
    drawn = [
        _group(title, box(*(draw(known, answers) for known in facts), class_name=shape), facts, answers)
        for title, facts in answers.form.groups(step)
    ]
    return drawn[0] if len(drawn) == 1 else rx.el.div(*drawn, class_name="flex flex-col gap-8")


def _group(title: str, content: rx.Component, facts: list[Fact], answers: Answers) -> rx.Component:
    shown = rx.el.section(_heading(title, answers.form.note(title)), content) if title else content
    conditions = {id(answers.when.get(known.name)): answers.when.get(known.name) for known in facts}
    [only, *others] = conditions.values()
    return rx.cond(only, shown) if only is not None and not others else shown


def _heading(title: str, note: str) -> rx.Component:
    return rx.el.div(
        rx.el.h3(worded(title), class_name="text-sm font-semibold text-ink"),
        *([rx.el.p(worded(note), class_name="mt-0.5 text-sm text-muted")] if note else []),
        class_name="mb-4",
    )


def question(known: Fact, answers: Answers) -> rx.Component:
    """One field with its label, hint and refusal; nothing while it is not asked for."""
    drawn = _DRAWN[known.kind](known, answers)
    condition = answers.when.get(known.name)
    return drawn if condition is None else rx.cond(condition, drawn)


def _field(known: Fact, control: rx.Component, answers: Answers, *, wide: bool = False, hint: Any = "") -> rx.Component:
    return fields.field(
        worded(known.text),
        control,
        hint=hint or (worded(known.hint) if known.hint else ""),
        error=answers.problem(known.name),
        required=known.required or known.name in answers.needed,
        class_name="sm:col-span-2" if wide else "",
    )


def _text(known: Fact, answers: Answers) -> rx.Component:
    control = fields.text_input(
        known.name,
        value=answers.value(known.name),
        max_length=known.max_length,
        auto_complete=known.autocomplete or "off",
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _long_text(known: Fact, answers: Answers) -> rx.Component:
    control = fields.textarea(
        known.name,
        value=answers.value(known.name),
        limit=known.max_length if known.max_length > 500 else 0,
        rows=4 if known.max_length > 500 else 2,
        **answers.typing(known.name),
    )
    return _field(known, control, answers, wide=True)


def _email(known: Fact, answers: Answers) -> rx.Component:
    control = fields.email_input(known.name, value=answers.value(known.name), **answers.typing(known.name))
    return _field(known, control, answers, wide=True)


def _url(known: Fact, answers: Answers) -> rx.Component:
    control = fields.text_input(
        known.name,
        value=answers.value(known.name),
        input_mode="url",
        auto_capitalize="none",
        spell_check=False,
        placeholder="https://",
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _network(known: Fact, answers: Answers) -> rx.Component:
    control = fields.text_input(
        known.name,
        value=answers.value(known.name),
        auto_capitalize="none",
        spell_check=False,
        placeholder=t("@name or address"),
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _date(known: Fact, answers: Answers) -> rx.Component:
    control = fields.date_input(
        known.name,
        value=answers.value(known.name),
        min="1900-01-01",
        auto_complete=known.autocomplete,
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _choice(known: Fact, answers: Answers) -> rx.Component:
    assert known.choices is not None
    control = fields.select(
        known.name,
        *(fields.option(one.value, label(one)) for one in known.choices),
        value=answers.value(known.name),
        placeholder=t("Choose…"),
        **answers.choosing(known.name),
    )
    return _field(known, control, answers)


def _choices(known: Fact, answers: Answers) -> rx.Component:
    """Several of a closed list: languages by group, anything else as it comes."""
    assert known.choices is not None
    if known.choices is Language:
        return _languages(known, answers)
    control = choices.chips(
        known.name,
        _pairs(known.choices),
        chosen=answers.chosen(known.name),
        on_toggle=lambda value, on: answers.toggle(known.name, value, on),
    )
    return _many(known, answers, control, hint=worded(known.hint) if known.hint else "")


def _languages(known: Fact, answers: Answers) -> rx.Component:
    groups = [
        rx.el.div(
            rx.el.h3(label(group), class_name="mb-2 text-xs font-semibold uppercase tracking-wide text-faint"),
            choices.chips(
                known.name,
                _pairs(_languages_of(group)),
                chosen=answers.chosen(known.name),
                on_toggle=lambda value, on: answers.toggle(known.name, value, on),
            ),
        )
        for group in LanguageGroup
        if _languages_of(group)
    ]
    return _many(known, answers, *groups)


def _skills(known: Fact, answers: Answers) -> rx.Component:
    tag, (least, most) = answers.form.tag, _limits(answers.form)
    groups = [
        rx.el.details(
            rx.el.summary(
                rx.el.span(category.emoji, aria_hidden="true", class_name="text-base"),
                rx.el.span(label(category), class_name="flex-1"),
                class_name="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-2 text-sm font-medium "
                "hover:bg-sunken",
            ),
            rx.el.div(
                choices.chips(
                    known.name,
                    _pairs(skills(category=category)),
                    chosen=answers.chosen(known.name),
                    on_toggle=lambda value, on: answers.toggle(known.name, value, on),
                    most=most,
                ),
                class_name="px-2 pt-2 pb-4",
            ),
            open=index == 0,
            class_name="border-b border-line last:border-0",
        )
        for index, category in enumerate(one for one in SkillCategory if one.tag is tag)
    ]
    search = choices.combobox(
        "skill_search",
        options=chosen({"en": _skill_options("en", tag), "fr": _skill_options("fr", tag)}).to(list[dict[str, Any]]),
        value="",
        placeholder=t("Search a skill and press Enter"),
        key=answers.chosen(known.name).length().to(str),
        on_change=lambda value: answers.toggle(known.name, value, True),
    )
    return _many(
        known,
        answers,
        rx.el.div(_chosen_skills(known, answers), class_name="empty:hidden"),
        search,
        rx.el.div(*groups, class_name="rounded-card border border-line px-2"),
        hint=rx.cond(
            least > 0, t("Choose {least} to {most}.", least=least, most=most), t("Choose up to {count}.", count=most)
        ),
    )


def _limits(asked: Form) -> tuple[Any, Any]:
    """How few and how many skills; what a setting decides is followed while the form is open."""
    if asked.tag is SkillTag.GENERAL:
        return SiteState.shown.skills_least, SiteState.shown.skills_most
    return tuple(map(rx.Var.create, asked.skills()))  # type: ignore[return-value]


def _chosen_skills(known: Fact, answers: Answers) -> rx.Component:
    """What is chosen so far, each with its way out."""
    tag, (_, most) = answers.form.tag, _limits(answers.form)
    labels = chosen({locale: _skill_labels(locale, tag) for locale in ("en", "fr")}).to(dict[str, str])
    count = answers.chosen(known.name).length()

    def chip(slug: rx.Var[str]) -> rx.Component:
        return rx.el.button(
            labels[slug].to(str),
            icon("x", 14),
            type="button",
            aria_label=t("Remove {name}", name=labels[slug].to(str)),
            on_click=answers.toggle(known.name, slug, False),
            class_name=CHOSEN,
            key=slug,
        )

    return rx.cond(
        count > 0,
        rx.el.div(
            rx.el.p(
                t("Chosen: {count} of {most}", count=count, most=most),
                class_name="mb-2 text-sm font-medium text-brand-ink",
                aria_live="polite",
            ),
            rx.el.div(rx.foreach(answers.chosen(known.name), chip), class_name="flex flex-wrap gap-2"),
        ),
    )


CHOSEN = (
    "inline-flex min-h-11 items-center gap-1.5 rounded-pill bg-brand px-3.5 text-sm font-medium text-on-brand "
    "hover:bg-brand-hover lg:min-h-8 lg:px-3"
)


@lru_cache
def _skill_labels(locale: str, tag: SkillTag) -> dict[str, str]:
    return {one.slug: one.label(locale) for one in skills(tag)}


def _many(known: Fact, answers: Answers, *content: rx.Component, hint: Any = "") -> rx.Component:
    return fields.fieldset(
        rx.fragment(worded(known.text), fields.star(known.required)),
        rx.el.div(*content, class_name="flex flex-col gap-5"),
        hint=hint,
        error=answers.problem(known.name),
        class_name="sm:col-span-2",
        id=known.name,
        tab_index=-1,
    )


def _country(known: Fact, answers: Answers) -> rx.Component:
    is_nationality = known.name == "nationality"
    control = choices.combobox(
        known.name,
        options=_country_options(is_nationality),
        value=answers.value(known.name),
        placeholder=t("Search…"),
        on_change=lambda value: answers.check(known.name, value),
    )
    return _field(known, control, answers)


def _city(known: Fact, answers: Answers) -> rx.Component:
    is_home = known.within == "residence"
    not_listed = t("My city is not listed") if is_home else t("The place is not listed")
    control = choices.combobox(
        known.name,
        options=answers.state.cities,
        value=answers.value(known.name),
        placeholder=rx.cond(answers.state.cities.length() > 0, t("Search…"), t("Choose the country first")),
        free={"value": OTHER_CITY, "label": not_listed},
        on_change=lambda value: answers.check(known.name, value),
    )
    own = fields.field(
        t("Name of your city") if is_home else t("Name of the place"),
        fields.text_input(
            "city_typed", value=answers.value("city_typed"), max_length=100, **answers.typing("city_typed")
        ),
    )
    return rx.fragment(
        _field(known, control, answers), rx.cond(answers.value(known.name) == OTHER_CITY, own, rx.fragment())
    )


def _phone(known: Fact, answers: Answers) -> rx.Component:
    home = answers.value("country" if "country" in answers.form.names else "residence")
    origin = answers.value("origin") if "origin" in answers.form.names else ""
    control = fields.phone_input(
        known.name,
        prefixes=_prefixes(),
        value=answers.value(known.name),
        country=rx.cond(home, home, rx.cond(origin, origin, "MA")),
        auto_complete=known.autocomplete or "off",
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _number(known: Fact, answers: Answers) -> rx.Component:
    low, high = known.between or (0, 10**9)
    control = fields.number_input(
        known.name,
        value=answers.value(known.name),
        unit=_unit(known.unit),
        min=low,
        max=high,
        step=1,
        **answers.typing(known.name),
    )
    return _field(known, control, answers)


def _unit(unit: str) -> Any:
    return t("years") if unit == "years" else unit


def _day(known: Fact, answers: Answers) -> rx.Component:
    control = fields.date_input(known.name, value=answers.value(known.name), **answers.typing(known.name))
    return _field(known, control, answers)


def _consent(known: Fact, answers: Answers) -> rx.Component:
    box = choices.checkbox(
        known.name,
        rx.fragment(worded(known.text), fields.star(known.required)),
        checked=answers.value(known.name) == "true",
        hint=worded(known.hint) if known.hint else "",
        on_change=lambda is_on: answers.check(known.name, rx.cond(is_on, "true", "").to(str)),
    )
    return rx.el.div(box, fields.field_error(answers.problem(known.name), known.name), class_name="sm:col-span-2")


def _zone(known: Fact, answers: Answers) -> rx.Component:
    return _from_list(known, answers, [{"value": zone, "label": zone.replace("_", " ")} for zone in zones()])


def _currency(known: Fact, answers: Answers) -> rx.Component:
    codes = sorted({one.currency for one in COUNTRIES.values()})
    return _from_list(known, answers, [{"value": code, "label": code} for code in codes])


def _from_list(known: Fact, answers: Answers, options: list[dict[str, str]]) -> rx.Component:
    control = choices.combobox(
        known.name,
        options=options,
        value=answers.value(known.name),
        placeholder=t("Search…"),
        on_change=lambda value: answers.check(known.name, value),
    )
    return _field(known, control, answers)


def _money(known: Fact, answers: Answers) -> rx.Component:
    control = fields.number_input(
        known.name, value=answers.value(known.name), unit=answers.state.currency, min=0, **answers.typing(known.name)
    )
    return _field(known, control, answers)


def _photo(known: Fact, answers: Answers) -> rx.Component:
    drop = files.photo_drop(
        url=answers.state.photo_url,
        most_mb=5,
        draft=answers.draft,
        on_done=lambda file_id, name, url: answers.attached("photo", file_id, name, url),
        on_remove=answers.removed("photo"),
    )
    return _file(known, drop, answers)


def _cv(known: Fact, answers: Answers) -> rx.Component:
    drop = files.cv_drop(
        file_name=answers.state.cv_name,
        most_mb=10,
        draft=answers.draft,
        on_done=lambda file_id, name, url: answers.attached("cv", file_id, name, url),
        on_remove=answers.removed("cv"),
    )
    return _file(known, drop, answers)


def _gallery(known: Fact, answers: Answers) -> rx.Component:
    control = arranging.gallery(answers.state, draft=answers.draft)
    return _file(known, control, answers, hint=t("Up to {count} photos; the first ones are seen first.", count=10))


def _credits(known: Fact, answers: Answers) -> rx.Component:
    control = arranging.credits(answers.state)
    return _file(known, control, answers, hint=t("What you have played in, most important first."))


def _file(known: Fact, drop: rx.Component, answers: Answers, hint: Any = "") -> rx.Component:
    return fields.fieldset(
        worded(known.text), drop, hint=hint, error=answers.problem(known.name), class_name="sm:col-span-2"
    )


@lru_cache
def _country_options(is_nationality: bool) -> rx.Var[list[dict[str, Any]]]:
    def listed(locale: str) -> list[dict[str, str]]:
        names = [(one.demonym(locale) if is_nationality else one.label(locale), one) for one in COUNTRIES.values()]
        return [
            {"value": one.code, "label": f"{one.flag} {name}", "search": one.en + " " + one.fr}
            for name, one in sorted(names, key=lambda pair: sort_key(pair[0]))
        ]

    return chosen({"en": listed("en"), "fr": listed("fr")}).to(list[dict[str, Any]])


@lru_cache
def _prefixes() -> list[dict[str, str]]:
    return [
        {"value": one.code, "prefix": f"+{code}", "label": f"{one.flag} +{code}"}
        for one in COUNTRIES.values()
        if (code := phonenumbers.country_code_for_region(one.code))
    ]


@lru_cache
def _languages_of(group: LanguageGroup) -> tuple[Any, ...]:
    return tuple(Language.of_group(group))


def _pairs(options: Any) -> list[dict[str, Any]]:
    return [{"value": getattr(one, "slug", one), "label": either(one.en, one.fr)} for one in options]


@lru_cache
def _skill_options(locale: str, tag: SkillTag) -> list[dict[str, str]]:
    return [
        {"value": one.slug, "label": one.label(locale), "hint": one.category.label(locale)}
        for one in sorted(skills(tag), key=lambda one: sort_key(one.label(locale)))
    ]


_DRAWN: dict[Kind, Callable[[Fact, Answers], rx.Component]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.IDENTITY: _text,
    Kind.DATE: _date,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.CONSENT: _consent,
    Kind.ZONE: _zone,
    Kind.CURRENCY: _currency,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.COUNTRY: _country,
    Kind.CITY: _city,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.MONEY: _money,
    Kind.URL: _url,
    Kind.NETWORK: _network,
    Kind.SKILLS: _skills,
    Kind.PHOTO: _photo,
    Kind.CV: _cv,
    Kind.GALLERY: _gallery,
    Kind.CREDITS: _credits,
}
