"""Photos and credits while their owner arranges them. The state is made with `state.portfolio.arranged_by`."""

from typing import Any

import reflex as rx

from talento.components.actions import button, button_class, icon_button
from talento.components.cinema import credit_words
from talento.components.feedback import alert
from talento.components.fields import LINE, field, number_input, option, select, text_input
from talento.components.files import MEGABYTE, PHOTO_TYPES
from talento.components.modules import Gallery
from talento.components.text import label, t
from talento.models.cinema import GALLERY_AT_MOST
from talento.vocabulary.casting import PhotoCategory, ProductionType

MOST_MB = 10


def gallery(state: Any, *, draft: str = "", name: str = "gallery") -> rx.Component:
    """The photos of `state.gallery`, and a place to add some."""
    categories = [{"value": one.value, "label": label(one)} for one in PhotoCategory]
    return Gallery.create(
        photos=state.gallery,
        categories=categories,
        most=GALLERY_AT_MOST,
        max_bytes=MOST_MB * MEGABYTE,
        accept=PHOTO_TYPES,
        draft=draft,
        input_id=name,
        button_class=button_class("secondary", "sm"),
        quiet_class=button_class("ghost", "sm"),
        select_class=f"{LINE} native-select h-control-sm! px-2! pe-7! text-sm!",
        texts=_gallery_texts(),
        on_done=lambda key, name, url: state.photo_added(key, name, url),
        on_remove=lambda key: state.photo_removed(key),
        on_place=lambda key, place: state.photo_moved(key, place),
        on_name=lambda key, category: state.photo_named(key, category),
    )


def _gallery_texts() -> dict[str, rx.Var]:
    return {
        "choose": t("Add photos"),
        "rules": t("JPEG, PNG, GIF or WebP, up to {n} MB each. Drop them here or choose several at once.", n=MOST_MB),
        "count": t("{n} of {most}", n="{n}", most=GALLERY_AT_MOST),
        "full": t("A gallery has at most {count} photos.", count=GALLERY_AT_MOST),
        "tooBig": t("This file is larger than {n} MB.", n=MOST_MB),
        "wrongType": t("This type of file is not accepted."),
        "offline": t("The connection was lost. Your file is still here."),
        "failed": t("The file was not accepted."),
        "sending": t("Sending…"),
        "retry": t("Try again"),
        "cancel": t("Cancel"),
        "category": t("What photo shows:"),
        "earlier": t("Move earlier: photo"),
        "later": t("Move later: photo"),
        "remove": t("Remove photo"),
        "removed": t("The photo was removed."),
        "movable": t("movable photo"),
        "position": t("Photo {place} of {count}. Arrow keys move it.", place="{place}", count="{count}"),
        "placed": t("Now photo {place} of {count}.", place="{place}", count="{count}"),
        "keys": t("Drag, or use the arrow keys, to change the order"),
    }


def credits(state: Any) -> rx.Component:
    """The credits of `state.credits`, and a small form for one."""
    return rx.el.div(
        rx.cond(
            state.credits.length() > 0,
            rx.el.ul(
                rx.foreach(state.credits, lambda one, at: _credit(state, one, at)),
                class_name="divide-y divide-line border-b border-line",
            ),
        ),
        rx.el.div(
            rx.cond(
                state.is_writing,
                _editor(state),
                button(t("Add a credit"), tone="secondary", size="sm", before="plus", on_click=state.credit_begun),
            ),
            class_name="p-4",
        ),
        class_name="rounded-card border border-line bg-surface",
    )


