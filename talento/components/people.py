"""A person in a list: as a card, as a line of a table, and opened beside the list."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import LiteralVar
from reflex_components_core.el.elements.base import BaseHTML

from talento.components.actions import link_button
from talento.components.badges import avatar, badge, code_text
from talento.components.links import web_link
from talento.components.progress import progress_bar
from talento.components.surfaces import key_values
from talento.components.text import LANGUAGE, date, t, worded
from talento.models.cinema import CinemaTalent
from talento.models.facts import facts_of
from talento.models.talents import Talent
from talento.services.talents.profile import Panel
from talento.services.wording import Line

MODULE = "$/public/js/talents.jsx"

CARD = (
    "group flex h-full w-full flex-col gap-3 rounded-card border border-line bg-surface p-4 text-start shadow-card "
    "transition-[border-color,box-shadow] hover:border-control hover:shadow-float"
)
FADED = "opacity-60"
SHOWN_SKILLS = 3
NAMES = {known.name: known.text for table in (CinemaTalent, Talent) for known in facts_of(table)}


@dataclass
class Shown:
    """A row as `personRows` of `talents.jsx` makes it."""

    id: int
    code: str
    name: str
    photo: str
    place: str
    age: int
    skills: list[str]
    languages: str
    availability: str
    experience: str
    score: int
    is_hidden: bool


class AddressBar(rx.Component):
    """Keeps the address bar at what is searched."""

    library = MODULE
    tag = "AddressBar"

    search: rx.Var[str]
    ready: rx.Var[bool]


class Results(BaseHTML):
    """People that arrow keys walk through, from the search box with the id `box` on; each carries `data-person`.

    In a `grid` they go in four directions.
    """

    library = MODULE
    tag = "Results"

    box: rx.Var[str]
    grid: rx.Var[bool]


def called(function: str, *arguments: Any) -> rx.Var:
    """A call of one of `talents.jsx`'s functions, in the reader's language."""
    given = [LiteralVar.create(argument) for argument in arguments]
    data = VarData(imports={MODULE: [ImportVar(tag=function)]})
    data = VarData.merge(data, LANGUAGE._get_all_var_data(), *(one._get_all_var_data() for one in given))
    return rx.Var(f"{function}({', '.join(map(str, given))}, language)", _var_data=data)


def rows_of(lines: Any, names: Any) -> rx.Var[list[Shown]]:
    """Compact lines as people."""
    return called("personRows", lines, names).to(list[Shown])


def is_wide() -> rx.Var[bool]:
    """Whether there is room for the filters beside the list."""
    data = VarData(imports={MODULE: [ImportVar(tag="useWide")]}, hooks={"const isWide = useWide()": None})
    return rx.Var("isWide", _var_type=bool, _var_data=data).to(bool)


def person_card(person: rx.Var[Shown], on_open: Any) -> rx.Component:
    """A person as a card that opens."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                avatar(person.name, person.photo, "lg"),
                rx.el.span(
                    rx.el.span(person.name, class_name="block truncate font-semibold text-ink"),
                    rx.el.span(subtitle(person), class_name="block truncate text-sm text-muted"),
                    rx.el.span(person.code, class_name="block truncate text-xs text-faint tabular-nums", dir="ltr"),
                    class_name="min-w-0 flex-1",
                ),
                class_name="flex items-start gap-3",
            ),
            skills(person),
            rx.el.span(
                rx.el.span(person.availability, class_name="truncate"),
                rx.el.span(person.experience, class_name="truncate"),
                class_name="mt-auto flex flex-col gap-0.5 text-xs text-muted",
            ),
            type="button",
            on_click=on_open(person.id),
            custom_attrs={"data-person": person.id.to(str)},
            class_name=[CARD, rx.cond(person.is_hidden, FADED, "")],
        ),
        key=person.id.to(str),
        class_name="[contain-intrinsic-size:auto_12rem] [content-visibility:auto]",
    )


def subtitle(person: rx.Var[Shown]) -> rx.Var[str]:
    """How old they are and where they live."""
    return rx.cond(person.age, t("{age} y · {place}", age=person.age, place=person.place), person.place)


