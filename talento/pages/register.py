"""The registration wizard: ten short steps, each saved as it is typed."""

import reflex as rx

from talento.components.actions import button, button_class, copy_button, link_button
from talento.components.badges import avatar, badge
from talento.components.feedback import alert
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.modules import FocusOn
from talento.components.overlays import confirm, dialog
from talento.components.progress import Step as Mark
from talento.components.progress import skeleton_rows, stepper
from talento.components.questions import Answers, questions
from talento.components.surfaces import card
from talento.components.text import ago, t, worded
from talento.i18n import phrase
from talento.models.facts import Fact, Kind, Step
from talento.pages.frame import outside
from talento.services.talents import form
from talento.state.register import RegisterState

TITLES = {
    Step.IDENTITY: (phrase("About you"), phrase("Your name as on your documents.")),
    Step.CONTACT: (phrase("Contact"), phrase("How an agency reaches you. Only recruiters see this.")),
    Step.PLACES: (phrase("Places"), phrase("Where you come from and where you live now.")),
    Step.EXPERIENCE: (phrase("Experience"), phrase("What you have done, in your own words.")),
    Step.LANGUAGES: (phrase("Languages"), phrase("Every language you can work in.")),
    Step.WORK: (phrase("Availability and rates"), phrase("When and how you work, and what you ask for.")),
    Step.SKILLS: (phrase("Skills"), phrase("What you do best. Recruiters search by these.")),
    Step.DOCUMENTS: (phrase("Photo and CV"), phrase("Profiles with a photo are found first.")),
    Step.NETWORKS: (phrase("On the web"), phrase("Your pages and networks, as addresses or @names.")),
    Step.REVIEW: (phrase("Review"), phrase("Look everything over, then send it.")),
}
FORM = "register-form"
TICK = "grid size-14 place-items-center rounded-pill bg-success-soft text-success-ink"
ADDRESS = "block rounded-control bg-sunken p-3 text-xs break-all select-all"
WRONG = f"#{FORM} [aria-invalid=true], #{FORM} [role=group][data-problem]"

ANSWERS = Answers(
    state=RegisterState,
    keep=RegisterState.keep,
    check=RegisterState.check,
    toggle=RegisterState.toggle,
    attached=RegisterState.attached,
    removed=RegisterState.removed,
)


def register() -> rx.Component:
    """The wizard, or the code once it is done."""
    return outside(
        rx.el.div(
            rx.cond(RegisterState.code, _done(), rx.cond(RegisterState.is_ready, _wizard(), _loading())),
            class_name="mx-auto w-full max-w-5xl px-4 py-8 sm:px-6 sm:py-12",
        )
    )


