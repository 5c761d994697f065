"""The papers and mails of a project: choose people once, then print badges, faces, lists, or tell them."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.badges import avatar, badge
from talento.components.choices import checkbox, segmented, switch
from talento.components.factors import PROVED
from talento.components.feedback import alert, empty
from talento.components.fields import field, textarea
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.overlays import confirm, dialog
from talento.components.progress import progress_bar, skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel, stack
from talento.components.text import Text, ago, number, plural, t
from talento.pages.frame import inside, only
from talento.state.papers import LAYOUTS, Line, PapersState
from talento.vocabulary.permissions import Permission

SIGN = "grid size-9 place-items-center rounded-control text-faint hover:bg-sunken"


def project_papers() -> rx.Component:
    """Who is on the project, and what can be made for those chosen."""
    return inside(
        screen(
            rx.cond(PapersState.project, PapersState.project, t("Documents and mails")),
            only(
                Permission.CASTING,
                rx.cond(
                    PapersState.is_ready,
                    rx.cond(PapersState.project_id > 0, _desk(), card(_nothing_here())),
                    card(skeleton_rows(8)),
                ),
            ),
            text=PapersState.about,
            trail=[(t("Projects"), "/projects"), (PapersState.project, _project()), (t("Documents and mails"), "")],
        )
    )


def _project() -> rx.Var[str]:
    return (rx.Var.create("/projects/") + PapersState.project_id.to(str)).to(str)


def _desk() -> rx.Component:
    return rx.cond(
        PapersState.people,
        rx.el.div(
            rx.el.div(_people(), class_name="min-w-0 flex-1"),
            rx.el.div(
                stack(_language(), _badges(), _faces(), _cast_list(), _mails()),
                class_name="min-w-0 lg:w-96 lg:shrink-0",
            ),
            _preview(),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
        ),
        card(_nobody()),
    )


# Who it is for


def _people() -> rx.Component:
    everybody = PapersState.chosen.length() == PapersState.people.length()
    return panel(
        t("People"),
        rx.el.ul(
            rx.foreach(PapersState.people, _person),
            class_name="divide-y divide-line max-lg:max-h-96 max-lg:overflow-y-auto",
        ),
        text=t("{count} of {total} chosen", count=PapersState.chosen.length(), total=PapersState.people.length()),
        actions=rx.fragment(
            button(t("Those not told yet"), tone="ghost", size="sm", on_click=PapersState.choose_untold),
            rx.cond(
                everybody,
                button(t("Nobody"), tone="secondary", size="sm", on_click=PapersState.choose_all(False)),
                button(t("Everybody"), tone="secondary", size="sm", on_click=PapersState.choose_all(True)),
            ),
        ),
        flush=True,
    )


def _person(one: rx.Var[Line]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            checkbox(
                "chosen",
                rx.el.span(one.name, class_name="sr-only"),
                checked=PapersState.chosen.contains(one.id),
                on_change=lambda on: PapersState.choose(one.id, on),
                id="chosen-" + one.id.to(str),
            ),
            rx.el.label(
                avatar(one.name, one.photo, "md"),
                rx.el.span(
                    rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                    rx.el.span(
                        rx.el.span(one.code, class_name="font-mono", dir="ltr"),
                        rx.el.span(one.role, class_name="truncate"),
                        class_name="flex min-w-0 gap-x-2 text-xs text-muted max-sm:flex-col",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                html_for="chosen-" + one.id.to(str),
                class_name="flex min-w-0 flex-1 cursor-pointer items-center gap-3",
            ),
            rx.cond(
                one.mailed_at,
                rx.el.span(
                    icon("mail-check", 14),
                    rx.el.span(ago(one.mailed_at), class_name="max-sm:sr-only"),
                    class_name="flex shrink-0 items-center gap-1.5 text-xs text-muted",
                ),
            ),
            rx.cond(one.is_unsubscribed, badge(t("Wants no mail"), tone="warning")),
            rx.cond(one.is_to_guardian, badge(t("Guardian"), tone="info")),
            _more(one),
            class_name="flex items-center gap-3 px-5 py-2 sm:px-6",
        ),
        key=one.code,
    )


def _more(one: rx.Var[Line]) -> rx.Component:
    """One person's badge: to print on its own, or to revoke."""
    return rx.el.div(
        anchor(
            icon("file-down", 16),
            rx.el.span(t("Badge of {name} (PDF)", name=one.name), class_name="sr-only"),
            href=f"/documents/badge/{one.id}.pdf?lang=" + PapersState.language,
            external=True,
            download=one.code + ".pdf",
            class_name=f"{SIGN} hover:text-ink",
        ),
        confirm(
            t("Revoke the badge of {name}?", name=one.name),
            t("It is refused wherever the list of revoked badges is known. The next one you make is good again."),
            trigger=rx.el.button(
                icon("shield-x", 16),
                rx.el.span(t("Revoke the badge of {name}?", name=one.name), class_name="sr-only"),
                type="button",
                class_name=f"{SIGN} hover:text-danger-ink",
            ),
            yes=button(t("Revoke"), tone="danger", on_click=PapersState.revoke(one.id)),
        ),
        class_name="flex shrink-0",
    )


# What is made


def _language() -> rx.Component:
    return rx.el.div(
        rx.el.span(t("Language of the documents"), class_name="text-sm text-muted"),
        segmented(
            "language",
            [("en", rx.el.span("English", lang="en")), ("fr", rx.el.span("Français", lang="fr"))],
            value=PapersState.language,
            on_change=PapersState.speak,
            label=t("Language of the documents"),
        ),
        class_name="flex flex-wrap items-center justify-between gap-3",
    )