def skills(person: rx.Var[Shown]) -> rx.Component:
    """The first skills, and how many more there are."""
    rest = person.skills.length() - SHOWN_SKILLS
    return rx.el.span(
        rx.foreach(person.skills[:SHOWN_SKILLS], lambda one: badge(one)),
        rx.cond(rest > 0, rx.el.span("+", rest, class_name="px-1 text-xs text-muted")),
        class_name="flex flex-wrap gap-1",
    )


def person_name(person: rx.Var[Shown], on_open: Any) -> rx.Component:
    """A person in a line of a table; opens."""
    return rx.el.button(
        avatar(person.name, person.photo, "sm"),
        rx.el.span(
            rx.el.span(person.name, class_name="block truncate text-sm font-medium text-ink"),
            rx.el.span(person.code, class_name="block truncate text-xs text-muted tabular-nums", dir="ltr"),
            class_name="min-w-0",
        ),
        type="button",
        on_click=on_open(person.id),
        custom_attrs={"data-person": person.id.to(str)},
        class_name=["flex min-h-11 min-w-0 items-center gap-3 text-start", rx.cond(person.is_hidden, FADED, "")],
    )


def person_panel(person: rx.Var[Panel]) -> rx.Component:
    """Everything that a recruiter may know of a person."""
    return rx.el.div(
        rx.el.div(
            avatar(person.name, person.photo_url, "xl"),
            rx.el.div(
                rx.el.p(person.headline, class_name="text-sm text-muted"),
                code_text(person.code),
                rx.el.div(
                    rx.cond(
                        person.cv_url,
                        link_button(
                            t("Download the CV"), href=person.cv_url, size="sm", before="download", external=True
                        ),
                    ),
                    rx.cond(
                        person.public_url,
                        link_button(
                            t("Public card"),
                            href=person.public_url,
                            size="sm",
                            tone="secondary",
                            before="external-link",
                            external=True,
                        ),
                    ),
                    class_name="mt-3 flex flex-wrap gap-2",
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-start gap-4",
        ),
        rx.cond(person.bio, rx.el.p(person.bio, class_name="text-sm whitespace-pre-line text-ink")),
        part(t("Skills"), tags(person.skills)),
        part(t("Languages"), tags(person.languages)),
        rx.cond(person.contact.length() > 0, part(t("Contact"), lines(person.contact))),
        part(t("Profile"), lines(person.facts)),
        rx.cond(person.links.length() > 0, part(t("Links"), lines(person.links))),
        part(
            t("Registration"),
            progress_bar(person.completeness, t("Completeness of the profile")),
            key_values((t("Registered on"), date(person.registered_on.to(str)))),
        ),
        class_name="flex flex-col gap-6",
    )


def part(title: Any, *content: Any) -> rx.Component:
    """A titled part of the panel."""
    return rx.el.section(
        rx.el.h3(title, class_name="mb-2 text-xs font-semibold tracking-wide text-faint uppercase"), *content
    )


def tags(words: rx.Var[list[str]]) -> rx.Component:
    """Short words in a row."""
    return rx.el.div(rx.foreach(words, lambda one: badge(one, tone="brand")), class_name="flex flex-wrap gap-1.5")


def lines(facts: rx.Var[list[Line]]) -> rx.Component:
    """Facts with their names; addresses can be followed."""
    return rx.el.dl(rx.foreach(facts, line), class_name="grid gap-2 text-sm")


def fact_name(fact: rx.Var[Line]) -> rx.Var[str]:
    """What a fact is called, in the reader's language."""
    return rx.match(fact.name, *((name, worded(text)) for name, text in NAMES.items()), fact.text).to(str)


def line(fact: rx.Var[Line]) -> rx.Component:
    """One fact."""
    return rx.el.div(
        rx.el.dt(fact_name(fact), class_name="w-2/5 shrink-0 text-muted"),
        rx.el.dd(rx.cond(fact.url, web_link(fact.url), fact.value), class_name="min-w-0 flex-1 break-words text-ink"),
        class_name="flex gap-3",
    )
