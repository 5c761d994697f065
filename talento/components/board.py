"""The casting board: its behavior is in `assets/js/board.jsx`."""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec
from reflex_components_core.el.elements.base import BaseHTML

from talento.components.text import label, t
from talento.vocabulary.casting import Answer, Stage

TONES = {
    Stage.CONSIDERED: "bg-control",
    Stage.CONTACTED: "bg-info",
    Stage.AVAILABLE: "bg-brand",
    Stage.ON_HOLD: "bg-warning",
    Stage.SELECTED: "bg-accent",
    Stage.BOOKED: "bg-success",
    Stage.RELEASED: "bg-faint",
    Stage.DECLINED: "bg-danger",
}


class Board(BaseHTML):
    library = "$/public/js/board.jsx"
    tag = "Board"

    cards: rx.Var[Any]
    columns: rx.Var[list[dict[str, Any]]]
    acked: rx.Var[int]
    open: rx.Var[bool]
    texts: rx.Var[dict[str, Any]]
    on_move: rx.EventHandler[passthrough_event_spec(int, str, int, int)]
    on_look: rx.EventHandler[passthrough_event_spec(int)]
    on_rate: rx.EventHandler[passthrough_event_spec(int, int)]


def board(cards: Any, *, acked: Any, open: Any, **heard: Any) -> rx.Component:
    """All columns with their cards, in the order given; moved by pointer, finger or keyboard.

    A move shows at once and is numbered; `acked` is the number of the last one that the server settled.
    on_move(candidate, stage, the card above or 0, number), on_look(candidate), on_rate(candidate, stars).
    """
    columns = [{"stage": stage.value, "label": label(stage), "tone": TONES[stage]} for stage in Stage]
    return Board.create(cards=cards, columns=columns, acked=acked, open=open, texts=_texts(), **heard)


def _texts() -> dict[str, Any]:
    return {
        "board": t("Casting board"),
        "hint": t("Space picks a card up, arrows move it, Space puts it down, Escape leaves it. Enter opens it."),
        "moveTo": t("Move to…"),
        "moveName": t("Move {name} to", name="{name}"),
        "openName": t("Open {name}", name="{name}"),
        "empty": t("Nobody here"),
        "years": t("{age} y", age="{age}"),
        "minor": t("Under 18"),
        "stars": t("Rating of {name}: {n} of 5", name="{name}", n="{n}"),
        "star": t("{n} of 5 stars", n="{n}"),
        "notes": t("Notes: {n}", n="{n}"),
        "taken": t("{project}: {days}", project="{project}", days="{days}"),
        "another": t("Another project"),
        "away": t("Not available"),
        "picked": t("{name} is picked up, in {stage}, place {n}.", name="{name}", stage="{stage}", n="{n}"),
        "over": t("{stage}, place {n}.", stage="{stage}", n="{n}"),
        "dropped": t("{name} is now in {stage}, place {n}.", name="{name}", stage="{stage}", n="{n}"),
        "left": t("{name} stays in {stage}.", name="{name}", stage="{stage}"),
        "answers": {answer.value: label(answer) for answer in Answer},
    }
