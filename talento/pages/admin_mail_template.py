"""Wording a kind of message: its fields, what it would look like, and the versions before."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import button, link_button
from talento.components.badges import badge
from talento.components.choices import segmented
from talento.components.facets import fold
from talento.components.feedback import alert, empty
from talento.components.fields import field, live_text_input, text_input, textarea
from talento.components.mailing import kind_name
from talento.components.overlays import confirm
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel
from talento.components.text import Text, ago, t, worded
from talento.i18n import LANGUAGES, phrase
from talento.pages.frame import inside, only
from talento.services.mail.forms import FORMS
from talento.services.mail.samples import Change
from talento.services.mail.templates import LONGEST_BODY, LONGEST_NOTES, Variable
from talento.services.mail.versions import Version
from talento.services.people import Person
from talento.state.mail_template import MailTemplateState as State
from talento.vocabulary.permissions import Permission

WORDS = {"data-words": ""}
FIELDS: Mapping[str, Text] = {
    "subject": phrase("Subject"),
    "greeting": phrase("Greeting"),
    "body": phrase("Paragraphs"),
    "button": phrase("Button"),
    "notes": phrase("Notes"),
}


def admin_mail_template() -> rx.Component:
    """The form, the preview and the versions of one kind of message."""
    return inside(
        screen(
            rx.cond(State.stage == "ready", kind_name(State.kind), t("Words of a message")),
            only(
                Permission.ADMINISTER,
                rx.match(State.stage, ("ready", _desk()), ("missing", _missing()), card(skeleton_rows(8))),
            ),
            trail=[
                (t("Mail"), "/admin/mail"),
                (t("Kinds of message"), "/admin/mail/templates"),
                (t("Words of a message"), ""),
            ],
            actions=rx.cond(
                State.stage == "ready",
                segmented("template_language", [*LANGUAGES.items()], value=State.locale, on_change=State.speak,
                          label=t("Language")),
            ),
        )
    )  # fmt: skip


def _missing() -> rx.Component:
    return card(
        empty(
            t("There is no such kind of message"),
            t("It may have been renamed by an update."),
            before="mail-x",
            action=link_button(t("All kinds"), href="/admin/mail/templates", tone="primary"),
        )
    )


def _desk() -> rx.Component:
    return rx.el.div(
        modules.Unsaved.create(when=State.is_dirty),
        _notices(),
        rx.el.div(
            rx.el.div(_form(), class_name="min-w-0"),
            rx.el.div(rx.el.div(_preview(), class_name="xl:sticky xl:top-20"), class_name="min-w-0 xl:row-span-2"),
            rx.el.div(_variables(), class_name="min-w-0"),
            class_name="grid gap-6 xl:grid-cols-2 xl:grid-rows-[auto_1fr]",
        ),
        rx.el.div(_versions(), class_name="mt-6"),
    )


# What an admin should know first


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.is_behind & (State.their_name == ""),
            alert(t("Somebody saved another version while you typed. You will see both before anything is replaced.")),
        ),
        rx.cond(
            State.updated,
            alert(
                fold(t("What changed in it"), _differences(State.updated)),
                title=t("An update changed the built-in text since this one was written."),
            ),
        ),
        class_name="mb-5 flex flex-col gap-3 empty:hidden",
    )


def _conflict() -> rx.Component:
    return alert(
        rx.el.p(t("Nothing you typed is lost. Struck out: theirs; underlined: yours.")),
        rx.el.div(_differences(State.theirs), class_name="my-3"),
        rx.el.div(
            button(t("Keep mine"), size="sm", on_click=State.keep_mine),
            button(t("Take theirs"), tone="secondary", size="sm", on_click=State.take_theirs),
            class_name="flex flex-wrap gap-2",
        ),
        title=t("{name} saved another version meanwhile.", name=State.their_name),
        tone="warning",
    )


# The form


def _form() -> rx.Component:
    return panel(
        t("Words"),
        rx.el.form(
            _line("subject"),
            _line("greeting"),
            _text(
                "body",
                LONGEST_BODY,
                10,
                t("An empty line begins a new paragraph. A paragraph with an empty variable is left out."),
            ),
            rx.cond(_has_button(), _line("button")),
            _text("notes", LONGEST_NOTES, 4, t("Smaller, below everything else. An empty line begins a new one.")),
            rx.cond(State.their_name, _conflict()),
            _actions(),
            on_submit=State.save,
            no_validate=True,
            class_name="flex flex-col gap-5",
            key=State.turn.to_string(),
        ),
        actions=rx.cond(
            State.is_dirty,
            badge(t("Not saved"), tone="warning", dot=True),
            rx.cond(State.is_edited, badge(t("Edited"), tone="info", dot=True), badge(t("Built-in"), tone="neutral")),
        ),
        text=t("Plain text only. The next message has what is saved here."),
    )


def _has_button() -> rx.Var[bool]:
    return rx.Var.create([kind for kind, form in FORMS.items() if form.template.button]).contains(State.kind)


def _is_personal() -> rx.Var[bool]:
    """Whether anything in it can be filled with somebody's facts."""
    named = [kind for kind, form in FORMS.items() if any(one.person for one in form.variables.values())]
    return rx.Var.create(named).contains(State.kind)


