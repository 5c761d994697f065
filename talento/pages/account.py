"""One's own account: password, second factor, signed-in devices."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.factors import app_setup, factor_task
from talento.components.fields import field, password_input
from talento.components.forms import post_form
from talento.components.icons import icon
from talento.components.shells import screen
from talento.components.surfaces import grid, panel, stack
from talento.components.text import ago, date, plural, t
from talento.pages.frame import inside
from talento.services.factors import FactorView
from talento.services.sessions import SessionView
from talento.state.account import AccountState


def account() -> rx.Component:
    """Password, second factor and devices."""
    return inside(
        screen(
            t("Account and security"),
            stack(_password(), _factor(), _devices(), gap="gap-6"),
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
        rx.el.ul(rx.foreach(AccountState.devices, _device), class_name="divide-y divide-line"),
        actions=button(t("Sign the others out"), tone="secondary", size="sm", on_click=AccountState.end_others),
        text=t("If you do not recognize one, sign it out and change your password."),
    )


def _device(device: rx.Var[SessionView]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("monitor", 20), class_name="mt-0.5 text-faint"),
        rx.el.div(
            rx.el.p(
                rx.cond(device.agent, device.agent, t("Unknown device")),
                class_name="line-clamp-2 text-sm font-medium break-words",
            ),
            rx.el.p(device.ip, " · ", t("last seen"), " ", ago(device.seen_at), class_name="mt-0.5 text-xs text-muted"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            device.is_current,
            badge(t("This device"), tone="success"),
            button(t("Sign out"), tone="ghost", size="sm", on_click=AccountState.end(device.id)),
        ),
        class_name="flex items-start gap-3 py-4 first:pt-0 last:pb-0",
        key=device.id.to(str),
    )
