"""The tablets that keep desks, for admins: paired, changed and revoked."""

from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import button, copy_button, icon_button
from talento.components.badges import badge
from talento.components.choices import radio_card, radio_cards
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, field, fieldset, live_text_input, text_input
from talento.components.icons import icon
from talento.components.overlays import confirm, dialog, side_panel
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card
from talento.components.tables import Column, data_table
from talento.components.text import ago, date, label, plural, t
from talento.pages.frame import inside, only
from talento.services.presence.devices import DeviceView, Scoped
from talento.state.admin_devices import DESK, KIOSK, DevicesState
from talento.state.session import ReaderState
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import DeviceState

TONES = {
    DeviceState.WAITING: "warning",
    DeviceState.PAIRED: "success",
    DeviceState.EXPIRED: "neutral",
    DeviceState.REVOKED: "danger",
}


def admin_devices() -> rx.Component:
    """The list, the device that is open, the pairing code."""
    return inside(
        screen(
            t("Devices"),
            only(
                Permission.ADMINISTER,
                rx.fragment(
                    rx.cond(DevicesState.is_ready, _list(), card(skeleton_rows(5))),
                    _opened(),
                    _pairing(),
                ),
            ),
            text=t("Tablets that keep a presence desk by themselves, with nobody signed in."),
            actions=rx.cond(
                ReaderState.permissions.contains(Permission.ADMINISTER.value),
                button(t("Add a device"), before="plus", on_click=DevicesState.begin),
            ),
        )
    )


def _list() -> rx.Component:
    return data_table(
        [
            Column(t("Device"), _name, is_title=True, width="sm:max-w-72"),
            Column(t("Projects"), _projects, width="sm:max-w-64"),
            Column(t("State"), _state),
            Column(t("Last seen"), _seen),
            Column(t("Until"), lambda one: date(one.expires_on), width="whitespace-nowrap"),
        ],
        DevicesState.rows,
        caption=t("Devices"),
        key=lambda one: one.id.to(str),
        empty=card(
            empty(
                t("No tablet is paired yet"),
                t(
                    "Add one, and scan the code with the tablet: it then opens the desk of its projects "
                    "and nothing else."
                ),
                before="tablet-smartphone",
                action=button(t("Add a device"), before="plus", on_click=DevicesState.begin),
            )
        ),
    )


def _name(one: rx.Var[DeviceView]) -> rx.Component:
    return rx.el.button(
        rx.el.span(
            rx.cond(one.is_kiosk, icon("monitor-smartphone", 20), icon("scan-line", 20)),
            class_name="grid size-10 shrink-0 place-items-center rounded-control bg-sunken text-muted",
        ),
        rx.el.span(
            rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
            rx.el.span(rx.cond(one.is_kiosk, t("Kiosk"), t("Desk")), class_name="block text-xs text-muted"),
            class_name="min-w-0 text-start",
        ),
        type="button",
        on_click=DevicesState.look_at(one.id),
        class_name="-m-1 flex w-full max-w-full min-w-0 items-center gap-3 rounded-control p-1 hover:underline",
    )


def _projects(one: rx.Var[DeviceView]) -> rx.Component:
    return rx.cond(
        one.projects.length() > 1,
        rx.el.span(plural(one.projects.length(), one="{n} project", other="{n} projects")),
        rx.foreach(one.projects, lambda each: rx.el.span(each.name, class_name="block truncate")),
    )


def _state(one: Any) -> rx.Component:
    return rx.el.div(
        badge(
            rx.match(one.state, *((each.value, label(each)) for each in DeviceState), ""),
            tone=rx.match(one.state, *((each.value, TONES[each]) for each in DeviceState), "neutral").to(str),
            dot=True,
        ),
        rx.cond(
            one.waiting > 0,
            badge(plural(one.waiting, one="{n} scan waits", other="{n} scans wait"), tone="warning"),
        ),
        class_name="flex flex-wrap gap-1.5",
    )


def _seen(one: Any) -> rx.Component:
    return rx.cond(one.seen_at, rx.el.span(ago(one.seen_at)), rx.el.span(t("Never"), class_name="text-faint"))


# One device