def _line(name: str) -> rx.Component:
    control = text_input(
        name, value=getattr(State.shown, name), on_change=lambda text: State.type(name, text), custom_attrs=dict(WORDS),
        auto_complete="off",
    )  # fmt: skip
    return field(worded(FIELDS[name]), control, error=_problem(name), required=True)


def _text(name: str, limit: int, rows: int, hint: Any) -> rx.Component:
    control = textarea(
        name, value=getattr(State.shown, name), limit=limit, rows=rows, on_change=lambda text: State.type(name, text),
        custom_attrs=dict(WORDS),
    )  # fmt: skip
    return field(worded(FIELDS[name]), control, hint=hint, error=_problem(name), required=name == "body")


def _problem(name: str) -> rx.Var[str]:
    return rx.cond(State.problems.contains(name), State.problems[name], "").to(str)


def _actions() -> rx.Component:
    return rx.el.div(
        button(t("Save"), type="submit", disabled=~State.is_dirty),
        rx.cond(State.is_dirty, button(t("Discard changes"), tone="ghost", on_click=State.discard)),
        rx.el.div(class_name="flex-1"),
        button(t("Send me a test"), tone="secondary", before="send", on_click=State.send_test),
        class_name="flex flex-wrap items-center gap-2",
    )


# Variables


def _variables() -> rx.Component:
    listed = ((kind, _variable_list(form.variables)) for kind, form in FORMS.items())
    return panel(
        t("Variables"),
        rx.match(State.kind, *listed, rx.fragment()),
        text=t("They are filled in for each message. Press one to write it where the cursor is."),
    )


def _variable_list(variables: Mapping[str, Variable]) -> rx.Component:
    return rx.el.ul(*(_variable(name, one) for name, one in variables.items()), class_name="-my-3 divide-y divide-line")


def _variable(name: str, one: Variable) -> rx.Component:
    marks = [(one.is_needed, phrase("Needed")), (one.is_optional, phrase("Can be empty"))]
    return rx.el.li(
        modules.Insert.create(
            f"{{{name}}}",
            text=f"{{{name}}}",
            target="body",
            class_name=(
                "shrink-0 rounded-control border border-line bg-sunken px-2.5 py-1.5 font-mono text-sm text-ink "
                "hover:border-control"
            ),
        ),
        rx.el.div(
            rx.el.p(worded(one.means), class_name="text-sm text-ink"),
            *([rx.el.p(worded(one.example), class_name="text-xs text-muted")] if one.example else []),
            *(rx.el.p(worded(words), class_name="text-xs text-muted italic") for is_so, words in marks if is_so),
            class_name="min-w-0 flex-1 basis-44",
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )


# The preview


def _preview() -> rx.Component:
    return panel(
        t("Preview"),
        rx.el.div(
            rx.el.div(
                segmented("preview_form", [("html", "HTML"), ("text", t("Plain text"))], value=State.form,
                          on_change=State.show_as, label=t("Form")),
                segmented("preview_width", [("desktop", t("Desktop")), ("phone", t("Phone"))], value=State.width,
                          on_change=State.widen, label=t("Width")),
                class_name="flex flex-wrap gap-3",
            ),
            rx.el.p(
                rx.el.span(t("Subject"), class_name="text-muted"), " ",
                rx.el.span(State.preview.subject, class_name="font-medium text-ink"),
                class_name="text-sm break-words",
            ),
            rx.el.div(
                rx.cond(State.form == "html", _frame(), _plain()),
                class_name=rx.cond(State.width == "phone", "mx-auto w-full max-w-[360px]", "w-full"),
            ),
            _filling(),
            class_name="flex flex-col gap-4",
        ),
        text=rx.cond(
            State.problems.length() > 0,
            t("The text before the mistake."),
            t("What the reader would receive. Nothing is sent."),
        ),
    )  # fmt: skip


def _frame() -> rx.Component:
    return rx.el.iframe(
        src_doc=State.preview.html,
        sandbox="",
        title=t("The message as it is received"),
        class_name="h-[36rem] w-full rounded-card border border-line bg-white",
    )


def _plain() -> rx.Component:
    return rx.el.div(
        State.preview.text,
        tab_index=0,
        role="region",
        aria_label=t("Plain text"),
        class_name=(
            "h-[36rem] overflow-y-auto rounded-card border border-line bg-sunken p-4 font-mono text-sm break-words "
            "whitespace-pre-wrap"
        ),
    )


def _filling() -> rx.Component:
    filling = State.preview.filling
    return rx.el.div(
        rx.el.p(
            rx.match(
                filling.source,
                ("mail", t("Filled with the last message of this kind, to {who}.", who=filling.who)),
                ("person", t("Filled with {who}; what is not theirs is an example.", who=filling.who)),
                t("Filled with examples: there is no message of this kind yet."),
            ),
            class_name="text-xs break-words text-muted",
            aria_live="polite",
        ),
        rx.cond(_is_personal(), _somebody()),
        rx.cond(
            State.person > 0,
            button(t("Nobody in particular"), tone="ghost", size="sm", on_click=State.fill_with(0)),
        ),
    )  # fmt: skip


def _somebody() -> rx.Component:
    """Looks for a person whose facts shall fill it."""
    return rx.el.div(
        live_text_input(
            "preview_person",
            t("Fill with somebody: name, e-mail or code"),
            value=State.typed_name,
            on_change=State.find,
            shortcut="",
        ),
        rx.cond(
            State.found,
            rx.el.ul(
                rx.foreach(State.found, _candidate),
                class_name="mt-2 divide-y divide-line rounded-card border border-line",
            ),
        ),
        class_name="mt-2",
    )


def _candidate(one: rx.Var[Person]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(rx.cond(one.name, one.name, one.email), class_name="block truncate text-sm text-ink"),
            rx.el.span(one.email, " ", one.code, class_name="block truncate text-xs text-muted"),
            type="button",
            on_click=State.fill_with(one.id),
            class_name="block min-h-11 w-full px-3 py-2 text-start hover:bg-sunken",
        ),
        key=one.id.to_string(),
    )