def _wizard() -> rx.Component:
    return rx.fragment(
        FocusOn.create(signal=RegisterState.step, target="#step-title"),
        rx.el.div(
            rx.el.h1(
                t("Register as a talent"),
                id="page-title",
                tab_index=-1,
                class_name="text-2xl font-semibold tracking-tight sm:text-3xl",
            ),
            rx.el.p(
                t("About five minutes. Everything is saved as you type; come back whenever you like."),
                class_name="mt-2 text-muted",
            ),
            class_name="mb-8",
        ),
        _resumed(),
        rx.el.div(
            rx.el.aside(
                stepper(
                    [Mark(step.value, worded(title)) for step, (title, _) in TITLES.items()],
                    current=RegisterState.step,
                    done=RegisterState.done,
                    errors=RegisterState.wrong,
                    on_select=RegisterState.visit,
                ),
                rx.el.div(_elsewhere(), class_name="mt-6 hidden border-t border-line pt-6 lg:block"),
                class_name="lg:sticky lg:top-24 lg:w-60 lg:shrink-0 lg:self-start",
            ),
            rx.el.div(
                rx.match(RegisterState.step, *((step.value, _step(step)) for step in TITLES), _step(Step.IDENTITY)),
                rx.el.div(_elsewhere(), class_name="mt-6 lg:hidden"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col gap-6 lg:flex-row lg:gap-10",
        ),
    )


def _step(step: Step) -> rx.Component:
    title, text = TITLES[step]
    body = _review() if step is Step.REVIEW else questions(step, ANSWERS)
    return card(
        rx.el.form(
            rx.el.div(
                rx.el.h2(worded(title), id="step-title", tab_index=-1, class_name="scroll-mt-24 text-lg font-semibold"),
                rx.el.p(worded(text), class_name="mt-1 text-sm text-muted"),
                class_name="mb-6",
            ),
            _failure(),
            body,
            _footer(step),
            FocusOn.create(signal=RegisterState.tries, target=WRONG),
            id=FORM,
            no_validate=True,
            on_submit=RegisterState.finish if step is Step.REVIEW else RegisterState.advance,
        ),
        key=step.value,
    )


def _failure() -> rx.Component:
    return rx.cond(
        RegisterState.failure,
        rx.el.div(alert(RegisterState.failure, tone="danger"), class_name="mb-6"),
    )


def _footer(step: Step) -> rx.Component:
    is_first = step is Step.IDENTITY
    back = button(t("Back"), tone="ghost", before="arrow-left", on_click=RegisterState.back)
    return rx.el.div(
        rx.el.span() if is_first else back,
        rx.el.div(
            _saved(),
            button(
                t("Send my registration") if step is Step.REVIEW else t("Continue"),
                type="submit",
                after=None if step is Step.REVIEW else "arrow-right",
                loading=RegisterState.is_busy,
            ),
            class_name="flex flex-1 items-center justify-end gap-4",
        ),
        class_name="mt-8 flex flex-wrap-reverse items-center justify-between gap-3 border-t border-line pt-5",
    )


def _saved() -> rx.Component:
    return rx.cond(
        RegisterState.saved_at,
        rx.el.span(
            icon("cloud-check", 16),
            rx.el.span(t("Saved"), class_name="max-sm:sr-only"),
            class_name="flex items-center gap-1.5 text-xs text-muted",
            aria_live="polite",
        ),
    )


def _resumed() -> rx.Component:
    again = confirm(
        t("Forget these answers and start over?"),
        t("What was typed on this device, and the files, are deleted."),
        trigger=button(t("Start over"), tone="ghost", size="sm"),
        yes=button(t("Forget them"), tone="danger", on_click=RegisterState.start_over, custom_attrs={"data-close": ""}),
    )
    return rx.cond(
        RegisterState.is_resumed,
        rx.el.div(
            alert(
                t("Welcome back. We kept your answers from"),
                " ",
                ago(RegisterState.saved_at),
                ".",
                tone="info",
                action=again,
            ),
            class_name="mb-6",
        ),
    )


def _elsewhere() -> rx.Component:
    """Going on with the same draft on another device."""
    return dialog(
        t("Go on with another device"),
        rx.el.p(
            t("This private link opens your answers elsewhere. Whoever has it can read them, so keep it to yourself."),
            class_name="text-sm text-muted",
        ),
        rx.el.div(
            rx.cond(
                RegisterState.link,
                rx.el.div(
                    rx.el.code(
                        RegisterState.link,
                        class_name="block rounded-control bg-sunken p-3 text-xs break-all select-all",
                    ),
                    copy_button(RegisterState.link, t("Copy the link")),
                    class_name="flex flex-col items-start gap-3",
                ),
                button(t("Show the link"), tone="secondary", on_click=RegisterState.make_link),
            ),
            button(t("Mail it to me"), tone="secondary", before="mail", on_click=RegisterState.mail_link),
            class_name="mt-5 flex flex-col items-start gap-3",
        ),
        trigger=button(t("Go on with another device"), tone="ghost", size="sm", before="smartphone"),
    )


def _review() -> rx.Component:
    return rx.el.div(
        *(_review_step(step) for step in TITLES if step is not Step.REVIEW),
        rx.el.p(
            t("By sending this you agree to the terms and to our keeping these data as the privacy page says."),
            class_name="pt-4 text-xs text-muted",
        ),
        class_name="divide-y divide-line",
    )


def _review_step(step: Step) -> rx.Component:
    title, _ = TITLES[step]
    is_wrong = RegisterState.wrong.contains(step.value)
    return rx.el.section(
        rx.el.div(
            rx.el.h3(worded(title), class_name="text-sm font-semibold"),
            rx.cond(is_wrong, badge(t("needs attention"), tone="danger")),
            rx.el.span(class_name="flex-1"),
            button(t("Edit"), tone="ghost", size="sm", on_click=RegisterState.visit(step.value)),
            class_name="flex items-center gap-3",
        ),
        rx.el.dl(*(_review_line(known) for known in form.facts(step)), class_name="mt-1 grid gap-x-6 sm:grid-cols-2"),
        class_name="py-4 first:pt-0",
    )


def _review_line(known: Fact) -> rx.Component:
    shown = RegisterState.summary[known.name].to(str)
    value = avatar("", RegisterState.photo_url, "md") if known.kind is Kind.PHOTO else shown
    is_there = RegisterState.photo_url if known.kind is Kind.PHOTO else shown
    return rx.cond(
        is_there,
        rx.el.div(
            rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
            rx.el.dd(value, class_name="text-sm break-words whitespace-pre-line"),
            class_name="py-1.5",
        ),
    )


def _done() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(
                icon("check", 28),
                class_name="grid size-14 place-items-center rounded-pill bg-success-soft text-success-ink",
            ),
            rx.el.h1(
                t("Welcome, {name}", name=RegisterState.first_name),
                id="page-title",
                tab_index=-1,
                class_name="mt-5 text-3xl font-semibold tracking-tight break-words",
            ),
            rx.el.p(t("You are registered. This is your talent code:"), class_name="mt-2 text-muted"),
            class_name="flex flex-col items-center text-center",
        ),
        card(
            rx.el.div(
                rx.el.img(
                    src=f"/documents/qr/{RegisterState.code}.svg",
                    alt=t("QR code of your card"),
                    class_name="size-56 rounded-card border border-line bg-white p-2",
                ),
                rx.el.p(RegisterState.code, class_name="font-mono text-2xl font-semibold tracking-wider select-all"),
                rx.el.div(
                    copy_button(RegisterState.code, t("Copy the code")),
                    anchor(
                        t("Download the QR"),
                        external=True,
                        href=f"/documents/qr/{RegisterState.code}.png",
                        download=f"{RegisterState.code}.png",
                        class_name=button_class("secondary", "sm"),
                    ),
                    class_name="flex flex-wrap justify-center gap-2",
                ),
                class_name="flex flex-col items-center gap-4",
            ),
            class_name="mx-auto mt-8 w-full max-w-md",
        ),
        rx.el.div(
            alert(
                t(
                    "We have sent a link to {email}. Open it within 72 hours to choose your password.",
                    email=RegisterState.sent_to,
                ),
                title=t("One more step"),
                tone="info",
            ),
            link_button(t("Go to sign-in"), href="/sign-in", tone="secondary"),
            class_name="mx-auto mt-6 flex w-full max-w-md flex-col gap-4",
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(skeleton_rows(8), aria_busy="true", class_name="mx-auto max-w-2xl")