def _opened() -> rx.Component:
    one = DevicesState.opened
    return side_panel(
        rx.cond(one, one.name, t("Add a device")),
        rx.cond(
            one & (one.state == DeviceState.REVOKED.value),
            _revoked(one),
            rx.fragment(rx.cond(one, _about(one)), _form()),
        ),
        open=DevicesState.is_open,
        on_close=DevicesState.close,
        id="device-panel",
    )


def _revoked(one: Any) -> rx.Component:
    return rx.el.div(
        alert(t("This device was revoked. Its scans stay; to use the tablet again, add it anew."), tone="danger"),
        rx.el.p(t("Last seen"), " ", _seen(one), class_name="mt-4 text-sm text-muted"),
    )


def _about(one: Any) -> rx.Component:
    is_living = one.state != DeviceState.EXPIRED.value
    return rx.el.div(
        rx.el.div(
            _state(one),
            rx.el.p(t("Last seen"), " ", _seen(one), class_name="text-xs text-muted"),
            class_name="flex flex-wrap items-center justify-between gap-2",
        ),
        rx.el.div(
            rx.cond(
                one.state == DeviceState.PAIRED.value,
                confirm(
                    t("Pair {name} anew?", name=one.name),
                    t("The tablet that is paired now is shut out, and deletes what it holds at its next contact."),
                    trigger=button(t("New pairing code"), before="qr-code", tone="secondary"),
                    yes=button(t("New pairing code"), on_click=DevicesState.pair(one.id)),
                ),
                rx.cond(
                    is_living,
                    button(t("Pairing code"), before="qr-code", on_click=DevicesState.pair(one.id)),
                ),
            ),
            confirm(
                t("Revoke {name}?", name=one.name),
                t(
                    "It is shut out for good, and deletes the names and photos it holds at its next contact. "
                    "Scans that it has not sent yet are lost."
                ),
                trigger=button(t("Revoke"), before="ban", tone="danger"),
                yes=button(t("Revoke"), tone="danger", on_click=DevicesState.revoke(one.id)),
            ),
            class_name="mt-4 flex flex-wrap gap-2",
        ),
        class_name="mb-6 border-b border-line pb-6",
    )


def _form() -> rx.Component:
    one = DevicesState.opened
    return rx.el.form(
        field(
            t("Name"),
            text_input(
                "device_name",
                value=rx.cond(one, one.name, ""),
                placeholder=t("Gate A, Catering, Bus 2…"),
                max_length=80,
                auto_complete="off",
            ),
            error=_problem("name"),
            required=True,
        ),
        _scope(),
        field(
            t("Works until"),
            date_input("expires_on", value=DevicesState.last_day),
            hint=t("The end of this shooting day, at most a year from now."),
            error=_problem("expires_on"),
        ),
        fieldset(
            t("What it is"),
            radio_cards(
                "device_kind",
                radio_card(
                    "device_kind",
                    DESK,
                    t("Desk"),
                    t("Somebody scans: list, search and counts are there."),
                    chosen=DevicesState.kind,
                    on_change=DevicesState.choose_kind,
                ),
                radio_card(
                    "device_kind",
                    KIOSK,
                    t("Kiosk"),
                    t("Talents scan themselves: nothing else is shown, and only a PIN leaves it."),
                    chosen=DevicesState.kind,
                    on_change=DevicesState.choose_kind,
                ),
                columns="grid gap-3",
            ),
        ),
        _pin(),
        rx.el.div(
            button(t("Cancel"), tone="ghost", custom_attrs={"data-close": ""}),
            button(rx.cond(one, t("Save"), t("Add and pair")), type="submit"),
            class_name="flex justify-end gap-2",
        ),
        no_validate=True,
        on_submit=DevicesState.save,
        key=DevicesState.form_key.to(str),
        class_name="flex flex-col gap-6",
    )


def _pin() -> rx.Component:
    one = DevicesState.opened
    return field(
        t("PIN"),
        text_input(
            "pin", input_mode="numeric", auto_complete="off", max_length=8, class_name="font-mono tracking-widest"
        ),
        hint=rx.cond(
            one & one.has_pin,
            t("4 to 8 digits. Empty: it keeps the PIN that it has."),
            rx.cond(
                DevicesState.kind == KIOSK,
                t("4 to 8 digits."),
                t("4 to 8 digits. With one, the tablet can be locked as a kiosk for a while."),
            ),
        ),
        error=_problem("pin"),
        required=(DevicesState.kind == KIOSK) & ~(one & one.has_pin),
    )