def _credit(state: Any, one: Any, at: Any) -> rx.Component:
    last = state.credits.length() - 1
    up, down = t("Move up: {title}", title=one.title), t("Move down: {title}", title=one.title)
    edit, remove = t("Edit: {title}", title=one.title), t("Remove {name}", name=one.title)
    year = rx.cond(one.year, one.year.to(str), "—")
    return rx.el.li(
        rx.el.span(year, class_name="w-10 shrink-0 pt-2 text-sm text-muted tabular-nums"),
        rx.el.div(credit_words(one), class_name="flex min-w-0 flex-1 py-2 text-sm"),
        rx.el.div(
            icon_button("chevron-up", up, size="sm", disabled=at == 0, on_click=state.credit_moved(one.key, -1)),
            icon_button("chevron-down", down, size="sm", disabled=at == last, on_click=state.credit_moved(one.key, 1)),
            icon_button("pencil", edit, size="sm", on_click=state.credit_opened(one.key)),
            icon_button("trash-2", remove, size="sm", on_click=state.credit_removed(one.key)),
            class_name="flex shrink-0 max-sm:w-22 max-sm:flex-wrap",
        ),
        class_name="flex items-start gap-3 px-4 py-1.5",
        key=one.key,
    )


def _editor(state: Any) -> rx.Component:
    """One credit: typed, or looked up and then typed over. Inside another form, so it is none itself."""
    return rx.el.fieldset(
        rx.el.legend(t("A credit"), class_name="sr-only"),
        rx.el.div(
            _text(state, "title", t("Title"), required=True, max_length=200, class_name="sm:col-span-2"),
            rx.cond(state.can_look_up, rx.el.div(_look_up(state), class_name="sm:col-span-2")),
            field(
                t("Year"),
                number_input("credit_year", value=state.credit["year"].to(str), min=1890, max=2100, step=1,
                             on_blur=lambda text: state.credit_typed("year", text),
                             on_enter=lambda text: state.credit_entered("year", text)),
                error=_problem(state, "year"),
            ),
            field(
                t("Type of production"),
                select("credit_kind", *(option(one.value, label(one)) for one in ProductionType),
                       value=state.credit["kind"].to(str), placeholder=t("Choose…"),
                       on_change=lambda value: state.credit_typed("kind", value)),
            ),
            _text(state, "part", t("Part"), max_length=200, class_name="sm:col-span-2"),
            class_name="grid gap-x-5 gap-y-4 sm:grid-cols-2",
        ),
        rx.el.div(
            button(t("Cancel"), tone="secondary", size="sm", on_click=state.credit_left),
            button(t("Keep this credit"), size="sm", on_click=state.credit_saved),
            class_name="mt-4 flex justify-end gap-2",
        ),
    )  # fmt: skip


def _text(
    state: Any, name: str, words: Any, *, required: bool = False, class_name: str = "", **props: Any
) -> rx.Component:
    control = text_input(
        f"credit_{name}",
        value=state.credit[name].to(str),
        auto_complete="off",
        on_blur=lambda text: state.credit_typed(name, text),
        on_enter=lambda text: state.credit_entered(name, text),
        **props,
    )
    return field(words, control, error=_problem(state, name), required=required, class_name=class_name)


def _problem(state: Any, name: str) -> rx.Var[str]:
    return rx.cond(state.credit_problems.contains(name), state.credit_problems[name], "").to(str)


def _look_up(state: Any) -> rx.Component:
    found = rx.el.ul(
        rx.foreach(
            state.found,
            lambda one: rx.el.li(
                rx.el.button(
                    rx.el.span(one.title, class_name="min-w-0 flex-1 truncate text-start font-medium text-ink"),
                    rx.el.span(rx.cond(one.year, one.year.to(str), ""), class_name="text-muted tabular-nums"),
                    type="button",
                    on_click=state.found_picked(one.imdb_id),
                    class_name="flex min-h-11 w-full items-center gap-3 px-3 text-sm hover:bg-sunken",
                ),
                key=one.imdb_id,
            ),
        ),
        aria_label=t("Titles found"),
        class_name="mt-2 divide-y divide-line overflow-clip rounded-control border border-line",
    )
    return rx.fragment(
        button(
            t("Look this title up"), tone="secondary", size="sm", before="search", loading=state.is_looking_up,
            on_click=state.look_up,
        ),
        rx.el.div(
            rx.cond(state.look_up_said, rx.el.div(alert(state.look_up_said, tone="warning"), class_name="mt-2")),
            rx.cond(state.found.length() > 0, found),
            aria_live="polite",
        ),
    )  # fmt: skip