# Versions


def _versions() -> rx.Component:
    return panel(
        t("Versions"),
        rx.cond(
            State.versions,
            rx.el.ol(rx.foreach(State.versions, _version), class_name="-my-4 divide-y divide-line"),
            rx.el.p(t("Nobody has changed this text yet."), class_name="text-sm text-muted"),
        ),
        actions=rx.cond(
            State.is_edited,
            confirm(
                t("Go back to the built-in text?"),
                t("Your text stays in the list of versions. What is not saved goes."),
                trigger=button(t("Built-in text"), tone="secondary", size="sm"),
                yes=button(t("Go back to it"), on_click=State.bring_back(0)),
            ),
        ),
    )


def _version(one: rx.Var[Version]) -> rx.Component:
    is_now = one.number == State.versions[0].number
    is_open = State.opened == one.number
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                t("Version {n}", n=one.number.to_string()),
                rx.cond(one.is_built_in, rx.fragment(" · ", t("Built-in text")), ""),
                class_name="text-sm font-medium text-ink",
            ),
            rx.el.p(rx.cond(one.by, one.by, "Talento"), " · ", ago(one.at), class_name="text-xs text-muted"),
            class_name="min-w-0 flex-1 basis-40",
        ),
        button(
            rx.cond(is_open, t("Hide the changes"), t("What changed")), tone="ghost", size="sm",
            aria_expanded=is_open, on_click=State.compare(one.number),
        ),
        rx.cond(
            is_now,
            badge(t("In use"), tone="success", dot=True),
            button(
                t("Bring back"), tone="secondary", size="sm", disabled=State.is_dirty,
                on_click=State.bring_back(one.number),
            ),
        ),
        rx.cond(is_open, rx.el.div(_differences(State.changes), class_name="basis-full")),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-4",
        key=one.number.to_string(),
    )  # fmt: skip


def _differences(changes: rx.Var[list[Change]]) -> rx.Component:
    return rx.cond(
        changes,
        rx.el.dl(rx.foreach(changes, _difference), class_name="flex flex-col gap-3 text-sm"),
        rx.el.p(t("No difference."), class_name="text-sm text-muted"),
    )


def _difference(one: rx.Var[Change]) -> rx.Component:
    said = "block break-words whitespace-pre-wrap"
    return rx.el.div(
        rx.el.dt(
            rx.match(one.field, *((name, worded(words)) for name, words in FIELDS.items()), one.field),
            class_name="text-xs text-muted",
        ),
        rx.el.dd(
            rx.cond(one.was, rx.el.del_(one.was, class_name=f"{said} text-danger-ink")),
            rx.cond(one.now, rx.el.ins(one.now, class_name=f"{said} text-success-ink")),
        ),
    )