def _badges() -> rx.Component:
    return _making(
        "badges",
        t("Badges"),
        t("With a signed QR that proves itself, even without a network."),
        t("Badges a page"),
        tuple(LAYOUTS["badges"]),
        PapersState.badge_layout,
        t("Make the badges"),
    )


def _faces() -> rx.Component:
    return _making(
        "faces",
        t("Contact sheet"),
        t("Faces side by side, to look at together."),
        t("Faces a page"),
        tuple(LAYOUTS["faces"]),
        PapersState.face_layout,
        t("Make the contact sheet"),
    )


def _making(
    what: str, title: Text, text: Text, a_page: Text, layouts: tuple[str, ...], layout: Any, verb: Text
) -> rx.Component:
    is_busy = PapersState.busy == what
    return panel(
        title,
        rx.el.div(
            rx.el.span(a_page, class_name="text-sm text-muted"),
            segmented(
                f"{what}_layout",
                [(one, one) for one in layouts],
                value=layout,
                on_change=lambda value: PapersState.lay_out(what, value),
                label=a_page,
            ),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        rx.cond(
            is_busy,
            _progress(),
            rx.el.div(
                button(
                    verb,
                    before="printer",
                    on_click=PapersState.make(what),
                    disabled=(PapersState.chosen.length() == 0) | (PapersState.busy != ""),
                ),
                rx.cond((PapersState.ready == what) & (PapersState.url != ""), _download()),
                class_name="mt-4 flex flex-wrap gap-2",
            ),
        ),
        text=text,
    )


def _progress() -> rx.Component:
    percent = rx.cond(PapersState.total > 0, (PapersState.done * 100 / PapersState.total).to(int), 0)
    return rx.el.div(
        progress_bar(percent, t("Progress")),
        rx.el.div(
            rx.el.span(
                t("{done} of {total}", done=number(PapersState.done), total=number(PapersState.total)),
                class_name="text-sm text-muted tabular-nums",
                aria_live="polite",
            ),
            button(t("Stop"), tone="ghost", size="sm", on_click=PapersState.stop),
            class_name="mt-2 flex items-center justify-between gap-3",
        ),
        class_name="mt-4",
    )


def _download() -> rx.Component:
    return link_button(
        t("Download"),
        href=PapersState.url,
        external=True,
        before="download",
        tone="secondary",
        download=PapersState.file_name,
    )


def _cast_list() -> rx.Component:
    address = rx.Var.create("/documents/projects/") + PapersState.project_id.to(str) + "/cast."
    return panel(
        t("Cast list"),
        rx.el.div(
            *(
                link_button(
                    name,
                    href=address + f"{ending}?lang=" + PapersState.language,
                    external=True,
                    size="sm",
                    before=sign,
                    download=True,
                    custom_attrs=PROVED,
                )
                for name, ending, sign in (("PDF", "pdf", "file-text"), ("Excel", "xlsx", "sheet"))
            ),
            class_name="flex flex-wrap gap-2",
        ),
        text=t("Code, name, role, days and contact, with room to write."),
    )


# Telling them


def _mails() -> rx.Component:
    return panel(
        t("Selection mails"),
        stack(
            field(
                t("Personal words"),
                textarea(
                    "note",
                    value=PapersState.note,
                    rows=3,
                    max_length=1000,
                    on_blur=PapersState.keep_note,
                    on_change=PapersState.keep_note.debounce(700),
                ),
                hint=t("Optional. They come before the role, the dates and the contact."),
            ),
            switch(
                "again",
                t("Also those who were told before"),
                checked=PapersState.is_again,
                on_change=PapersState.repeat,
            ),
            button(
                t("Look the mail over"),
                tone="secondary",
                before="eye",
                wide=True,
                on_click=PapersState.look_over,
                disabled=PapersState.chosen.length() == 0,
            ),
            gap="gap-4",
        ),
        text=t("Each person once, in their language, with their badge. Guardians get those of people under 18."),
    )


def _preview() -> rx.Component:
    mail = PapersState.preview
    return dialog(
        t("Before it goes"),
        rx.cond(
            mail,
            rx.el.div(
                alert(_who(), tone="info"),
                rx.el.p(mail.address, class_name="mt-4 text-xs break-all text-muted"),
                rx.el.p(mail.subject, class_name="mt-1 font-semibold break-words text-ink"),
                rx.el.p(
                    mail.text,
                    class_name="mt-3 rounded-card bg-sunken p-4 text-sm break-words whitespace-pre-line text-ink",
                ),
            ),
        ),
        footer=rx.fragment(
            button(t("Back"), tone="secondary", on_click=PapersState.look_away),
            button(t("Send the mails"), before="send", on_click=PapersState.send),
        ),
        open=PapersState.is_looking,
        on_close=PapersState.look_away,
        id="mail-preview",
    )


def _who() -> rx.Component:
    return rx.fragment(
        plural(PapersState.chosen.length(), one="{n} person is chosen.", other="{n} people are chosen."),
        " ",
        rx.cond(
            PapersState.is_again,
            t("Everybody gets it, also those who had it."),
            t("Whoever had it already is left out."),
        ),
        " ",
        t("This is the first one's:"),
    )


def _nobody() -> rx.Component:
    return empty(
        t("Nobody is assigned yet"),
        t("Book people on a board, or assign them on the project's page. Then print their badges here."),
        before="users",
        action=link_button(t("Open the project"), href=_project(), tone="primary"),
    )


def _nothing_here() -> rx.Component:
    return empty(
        t("No such project"),
        t("It was deleted, or you are not on its team."),
        before="folder-x",
        action=link_button(t("All projects"), href="/projects", tone="primary"),
    )
