"""Making this browser a paired tablet."""

import reflex as rx

from talento.components.actions import button
from talento.components.feedback import alert
from talento.components.fields import field, text_input
from talento.components.forms import post_form
from talento.components.icons import icon
from talento.components.progress import skeleton_rows
from talento.components.surfaces import card, key_values
from talento.components.text import date, t
from talento.pages.frame import narrow
from talento.state.pair import PairState


def pair() -> rx.Component:
    """What this browser will be, or the field for the code."""
    return narrow(
        t("Pair this tablet"),
        rx.match(PairState.step, ("good", _announced()), ("ask", _ask()), card(skeleton_rows(4))),
        text=t("It then keeps the desk without anybody signed in, also while there is no network."),
    )


def _announced() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.span(
                rx.cond(PairState.is_kiosk, icon("monitor-smartphone", 22), icon("scan-line", 22)),
                class_name="grid size-12 shrink-0 place-items-center rounded-card bg-brand-soft text-brand-ink",
            ),
            rx.el.div(
                rx.el.h2(PairState.name, class_name="text-lg font-semibold break-words"),
                rx.el.p(
                    rx.cond(PairState.is_kiosk, t("Kiosk: talents scan themselves"), t("Desk: somebody scans")),
                    class_name="text-sm text-muted",
                ),
                class_name="min-w-0",
            ),
            class_name="mb-2 flex items-center gap-4",
        ),
        key_values(
            (
                t("Projects"),
                rx.el.ul(rx.foreach(PairState.projects, lambda one: rx.el.li(one)), class_name="space-y-0.5"),
            ),
            (t("Works until"), date(PairState.expires_on)),
        ),
        rx.el.div(
            post_form(
                rx.el.input(type="hidden", name="code", value=PairState.code, read_only=True),
                button(t("Pair this tablet"), before="link", type="submit", size="lg", wide=True),
                action="/devices/pair",
            ),
            button(t("Another code"), tone="ghost", wide=True, on_click=PairState.ask),
            class_name="mt-4 flex flex-col gap-2",
        ),
    )


def _ask() -> rx.Component:
    return card(
        rx.cond(PairState.problem, rx.el.div(alert(PairState.problem, tone="warning"), class_name="mb-5")),
        rx.el.form(
            field(
                t("Pairing code"),
                text_input(
                    "pairing_code",
                    auto_focus=True,
                    auto_complete="off",
                    auto_capitalize="characters",
                    spell_check=False,
                    max_length=60,
                    placeholder="A1B2C-D3E4F",
                    class_name="font-mono text-lg tracking-widest uppercase placeholder:text-faint",
                ),
                hint=t("Ten letters and digits, from an administrator's screen under Devices."),
            ),
            button(t("Continue"), type="submit", size="lg", wide=True),
            on_submit=PairState.look_at,
            class_name="flex flex-col gap-5",
        ),
    )
