"""Accounts, for admins: found while typing; one opens at the side with what can be done about it."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.badges import avatar, badge, code_text
from talento.components.choices import segmented
from talento.components.devices import device_list
from talento.components.feedback import alert, empty
from talento.components.fields import field, live_text_input, option, select, text_input
from talento.components.navigation import pagination
from talento.components.overlays import confirm, dialog, side_panel
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, key_values
from talento.components.tables import Column, data_table
from talento.components.text import LANGUAGE, ago, date, label, number, plural, t
from talento.i18n import LANGUAGES
from talento.pages.frame import inside, only
from talento.services.accounts import STAFF
from talento.services.people import Person
from talento.state.admin_people import PeopleState
from talento.state.session import ReaderState
from talento.vocabulary.permissions import Permission, Role

CLOSES = {"data-close": ""}
ROLE_TONES = {Role.ADMIN: "accent", Role.RECRUITER: "brand", Role.PRESENCE: "info", Role.USER: "neutral"}


def admin_people() -> rx.Component:
    """The list, its search, and the account that is open."""
    return inside(
        screen(
            t("Accounts"),
            only(
                Permission.ADMINISTER,
                rx.fragment(
                    _filters(),
                    rx.cond(PeopleState.is_ready, _list(), card(skeleton_rows(8))),
                    _opened(),
                    _invitation(),
                ),
            ),
            text=t("Everybody who can sign in, and who was invited to."),
            actions=rx.cond(
                ReaderState.permissions.contains(Permission.ADMINISTER.value),
                button(t("Invite somebody"), before="user-plus", on_click=PeopleState.start_inviting),
            ),
        )
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            live_text_input(
                "people_search",
                t("Name, e-mail or code"),
                value=PeopleState.text,
                on_change=PeopleState.search,
                max_length=200,
            ),
            class_name="min-w-0 flex-1 basis-72",
        ),
        select(
            "people_role",
            *(option(role.value, label(role)) for role in Role),
            value=PeopleState.role,
            placeholder=t("Every role"),
            aria_label=t("Role"),
            on_change=lambda value: PeopleState.narrow("role", value),
            class_name="sm:w-44",
        ),
        segmented(
            "people_state",
            [("", t("All")), ("active", t("Active")), ("invited", t("Invited")), ("suspended", t("Suspended"))],
            value=PeopleState.state,
            on_change=lambda value: PeopleState.narrow("state", value),
            label=t("State"),
        ),
        class_name="mb-4 flex flex-wrap items-center gap-3",
    )


def _list() -> rx.Component:
    return rx.fragment(
        data_table(
            [
                Column(t("Person"), _name, sort="name", is_title=True, width="sm:max-w-80"),
                Column(t("Role"), lambda person: _role(person.role)),
                Column(t("State"), _state),
                Column(t("Last seen"), _seen),
                Column(t("Since"), lambda person: date(person.created_at), sort="created", width="whitespace-nowrap"),
            ],
            PeopleState.rows,
            caption=t("Accounts"),
            key=lambda person: person.id.to(str),
            sort=PeopleState.sort,
            on_sort=PeopleState.arrange,
            empty=card(_nobody()),
        ),
        rx.cond(PeopleState.total > 0, rx.el.div(_pages(), class_name="mt-4")),
    )


def _pages() -> rx.Component:
    return pagination(
        first=PeopleState.offset + 1,
        last=PeopleState.last,
        total=PeopleState.total,
        on_previous=PeopleState.turn(-1),
        on_next=PeopleState.turn(1),
    )


def _nobody() -> rx.Component:
    return empty(
        t("Nobody found"),
        t("No account answers to this search and these filters."),
        before="user-search",
        action=button(t("Clear all"), tone="secondary", on_click=PeopleState.clear),
    )


def _name(person: rx.Var[Person]) -> rx.Component:
    return rx.el.button(
        avatar(_called(person), person.photo_url, "md"),
        rx.el.span(
            rx.el.span(_called(person), class_name="block truncate text-sm font-medium text-ink"),
            rx.el.span(
                rx.cond(person.code, person.code + " · ", ""),
                person.email,
                class_name="block truncate text-xs text-muted",
            ),
            class_name="min-w-0 text-start",
        ),
        type="button",
        on_click=PeopleState.look_at(person.id),
        class_name="-m-1 flex w-full max-w-full min-w-0 items-center gap-3 rounded-control p-1 hover:underline",
    )


def _called(person: Any) -> rx.Var[str]:
    return rx.cond(person.name, person.name, person.email).to(str)


def _role(role: Any) -> rx.Component:
    return badge(
        rx.match(role, *((one.value, label(one)) for one in Role), ""),
        tone=rx.match(role, *((one.value, ROLE_TONES[one]) for one in Role), "neutral").to(str),
    )


def _state(person: Any) -> rx.Component:
    return rx.cond(
        person.is_suspended,
        badge(t("Suspended"), tone="danger", dot=True),
        rx.cond(
            person.has_password,
            badge(t("Active"), tone="success", dot=True),
            badge(t("Invited"), tone="warning", dot=True),
        ),
    )


def _seen(person: Any) -> rx.Component:
    return rx.cond(
        person.seen_at,
        rx.el.span(ago(person.seen_at)),
        rx.el.span(t("Never"), class_name="text-faint"),
    )


def _invitation() -> rx.Component:
    return dialog(
        t("Invite somebody"),
        rx.el.form(
            field(
                t("E-mail address"),
                text_input("email", type="email", max_length=254, auto_complete="off", required=True),
                error=PeopleState.invitation_error,
                required=True,
            ),
            field(t("Name"), text_input("name", max_length=210, auto_complete="off"), optional=True),
            field(
                t("Role"),
                select("role", *(option(role.value, label(role)) for role in STAFF), value=Role.RECRUITER.value),
                hint=t("Talents register themselves. A role can be changed later."),
            ),
            field(
                t("Language of the invitation"),
                select("locale", *(option(code, name) for code, name in LANGUAGES.items()), value=LANGUAGE),
            ),
            id="invitation-form",
            on_submit=PeopleState.invite,
            class_name="flex flex-col gap-4",
        ),
        text=t("They get a link by mail to choose a password. It works once, for 72 hours."),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=PeopleState.stop_inviting),
            button(t("Send the invitation"), type="submit", form="invitation-form"),
        ),
        open=PeopleState.is_inviting,
        on_close=PeopleState.stop_inviting,
    )


# One account


def _opened() -> rx.Component:
    person = PeopleState.person
    return side_panel(
        _called(person),
        rx.el.div(
            rx.el.div(
                avatar(_called(person), person.photo_url, "lg"),
                rx.el.div(
                    rx.el.p(person.email, class_name="text-sm break-all text-ink"),
                    rx.el.div(_role(person.role), _state(person), class_name="mt-2 flex flex-wrap gap-2"),
                    class_name="min-w-0",
                ),
                class_name="flex items-center gap-4",
            ),
            rx.cond(
                person.is_you,
                rx.el.div(alert(t("This is your own account."), tone="info"), class_name="mt-5"),
            ),
            rx.el.div(_about(person), class_name="mt-4"),
            rx.cond(PeopleState.devices, rx.el.div(_devices(), class_name="mt-5 border-t border-line pt-5")),
            _actions(person),
        ),
        open=PeopleState.is_open,
        on_close=PeopleState.close,
    )


def _about(person: Any) -> rx.Component:
    return key_values(
        (t("Talent code"), rx.cond(person.code, code_text(person.code), t("No talent profile"))),
        (t("Second factor"), _factor(person)),
        (t("Registered"), date(person.created_at)),
        (t("Last seen"), _seen(person)),
        (
            t("Signed-in devices"),
            rx.cond(
                person.devices > 0,
                plural(person.devices, one="{n} device", other="{n} devices"),
                rx.el.span(number(0)),
            ),
        ),
    )


def _has_factor(person: Any) -> rx.Var[bool]:
    return person.has_app | (person.passkeys > 0)


def _factor(person: Any) -> rx.Component:
    passkeys = plural(person.passkeys, one="{n} passkey", other="{n} passkeys")
    with_app = rx.cond(person.passkeys > 0, rx.fragment(t("App"), ", ", passkeys), t("App"))
    return rx.cond(person.has_app, with_app, rx.cond(person.passkeys > 0, passkeys, t("Off")))


def _devices() -> rx.Component:
    return rx.fragment(
        rx.el.h3(t("Signed-in devices"), class_name="mb-3 text-sm font-semibold"),
        device_list(PeopleState.devices, PeopleState.end_one),
    )


def _actions(person: Any) -> rx.Component:
    return rx.el.div(
        link_button(
            t("Their history in the logs"),
            href="/admin/logs?log=security&who=" + person.id.to(str),
            before="scroll-text",
            wide=True,
        ),
        rx.cond(person.is_you, rx.fragment(), _role_change(person)),
        rx.cond(~person.is_suspended & (person.role != Role.ADMIN.value), _impersonation(person)),
        rx.cond(~person.is_suspended, rx.fragment(_link(person), _sign_out(person))),
        rx.cond(_has_factor(person), _remove_factor(person)),
        rx.cond(
            person.is_suspended,
            button(
                t("Reactivate the account"),
                tone="secondary",
                before="user-check",
                wide=True,
                on_click=PeopleState.reactivate(person.id),
            ),
            rx.cond(person.is_you, rx.fragment(), _suspend(person)),
        ),
        class_name="mt-5 flex flex-col gap-2 border-t border-line pt-5",
    )


def _role_change(person: Any) -> rx.Component:
    footer = rx.fragment(
        button(t("Cancel"), tone="secondary", custom_attrs=CLOSES),
        button(t("Change the role"), type="submit", form="role-form", custom_attrs=CLOSES),
    )
    return dialog(
        t("Change the role"),
        rx.el.form(
            field(
                t("Role"),
                select("new_role", *(option(role.value, label(role)) for role in Role), value=person.role),
                hint=t("{name} is signed out everywhere and has the rights of the new role.", name=_called(person)),
            ),
            id="role-form",
            on_submit=PeopleState.change_role,
            key=person.role,
        ),
        footer=footer,
        trigger=button(t("Change the role"), tone="secondary", before="user-cog", wide=True),
    )


def _link(person: Any) -> rx.Component:
    is_invited = ~person.has_password & (person.role != Role.USER.value)
    return rx.cond(
        is_invited,
        confirm(
            t("Send the invitation again?"),
            t("A single-use link goes to {email}. Earlier links stop working.", email=person.email),
            trigger=button(t("Send the invitation again"), tone="secondary", before="mail", wide=True),
            yes=button(t("Send it"), on_click=PeopleState.send_link(person.id)),
        ),
        confirm(
            t("Send a password link?"),
            t("A single-use link goes to {email}. Earlier links stop working.", email=person.email),
            trigger=button(t("Send a password link"), tone="secondary", before="key-round", wide=True),
            yes=button(t("Send it"), on_click=PeopleState.send_link(person.id)),
        ),
    )


def _impersonation(person: Any) -> rx.Component:
    return confirm(
        t("Act in their name?"),
        t(
            "You see and do what {name} can, in this browser, until you stop. Each entry of the logs says that it was "
            "you. Their password and whatever asks for it stay theirs alone.",
            name=_called(person),
        ),
        trigger=button(t("Act in their name"), tone="secondary", before="venetian-mask", wide=True),
        yes=button(t("Act in their name"), on_click=PeopleState.impersonate(person.id)),
    )


def _sign_out(person: Any) -> rx.Component:
    return confirm(
        t("Sign out everywhere?"),
        t("Every device of {name} is signed out at once. They can sign in again.", name=_called(person)),
        trigger=button(t("Sign out everywhere"), tone="secondary", before="log-out", wide=True),
        yes=button(t("Sign out"), on_click=PeopleState.end_sessions(person.id)),
    )


def _remove_factor(person: Any) -> rx.Component:
    return confirm(
        t("Remove the second factor?"),
        t(
            "Only for somebody who lost app, passkeys and every recovery code. Make sure that it is {name} who asks: "
            "the password alone will open the account. They are told by mail and signed out everywhere.",
            name=_called(person),
        ),
        trigger=button(t("Remove the second factor"), tone="secondary", before="shield-off", wide=True),
        yes=button(t("Remove it"), tone="danger", on_click=PeopleState.remove_factor(person.id)),
    )


def _suspend(person: Any) -> rx.Component:
    return confirm(
        t("Suspend this account?"),
        t(
            "{name} is signed out at once, can't sign in and is not found any more, until you reactivate the account.",
            name=_called(person),
        ),
        trigger=button(
            t("Suspend the account"),
            tone="ghost",
            before="user-x",
            wide=True,
            class_name="text-danger-ink hover:bg-danger-soft hover:text-danger-ink",
        ),
        yes=button(t("Suspend"), tone="danger", on_click=PeopleState.suspend(person.id)),
    )
