"""The casting board of a role."""

from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button, link_button
from talento.components.badges import badge
from talento.components.board import board as cards
from talento.components.casting import filled, found_people, worded_choice
from talento.components.cinema import cinema_panel, kind_badge
from talento.components.feedback import alert
from talento.components.fields import field, text_input, textarea
from talento.components.navigation import breadcrumbs
from talento.components.overlays import confirm, dialog, side_panel
from talento.components.progress import skeleton
from talento.components.surfaces import stack
from talento.components.text import ago, moment, t
from talento.pages.asking import ask_button, asking
from talento.pages.frame import inside, only
from talento.pages.production import missing
from talento.services.casting.notes import Move, Note
from talento.state.board import DECLINE, OVERLAP, RELEASE, BoardState
from talento.vocabulary.casting import Stage
from talento.vocabulary.permissions import Permission

RAISED = "rounded-card border border-line bg-raised shadow-overlay"


def board() -> rx.Component:
    """The board, how to add people to it, and the card that is open."""
    return inside(
        only(
            Permission.CASTING,
            rx.el.div(
                rx.el.div(_trail(), class_name="mb-3"),
                rx.cond(
                    BoardState.is_ready,
                    rx.cond(BoardState.is_there, _board(), missing(t("There is no such role."))),
                    _loading(),
                ),
            ),
        )
    )


def _trail() -> rx.Component:
    return breadcrumbs(
        (t("Projects"), "/projects"),
        (rx.cond(BoardState.project_name, BoardState.project_name, "…"), f"/projects/{BoardState.project_id}"),
        (rx.cond(BoardState.role_name, BoardState.role_name, "…"), ""),
    )


def _board() -> rx.Component:
    return rx.fragment(
        _header(),
        rx.cond(
            ~BoardState.is_open,
            rx.el.div(alert(t("This project is completed: its boards can be read only.")), class_name="mb-4"),
        ),
        cards(
            BoardState.cards,
            acked=BoardState.acked,
            open=BoardState.is_open,
            on_move=BoardState.move,
            on_look=BoardState.look_at,
            on_rate=BoardState.rate,
        ),
        _question(),
        asking(),
        _panel(),
    )


def _header() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(
                BoardState.role_name,
                id="page-title",
                tab_index=-1,
                class_name="text-xl font-semibold break-words text-ink sm:text-2xl",
            ),
            rx.el.div(
                kind_badge(BoardState.kind),
                rx.el.span(
                    t("Booked"), " ", filled(BoardState.booked, BoardState.wanted), class_name="text-sm text-muted"
                ),
                class_name="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1",
            ),
            class_name="min-w-0 flex-1 basis-56",
        ),
        rx.cond(
            BoardState.is_open,
            rx.el.div(
                _adding(),
                ask_button(BoardState.role_id),
                link_button(t("Find people"), href=f"/cinema?role={BoardState.role_id}", before="search"),
                class_name="flex min-w-0 flex-wrap items-start gap-2 max-sm:w-full",
            ),
        ),
        class_name="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3",
    )


def _adding() -> rx.Component:
    return rx.el.div(
        text_input(
            "board_add",
            value=BoardState.text,
            before="user-plus",
            placeholder=t("Add by name or code"),
            aria_label=t("Add somebody by name or code"),
            auto_complete="off",
            spell_check=False,
            max_length=2000,
            on_change=BoardState.search,
            on_enter=BoardState.add_code,
        ),
        rx.el.div(
            found_people(BoardState.found, BoardState.add, t("On the board")),
            rx.cond(
                (BoardState.text != "") & (BoardState.found.length() == 0),
                rx.el.p(
                    t("Nobody answers to this."),
                    class_name=f"mt-2 px-3 py-2.5 text-sm text-muted {RAISED}",
                    role="status",
                ),
            ),
            class_name="absolute inset-x-0 top-full z-30 [&>ul]:shadow-overlay sm:min-w-96",
        ),
        class_name="relative w-64 max-sm:w-full",
    )


# What a move is asked about


def _question() -> rx.Component:
    asked = BoardState.asking
    return dialog(
        rx.match(
            asked,
            (DECLINE, t("Why does {name} not come into question?", name=BoardState.asked_name)),
            (RELEASE, t("Release {name}?", name=BoardState.asked_name)),
            t("Taken on these days already"),
        ),
        rx.el.form(
            rx.cond(
                asked == RELEASE,
                rx.el.p(
                    t("This ends the assignment, and the badge stops being valid."),
                    class_name="mb-4 text-sm text-muted",
                ),
            ),
            rx.cond(asked == OVERLAP, rx.el.div(alert(BoardState.asked_text, tone="warning"), class_name="mb-4")),
            field(
                rx.cond(asked == OVERLAP, t("Why is it all right?"), t("Reason")),
                text_input("move_reason", max_length=500, key=f"{asked}{BoardState.asked_name}"),
                error=BoardState.problem,
                required=asked != RELEASE,
            ),
            id="move_form",
            no_validate=True,
            on_submit=BoardState.confirm,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=BoardState.leave),
            button(
                rx.match(asked, (DECLINE, t("Decline")), (RELEASE, t("Release")), t("Book all the same")),
                type="submit",
                form="move_form",
                tone="primary",
            ),
        ),
        open=asked != "",
        on_close=BoardState.leave,
    )


