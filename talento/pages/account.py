"""One's own account: password, passkeys, second factor, signed-in devices."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import switch
from talento.components.devices import device_list
from talento.components.factors import app_setup, factor_task, passkey_setup
from talento.components.fields import field, password_input, text_input
from talento.components.forms import post_form
from talento.components.icons import icon
from talento.components.mailing import kind_name
from talento.components.overlays import dialog
from talento.components.shells import screen
from talento.components.surfaces import grid, panel, stack
from talento.components.text import ago, date, plural, t
from talento.pages.frame import inside
from talento.services.factors import FactorView
from talento.services.mail.unsubscribing import Wish
from talento.services.passkeys import LONGEST_NAME, PasskeyView
from talento.state.account import AccountState
from talento.state.unsubscribe import MyMailState


def account() -> rx.Component:
    """Password, passkeys, second factor and devices."""
    return inside(
        screen(
            t("Account and security"),
            stack(_password(), _passkeys(), _factor(), _devices(), _messages(), gap="gap-6"),
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


def _passkeys() -> rx.Component:
    return panel(
        t("Passkeys"),
        stack(
            rx.cond(
                AccountState.passkeys,
                rx.el.ul(rx.foreach(AccountState.passkeys, _passkey), class_name="divide-y divide-line"),
            ),
            passkey_setup(t("Add a passkey"), on_done=AccountState.reread),
            _change(),
        ),
        text=t(
            "Your fingerprint, face, PIN or security key instead of a password: nothing to remember, nothing to steal. "
            "After a password, a passkey does instead of a code."
        ),
    )


def _passkey(key: rx.Var[PasskeyView]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("key-round", 20), class_name="mt-0.5 text-faint"),
        rx.el.div(
            rx.el.p(key.name, class_name="text-sm font-medium break-words"),
            rx.el.p(
                t("Added on"),
                " ",
                date(key.created_at),
                rx.cond(key.used_at, rx.fragment(" · ", t("last used"), " ", ago(key.used_at))),
                rx.cond(key.is_synced, rx.fragment(" · ", t("on your other devices, too"))),
                class_name="mt-0.5 text-xs text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        button(t("Change"), tone="ghost", size="sm", on_click=AccountState.change_passkey(key.id)),
        class_name="flex items-start gap-3 py-4 first:pt-0 last:pb-0",
        key=key.id.to(str),
    )


def _change() -> rx.Component:
    key = AccountState.passkey
    return dialog(
        t("Passkey"),
        rx.el.form(
            field(
                t("Name"),
                text_input("passkey_name", value=key.name, auto_complete="off", max_length=LONGEST_NAME, required=True),
                hint=t("Something by which you tell it from the others."),
            ),
            id="passkey-form",
            on_submit=AccountState.rename_passkey,
            key=key.id.to(str),
        ),
        footer=rx.fragment(
            button(t("Remove the passkey"), tone="danger", on_click=AccountState.remove_passkey),
            rx.el.span(class_name="flex-1 max-sm:hidden"),
            button(t("Cancel"), tone="secondary", on_click=AccountState.leave_passkey),
            button(t("Save"), type="submit", form="passkey-form"),
        ),
        text=t("If you remove it, it opens nothing here any more, and your other devices are signed out."),
        open=AccountState.is_changing,
        on_close=AccountState.leave_passkey,
    )


def _factor() -> rx.Component:
    factor = AccountState.factor
    return panel(
        t("Second factor"),
        rx.el.div(
            rx.cond(factor.is_on, _codes_left(factor)),
            rx.el.div(
                app_setup(
                    rx.cond(factor.has_app, t("Set up another app"), t("Set up an app")), on_done=AccountState.reread
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
                    factor.can_drop_app,
                    factor_task(
                        "/auth/factor/off",
                        t("Remove the app"),
                        rx.cond(
                            factor.has_passkey,
                            t("Your passkeys stay. Your other devices are signed out."),
                            t("The password alone will open your account again. Your other devices are signed out."),
                        ),
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
        text=t("A code from an app, or a passkey, besides the password: who learns it still doesn't get in."),
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
