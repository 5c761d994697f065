"""Cinema talents as found: a card with a large face, a line of a table, and the tick that picks one for a board."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import LiteralVar
from reflex_components_core.el.elements.base import BaseHTML

from talento.components.badges import BADGE, avatar
from talento.components.choices import BOX, TICK
from talento.components.cinema import photo_button
from talento.components.icons import icon
from talento.components.text import LANGUAGE, label, t
from talento.vocabulary.casting import Stage, TalentType

MODULE = "$/public/js/faces.jsx"
COLORS = {kind.value: [kind.border, kind.background, kind.text] for kind in TalentType}
MARKS = 2

CARD = (
    "group relative flex h-full flex-col overflow-hidden rounded-card border bg-surface shadow-card "
    "transition-[border-color,box-shadow] hover:shadow-float has-[[data-person]:focus-visible]:outline-2 "
    "has-[[data-person]:focus-visible]:outline-offset-2 has-[[data-person]:focus-visible]:outline-ring"
)
CORNER = (
    "absolute end-0 top-0 grid size-11 place-items-center rounded-full text-on-stage focus-visible:outline-2 "
    "focus-visible:outline-on-stage *:drop-shadow-[0_1px_3px_rgb(0_0_0/0.7)]"
)


@dataclass
class Mark:
    """A kind of part with its colors."""

    label: str
    style: dict[str, str]


@dataclass
class Face:
    """A row as `faceRows` of `faces.jsx` makes it. `stage`: a slug of `Stage`, of whoever is on the board already."""

    id: int
    code: str
    name: str
    photo: str
    age: int
    plays: str
    place: str
    kinds: list[Mark]
    languages: str
    height: str
    experience: str
    stage: str


class PickBox(BaseHTML):
    """A tick that tells whether Shift was held."""

    library = MODULE
    tag = "PickBox"

    person: rx.Var[int]
    picked: rx.Var[bool]
    on_pick: rx.EventHandler[passthrough_event_spec(int, bool, bool)]


def faces_of(lines: Any, names: Any) -> rx.Var[list[Face]]:
    """Compact lines as people, in the reader's language."""
    given = [LiteralVar.create(one) for one in (lines, names, COLORS)]
    data = VarData(imports={MODULE: [ImportVar(tag="faceRows")]})
    data = VarData.merge(data, LANGUAGE._get_all_var_data(), *(one._get_all_var_data() for one in given))
    return rx.Var(f"faceRows({', '.join(map(str, given))}, language)", _var_data=data).to(list[Face])


def face_card(face: rx.Var[Face], on_open: Any, pick: rx.Component) -> rx.Component:
    """A face that opens at the side; its corner enlarges the photo."""
    return rx.el.li(
        rx.el.div(
            _photo(face),
            rx.el.div(
                rx.el.button(
                    face.name,
                    rx.el.span(class_name="absolute inset-0", aria_hidden="true"),
                    type="button",
                    on_click=on_open(face.id),
                    custom_attrs={"data-person": face.id.to(str)},
                    class_name="line-clamp-1 text-start text-sm font-semibold break-all text-ink outline-none",
                ),
                rx.el.span(face_ages(face), class_name="block truncate text-xs text-muted"),
                rx.el.span(face.place, class_name="block truncate text-xs text-muted"),
                marks(face),
                class_name="flex min-w-0 flex-1 flex-col gap-0.5 p-3",
            ),
            rx.cond(face.photo, _enlarge(face)),
            rx.el.div(pick, class_name="absolute start-0 top-0"),
            class_name=[CARD, rx.cond(face.stage, "border-success", "border-line hover:border-control")],
        ),
        key=face.id.to(str),
        class_name="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]",
    )


def face_line(face: rx.Var[Face], on_open: Any, pick: rx.Component) -> rx.Component:
    """A person in a line of a table; opens."""
    return rx.el.span(
        pick,
        rx.el.button(
            avatar(face.name, rx.cond(face.photo, face.photo + "?size=small", ""), "md"),
            rx.el.span(
                rx.el.span(face.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(face.code, class_name="block truncate text-xs text-muted tabular-nums", dir="ltr"),
                class_name="min-w-0",
            ),
            type="button",
            on_click=on_open(face.id),
            custom_attrs={"data-person": face.id.to(str)},
            class_name="flex min-h-11 min-w-0 items-center gap-3 text-start",
        ),
        class_name="flex min-w-0 items-center gap-3",
    )


def face_ages(face: rx.Var[Face]) -> rx.Component:
    """How old they are, and which ages they play."""
    return rx.fragment(
        t("{age} years", age=face.age), rx.cond(face.plays, rx.fragment(" · ", t("plays {ages}", ages=face.plays)))
    )


def marks(face: rx.Var[Face]) -> rx.Component:
    """The first kinds of part in their colors, and how many more there are."""
    rest = face.kinds.length() - MARKS
    return rx.el.span(
        rx.foreach(
            face.kinds[:MARKS],
            lambda one: rx.el.span(one.label, style=one.style, class_name=f"{BADGE} max-w-full border"),
        ),
        rx.cond(rest > 0, rx.el.span("+", rest, class_name="px-0.5 text-xs text-muted")),
        class_name="mt-auto flex flex-wrap items-center gap-1 pt-1.5",
    )


def pick_box(face: rx.Var[Face], picked: Any, on_pick: Any) -> rx.Component:
    """The tick of a face; of whoever is on the board already, where they stand."""
    box = rx.el.label(
        PickBox.create(
            person=face.id,
            picked=picked,
            on_pick=on_pick,
            aria_label=t("Choose {name}", name=face.name),
            class_name=f"{BOX} size-6 lg:size-6",
        ),
        icon("check", 16, TICK),
        class_name="relative grid size-11 shrink-0 cursor-pointer place-items-center",
    )
    stage = rx.el.span(stage_label(face.stage), class_name=f"{BADGE} m-2 bg-success-soft text-success-ink")
    return rx.cond(face.stage, stage, box)


def stage_label(slug: Any) -> rx.Var[str]:
    """A column of the board in words."""
    return rx.match(slug, *((one.value, label(one)) for one in Stage), "").to(str)


def _photo(face: rx.Var[Face]) -> rx.Component:
    image = rx.el.img(
        src=face.photo + "?size=face",
        alt="",
        width="240",
        height="240",
        loading="lazy",
        decoding="async",
        class_name="size-full object-cover transition-transform duration-300 motion-safe:group-hover:scale-[1.03]",
    )
    return rx.el.div(
        rx.cond(face.photo, image, _without_photo(face)),
        class_name="aspect-square w-full overflow-hidden bg-sunken",
    )


def _without_photo(face: rx.Var[Face]) -> rx.Component:
    return rx.el.div(avatar(face.name, "", "xl"), class_name="grid size-full place-items-center")


def _enlarge(face: rx.Var[Face]) -> rx.Component:
    return photo_button(face.photo, face.name, icon("maximize-2", 18), class_name=CORNER)
