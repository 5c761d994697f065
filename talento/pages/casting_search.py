"""The casting search: faces that answer while somebody types, alone or for a role whose board they go to."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.badges import code_text
from talento.components.cinema import cinema_panel, kind_badge, lightbox
from talento.components.faces import Face, face_card, face_line, faces_of, marks, pick_box
from talento.components.feedback import alert
from talento.components.fields import field
from talento.components.progress import skeleton
from talento.components.searching import Search, folded
from talento.components.shells import screen
from talento.components.surfaces import CARD
from talento.components.tables import Column, data_table
from talento.components.text import plural, t, worded
from talento.pages.frame import inside, only
from talento.services.cinema.search import AMOUNTS, CINEMA, TRAITS
from talento.state.casting_search import CastingSearchState
from talento.vocabulary.permissions import Permission

SEARCH = Search(
    "cinema",
    CastingSearchState,
    CINEMA,
    unfolded=("kinds", "gender", "age"),
    long=("residence", "city", "languages", "accents", "skills", "origin", "nationality"),
)
GRID = "grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4 2xl:grid-cols-6"
BASICS = ("kinds", "gender", "age")
SKILLS = ("languages", "skills", "accents", "licenses", "experience")
LOOKS = ("eye_color", "hair_color", "hair_type", "build")
PLACES = ("residence", "city", "origin", "nationality")
UNITS = {"weight": "kg", "shoe": "EU"}


def casting_search() -> rx.Component:
    """The search and whoever it finds."""
    return inside(
        screen(t("Casting search"), only(Permission.SEARCH_TALENTS, _search()), width="full"),
    )


def _search() -> rx.Component:
    state, person = CastingSearchState, CastingSearchState.panel
    return rx.fragment(
        SEARCH.page(
            above=[
                _banner(),
                SEARCH.box(t("Name, code, kind of part, skill, agent, title of a credit or a word of the biography")),
            ],
            summary=SEARCH.summary(
                count=plural(state.total, one="{n} cinema talent", other="{n} cinema talents"),
                news=plural(state.arrived, one="{n} new person matches — show", other="{n} new people match — show"),
                show=plural(state.total, one="Show {n} person", other="Show {n} people"),
                views=[("faces", t("Faces")), ("table", t("Table"))],
                filters=_filters(),
            ),
            filters=_filters(),
            shown=SEARCH.results(_people(), skeletons=_skeletons(), is_grid=True),
        ),
        rx.cond(state.picked.length() > 0, _picked()),
        SEARCH.opened(rx.cond(person, person.name, ""), rx.cond(person, cinema_panel(person))),
    )


def _banner() -> rx.Component:
    """The role that is cast, and what can be done for it."""
    state = CastingSearchState
    role = state.role
    lost = alert(
        t("There is no such role, or you are not on its team. You are searching among everybody."), tone="warning"
    )
    return rx.fragment(
        rx.cond(state.is_lost, rx.el.div(lost, class_name="mb-4")),
        rx.cond(role, _role(role)),
    )


def _role(role: Any) -> rx.Component:
    state = CastingSearchState
    saved = rx.cond(state.is_saved, t("These are the role's criteria"), t("Save as the role's criteria"))
    return rx.el.section(
        rx.el.div(
            rx.el.p(
                rx.el.span(role.project, class_name="truncate"),
                code_text(role.code),
                class_name="flex min-w-0 items-center gap-2 text-sm text-muted",
            ),
            rx.el.h2(
                role.name,
                kind_badge(role.kind),
                class_name="mt-0.5 flex flex-wrap items-center gap-2 text-lg font-semibold tracking-tight text-ink",
            ),
            rx.cond(
                role.reason,
                rx.el.p(
                    t("This role calls for protected traits, and each search is noted. Reason: {why}", why=role.reason),
                    class_name="mt-1 text-sm text-muted",
                ),
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            button(saved, tone="secondary", before="bookmark", disabled=state.is_saved, on_click=state.saved),
            link_button(t("Open the board"), href="/board/" + role.id.to(str), before="columns-3"),
            class_name="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1",
        ),
        aria_label=t("Role"),
        class_name=f"{CARD} mb-4 flex flex-wrap items-center gap-4 border-s-4 border-s-brand p-4 sm:px-5",
    )


def _filters() -> rx.Component:
    return rx.fragment(
        *(SEARCH.facet(name, *_below(name)) for name in BASICS),
        folded(t("Available"), _days(), open=True),
        *(SEARCH.facet(name) for name in SKILLS),
        *(SEARCH.facet(name) for name in LOOKS),
        folded(t("Measurements"), *(_measure(name) for name in AMOUNTS)),
        *(SEARCH.facet(name) for name in PLACES),
        SEARCH.having(t("Profile contains")),
        *(rx.cond(CastingSearchState.declared.contains(name), SEARCH.facet(name)) for name in TRAITS),
    )


def _below(name: str) -> list[rx.Component]:
    if name != "age":
        return []
    return [
        rx.el.div(
            SEARCH.span("age"),
            field(t("Plays the ages"), SEARCH.span("plays")),
            class_name="flex flex-col gap-3 border-b border-line px-2 pb-3",
        )
    ]


def _days() -> rx.Component:
    return SEARCH.days(t("From"), t("Until"))


def _measure(name: str) -> rx.Component:
    return field(worded(CINEMA.spans[name]), SEARCH.span(name, UNITS.get(name, "cm")))


def _people() -> rx.Component:
    faces = faces_of(CastingSearchState.rows, CastingSearchState.names)
    return rx.cond(CastingSearchState.view == "table", _table(faces), _grid(faces))


def _grid(faces: rx.Var[list[Face]]) -> rx.Component:
    cards = rx.foreach(faces, lambda one: face_card(one, CastingSearchState.looked_at, _pick(one)))
    return lightbox(rx.el.ul(cards, class_name=GRID))


def _pick(face: rx.Var[Face]) -> rx.Component:
    state = CastingSearchState
    return rx.cond(state.role, pick_box(face, state.picked.contains(face.id), state.pick))


def _table(faces: rx.Var[list[Face]]) -> rx.Component:
    return data_table(
        [
            Column(
                t("Person"),
                lambda one: face_line(one, CastingSearchState.looked_at, _pick(one)),
                is_title=True,
                width="sm:max-w-72",
            ),
            Column(t("Age"), _ages),
            Column(t("Place"), lambda one: rx.el.span(one.place, class_name="line-clamp-2 max-w-44")),
            Column(t("Kinds of part"), marks),
            Column(t("Languages"), lambda one: rx.el.span(one.languages, class_name="line-clamp-2 max-w-40")),
            Column(t("Height"), lambda one: rx.el.span(one.height, class_name="whitespace-nowrap")),
        ],
        faces,
        caption=t("Cinema talents"),
        key=lambda one: one.id.to(str),
    )


def _ages(face: rx.Var[Face]) -> rx.Component:
    return rx.el.span(
        rx.el.span(t("{age} years", age=face.age), class_name="block"),
        rx.cond(face.plays, rx.el.span(t("plays {ages}", ages=face.plays), class_name="block text-xs text-muted")),
        class_name="whitespace-nowrap",
    )


def _picked() -> rx.Component:
    """What to do with those who are chosen; stays in sight."""
    state = CastingSearchState
    return rx.el.div(
        rx.el.p(
            plural(state.picked.length(), one="{n} person chosen", other="{n} people chosen"),
            role="status",
            class_name="flex-1 text-sm font-semibold tabular-nums",
        ),
        button(t("Clear the choice"), tone="ghost", on_click=state.unpick),
        button(t("Add to the board"), before="plus", on_click=state.considered),
        role="region",
        aria_label=t("Chosen people"),
        class_name=(
            "sticky bottom-4 z-20 mx-auto mt-4 flex max-w-xl flex-wrap items-center gap-2 rounded-card border "
            "border-line bg-raised py-3 ps-5 pe-3 shadow-overlay max-lg:bottom-20"
        ),
    )


def _skeletons() -> rx.Component:
    one = rx.el.div(
        skeleton("aspect-square w-full"),
        rx.el.div(skeleton("h-4 w-3/4"), skeleton("h-3 w-1/2"), class_name="flex flex-col gap-2 p-3"),
        class_name=f"{CARD} overflow-hidden",
    )
    return rx.el.div(*(one for _ in range(12)), class_name=GRID, aria_hidden="true")