# One card


def _panel() -> rx.Component:
    card = BoardState.shown
    return side_panel(
        rx.cond(card, card.name, ""),
        rx.cond(card, stack(_where(card), _notes(), _moves(), _dismiss(card), _person(), gap="gap-7")),
        open=BoardState.is_panel_open,
        on_close=BoardState.close,
    )


def _where(card: Any) -> rx.Component:
    return rx.el.div(
        badge(worded_choice(Stage, card.stage), tone="brand"),
        rx.cond(card.is_minor, badge(t("Under 18"), tone="warning")),
        rx.cond(card.reason, rx.el.span("“", card.reason, "”", class_name="text-sm text-muted")),
        class_name="flex flex-wrap items-center gap-2",
    )


def _person() -> rx.Component:
    person = BoardState.person
    return rx.cond(person, rx.el.div(cinema_panel(person), class_name="border-t border-line pt-6"))


def _notes() -> rx.Component:
    return rx.el.section(
        _heading(t("Notes of the team")),
        rx.cond(BoardState.is_open, _writing()),
        rx.cond(
            BoardState.notes.length() > 0,
            rx.el.ul(rx.foreach(BoardState.notes, _note), class_name="mt-4 flex flex-col gap-4"),
            rx.el.p(t("No notes yet. Only the team reads them."), class_name="mt-3 text-sm text-muted"),
        ),
    )


def _heading(words: Any) -> rx.Component:
    return rx.el.h3(words, class_name="mb-2 text-xs font-semibold tracking-wide text-faint uppercase")


def _writing() -> rx.Component:
    return rx.cond(
        BoardState.editing_note == 0,
        rx.el.form(
            textarea(
                "note",
                rows=2,
                limit=2000,
                aria_label=t("A note"),
                placeholder=t("Add a note"),
                key=BoardState.notes.length().to(str),
            ),
            rx.el.div(button(t("Add"), type="submit", size="sm"), class_name="mt-2 flex justify-end"),
            on_submit=BoardState.write,
        ),
    )


def _note(note: rx.Var[Note]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span(note.by, class_name="font-medium text-ink"), " · ", ago(note.at),
                class_name="min-w-0 flex-1 text-xs text-muted",
            ),
            rx.cond(
                note.is_yours & BoardState.is_open & (BoardState.editing_note != note.id),
                rx.el.div(
                    icon_button("pencil", t("Edit the note"), size="sm", on_click=BoardState.rewrite(note.id)),
                    icon_button("trash-2", t("Remove the note"), size="sm", on_click=BoardState.erase(note.id)),
                    class_name="-my-1.5 flex",
                ),
            ),
            class_name="flex items-center gap-2",
        ),
        rx.cond(
            BoardState.editing_note == note.id,
            rx.el.form(
                textarea("note", id="note_edited", value=note.text, rows=2, limit=2000, aria_label=t("A note")),
                rx.el.div(
                    button(t("Cancel"), tone="secondary", size="sm", on_click=BoardState.rewrite(0)),
                    button(t("Save"), type="submit", size="sm"),
                    class_name="mt-2 flex justify-end gap-2",
                ),
                on_submit=BoardState.write,
            ),
            rx.el.p(note.text, class_name="mt-0.5 text-sm break-words whitespace-pre-line text-ink"),
        ),
        key=note.id.to(str),
    )  # fmt: skip


def _moves() -> rx.Component:
    return rx.el.section(
        _heading(t("How it came here")),
        rx.el.ol(rx.foreach(BoardState.moves, _move), class_name="flex flex-col gap-3"),
    )


def _move(move: rx.Var[Move]) -> rx.Component:
    stage = worded_choice(Stage, move.to_stage)
    return rx.el.li(
        rx.el.p(
            rx.cond(move.from_stage, rx.fragment(worded_choice(Stage, move.from_stage), " → ", stage), stage),
            class_name="text-sm text-ink",
        ),
        rx.cond(move.reason, rx.el.p("“", move.reason, "”", class_name="text-sm text-muted")),
        rx.el.p(move.by, " · ", moment(move.at), class_name="text-xs text-muted"),
        class_name="border-s-2 border-line ps-3",
    )


def _dismiss(card: Any) -> rx.Component:
    return rx.cond(
        BoardState.is_open & (card.stage != Stage.BOOKED.value),
        confirm(
            t("Take {name} off the board?", name=card.name),
            t("For somebody who was added by mistake: the notes and the way here are lost."),
            trigger=rx.el.span(button(t("Take off the board"), tone="secondary", size="sm", before="trash-2")),
            yes=button(t("Take off the board"), tone="danger", on_click=BoardState.dismiss(card.id)),
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        skeleton("h-8 w-56"),
        rx.el.div(*(skeleton("h-80 w-62 shrink-0") for _ in range(5)), class_name="mt-5 flex gap-3 overflow-hidden"),
        aria_busy="true",
    )