def _problem(name: str) -> rx.Var[str]:
    return rx.cond(DevicesState.problems.contains(name), DevicesState.problems[name], "").to(str)


def _scope() -> rx.Component:
    return fieldset(
        t("Projects"),
        rx.cond(
            DevicesState.chosen.length() > 0,
            rx.el.ul(
                rx.foreach(DevicesState.chosen, _chosen),
                class_name="mb-3 divide-y divide-line rounded-card border border-line",
            ),
        ),
        live_text_input(
            "device_project",
            t("Name or code of a project"),
            value=DevicesState.looked_for,
            on_change=DevicesState.look_for,
            shortcut="",
            max_length=60,
        ),
        rx.cond(
            DevicesState.found.length() > 0,
            rx.el.ul(
                rx.foreach(DevicesState.found, _found),
                class_name="mt-2 divide-y divide-line overflow-hidden rounded-card border border-line",
            ),
            rx.cond(
                DevicesState.looked_for,
                rx.el.p(t("No project that is not completed answers to this."), class_name="mt-2 text-sm text-muted"),
            ),
        ),
        hint=t("It opens the desks of these projects and nothing else."),
        error=_problem("projects"),
    )


def _chosen(one: rx.Var[Scoped]) -> rx.Component:
    return rx.el.li(
        _project(one),
        icon_button("x", t("Leave out {name}", name=one.name), size="sm", on_click=DevicesState.leave_out(one.id)),
        key=one.id.to(str),
        class_name="flex min-h-12 items-center gap-3 py-1.5 ps-3 pe-1.5",
    )


def _found(one: rx.Var[Scoped]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            _project(one),
            icon("plus", 16, "text-muted"),
            type="button",
            on_click=DevicesState.choose(one.id),
            class_name="flex min-h-12 w-full items-center gap-3 px-3 py-2 text-start hover:bg-sunken",
        ),
        key=one.id.to(str),
    )


def _project(one: rx.Var[Scoped]) -> rx.Component:
    return rx.el.span(
        rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
        rx.el.span(one.code, class_name="block truncate font-mono text-xs text-muted"),
        class_name="min-w-0 flex-1",
    )


# The pairing code


def _pairing() -> rx.Component:
    one = DevicesState.pairing
    return dialog(
        rx.cond(one, t("Pair {name}", name=one.name), t("Pairing code")),
        rx.cond(one & (one.state == DeviceState.PAIRED.value), _paired(one), _code(one)),
        open=DevicesState.is_pairing,
        on_close=DevicesState.done,
        id="device-pairing",
    )


def _code(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.img(
                src=DevicesState.picture,
                alt=t("QR code that opens {address}", address=DevicesState.address),
                class_name="size-72 max-w-full sm:size-80",
            ),
            class_name="rounded-card border border-line bg-white p-2",
        ),
        rx.el.p(
            t("Scan it with the tablet's camera, or open {address} there and type:", address=_short_address()),
            class_name="mt-5 max-w-sm text-sm text-muted",
        ),
        rx.el.div(
            rx.el.code(DevicesState.code, class_name="font-mono text-2xl font-semibold tracking-widest text-ink"),
            copy_button(DevicesState.code, t("Copy the code")),
            class_name="mt-2 flex items-center justify-center gap-2",
        ),
        rx.el.div(
            modules.Countdown.create(
                badge(t("This code is too old."), tone="warning"),
                until=DevicesState.code_until.to(str),
                class_name="text-sm font-medium tabular-nums text-ink",
            ),
            rx.el.span(t("It works once."), class_name="text-sm text-muted"),
            button(
                t("New code"),
                tone="ghost",
                size="sm",
                before="refresh-cw",
                on_click=DevicesState.pair(rx.cond(one, one.id, 0).to(int)),
            ),
            class_name="mt-3 flex flex-wrap items-center justify-center gap-3",
        ),
        class_name="flex flex-col items-center text-center",
    )


def _short_address() -> rx.Var[str]:
    return DevicesState.address.split("/pair/")[0] + "/pair"


def _paired(one: Any) -> rx.Component:
    return rx.el.div(
        empty(
            t("{name} is paired", name=one.name),
            t("The tablet shows its desk now. It works until the day you chose, also without a network."),
            before="circle-check",
            action=button(t("Done"), on_click=DevicesState.done),
        ),
        role="status",
    )
