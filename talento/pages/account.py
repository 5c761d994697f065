"""One's own account: password, second factor, signed-in devices."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import switch
from talento.components.devices import device_list
from talento.components.factors import app_setup, factor_task
from talento.components.fields import field, password_input
from talento.components.forms import post_form
from talento.components.mailing import kind_name
from talento.components.shells import screen
from talento.components.surfaces import grid, panel, stack
from talento.components.text import date, plural, t
from talento.pages.frame import inside
from talento.services.factors import FactorView
from talento.services.mail.unsubscribing import Wish
from talento.state.account import AccountState
from talento.state.unsubscribe import MyMailState


def account() -> rx.Component:
    """Password, second factor and devices."""
    return inside(
        screen(
            t("Account and security"),
            stack(_password(), _factor(), _devices(), _messages(), gap="gap-6"),
            text=AccountState.email,
            width="form",
        )
    )


def _password() -> rx.Component:
    return panel(
        t("Password"),
        post_form(
            rx.el.input(
                type="hidden", name="username", value=AccountState.email, auto_complete="username", read_only=True
            ),
            grid(
                field(t("Current password"), password_input("current")),
                field(
                    t("New password"),
                    password_input("new", new=True),
                    hint=t("At least 12 characters. A short sentence works well."),
                ),
            ),
            rx.el.div(button(t("Change the password"), type="submit", tone="secondary")),
            action="/auth/change-password",
        ),
        text=t("Changing it signs your other devices out."),
    )


def _factor() -> rx.Component:
    factor = AccountState.factor
    return panel(
        t("Second factor"),
        rx.el.div(
            rx.cond(factor.is_on, _codes_left(factor)),
            rx.el.div(
                app_setup(
                    rx.cond(factor.is_on, t("Set up another app"), t("Set up an app")), on_done=AccountState.reread
                ),
                rx.cond(
                    factor.is_on,
                    factor_task(
                        "/auth/factor/codes",
                        t("New recovery codes"),
                        t("The former codes stop working at once. The new ones are shown once."),
                        on_done=AccountState.reread,
                    ),
                ),
                rx.cond(
                    factor.is_on & ~factor.is_required,
                    factor_task(
                        "/auth/factor/off",
                        t("Switch it off"),
                        t("The password alone will open your account again. Your other devices are signed out."),
                        on_done=AccountState.reread,
                    ),
                ),
                class_name="flex flex-wrap gap-3",
            ),
            class_name="flex flex-col gap-4",
        ),
        actions=rx.cond(
            factor.is_on, badge(t("On"), tone="success", dot=True), badge(t("Off"), tone="neutral", dot=True)
        ),
        text=t("A code from an app besides the password: who learns your password still doesn't get in."),
    )


def _codes_left(factor: rx.Var[FactorView]) -> rx.Component:
    return rx.el.p(
        t("On since"),
        " ",
        date(factor.since),
        " · ",
        rx.cond(
            factor.codes_left,
            plural(factor.codes_left, one="{n} recovery code left", other="{n} recovery codes left"),
            t("No recovery code left: make new ones now."),
        ),
        class_name="text-sm text-muted",
    )


def _devices() -> rx.Component:
    return panel(
        t("Signed-in devices"),
        device_list(AccountState.devices, AccountState.end),
        actions=button(t("Sign the others out"), tone="secondary", size="sm", on_click=AccountState.end_others),
        text=t("If you do not recognize one, sign it out and change your password."),
    )


def _messages() -> rx.Component:
    return rx.cond(
        MyMailState.wishes,
        panel(
            t("Messages to you"),
            rx.el.div(rx.foreach(MyMailState.wishes, _wish), class_name="flex flex-col gap-1"),
            text=t("Messages about your account itself are always sent."),
        ),
    )


def _wish(wish: rx.Var[Wish]) -> rx.Component:
    return switch(
        "mail-" + wish.kind,
        kind_name(wish.kind),
        checked=wish.is_on,
        on_change=lambda on: MyMailState.choose(wish.kind, on),
    )
