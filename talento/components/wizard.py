"""A registration wizard on the page: short steps, each saved as it is typed, a last look, then a code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import reflex as rx

from talento.components.actions import button, button_class, copy_button, link_button
from talento.components.badges import avatar, badge
from talento.components.cinema import production_label
from talento.components.feedback import alert
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.modules import FocusOn
from talento.components.overlays import confirm, dialog
from talento.components.progress import Step as Mark
from talento.components.progress import skeleton_rows, stepper
from talento.components.questions import Answers, questions
from talento.components.surfaces import card
from talento.components.text import Text, ago, t, worded
from talento.models.facts import Fact, Kind

FORM = "register-form"
WRONG = f"#{FORM} [aria-invalid=true], #{FORM} [role=group][data-problem]"


@dataclass(frozen=True)
class Wizard:
    """What differs between wizards.

    Args:
        state: made with `WizardMixin`.
        titles: the heading and the line under it, of every step in order; the last one is the last look.
        intro: the page's heading and the line under it.
        known: what is said when another profile filled answers in.
        told: the line over the code, and who is thanked.
        after: what is offered once it is done, for a visitor and for a member.
        is_open: whether registrations are taken now.
    """

    state: Any
    answers: Answers
    titles: Mapping[StrEnum, tuple[str, str]]
    intro: tuple[Text, Text]
    known: Text
    told: Text
    after: Callable[[], rx.Component]
    is_open: rx.Var[bool]

    def page(self) -> rx.Component:
        """The wizard, or the code once it is done."""
        return rx.el.div(
            rx.cond(self.state.code, self._done(), rx.cond(self.state.is_ready, self._steps(), _loading())),
            class_name="mx-auto w-full max-w-5xl px-4 py-8 sm:px-6 sm:py-12",
        )

    @property
    def _last(self) -> StrEnum:
        return list(self.titles)[-1]

    def _steps(self) -> rx.Component:
        title, text = self.intro
        first = next(iter(self.titles))
        return rx.fragment(
            FocusOn.create(signal=self.state.step, target="#step-title"),
            rx.el.div(
                rx.el.h1(
                    title,
                    id="page-title",
                    tab_index=-1,
                    class_name="text-2xl font-semibold tracking-tight sm:text-3xl",
                ),
                rx.el.p(text, class_name="mt-2 text-muted"),
                class_name="mb-8",
            ),
            rx.cond(self.is_open, rx.fragment(), _closed()),
            self._resumed(),
            rx.el.div(
                rx.el.aside(
                    stepper(
                        [Mark(step.value, worded(title)) for step, (title, _) in self.titles.items()],
                        current=self.state.step,
                        done=self.state.done,
                        errors=self.state.wrong,
                        on_select=self.state.visit,
                    ),
                    rx.el.div(self._elsewhere(), class_name="mt-6 hidden border-t border-line pt-6 lg:block"),
                    class_name="lg:sticky lg:top-24 lg:w-60 lg:shrink-0 lg:self-start",
                ),
                rx.el.div(
                    rx.match(
                        self.state.step, *((step.value, self._step(step)) for step in self.titles), self._step(first)
                    ),
                    rx.el.div(self._elsewhere(), class_name="mt-6 lg:hidden"),
                    class_name="min-w-0 flex-1",
                ),
                class_name="flex flex-col gap-6 lg:flex-row lg:gap-10",
            ),
        )

    def _step(self, step: StrEnum) -> rx.Component:
        title, text = self.titles[step]
        is_last = step is self._last
        return card(
            rx.el.form(
                rx.el.div(
                    rx.el.h2(
                        worded(title), id="step-title", tab_index=-1, class_name="scroll-mt-24 text-lg font-semibold"
                    ),
                    rx.el.p(worded(text), class_name="mt-1 text-sm text-muted"),
                    class_name="mb-6",
                ),
                self._failure(),
                self._review() if is_last else questions(step, self.answers),
                self._footer(step),
                FocusOn.create(signal=self.state.tries, target=WRONG),
                id=FORM,
                no_validate=True,
                on_submit=self.state.finish if is_last else self.state.advance,
            ),
            key=step.value,
        )

    def _failure(self) -> rx.Component:
        return rx.cond(self.state.failure, rx.el.div(alert(self.state.failure, tone="danger"), class_name="mb-6"))

    def _footer(self, step: StrEnum) -> rx.Component:
        is_first, is_last = step is next(iter(self.titles)), step is self._last
        back = button(t("Back"), tone="ghost", before="arrow-left", on_click=self.state.back)
        return rx.el.div(
            rx.el.span() if is_first else back,
            rx.el.div(
                self._saved(),
                button(
                    t("Send my registration") if is_last else t("Continue"),
                    type="submit",
                    after="" if is_last else "arrow-right",
                    loading=self.state.is_busy,
                    **({"disabled": ~self.is_open} if is_last else {}),
                ),
                class_name="flex flex-1 items-center justify-end gap-4",
            ),
            class_name="mt-8 flex flex-wrap-reverse items-center justify-between gap-3 border-t border-line pt-5",
        )

    def _saved(self) -> rx.Component:
        return rx.cond(
            self.state.saved_at,
            rx.el.span(
                icon("cloud-check", 16),
                rx.el.span(t("Saved"), class_name="max-sm:sr-only"),
                class_name="flex items-center gap-1.5 text-xs text-muted",
                aria_live="polite",
            ),
        )

    def _resumed(self) -> rx.Component:
        again = confirm(
            t("Forget these answers and start over?"),
            t("What was typed on this device, and the files, are deleted."),
            trigger=button(t("Start over"), tone="ghost", size="sm"),
            yes=button(
                t("Forget them"), tone="danger", on_click=self.state.start_over, custom_attrs={"data-close": ""}
            ),
        )
        back = alert(
            t("Welcome back. We kept your answers from"), " ", ago(self.state.saved_at), ".", tone="info", action=again
        )
        return rx.cond(
            self.state.is_resumed,
            rx.el.div(back, class_name="mb-6"),
            rx.cond(self.state.is_known, rx.el.div(alert(self.known, tone="success"), class_name="mb-6")),
        )

    def _elsewhere(self) -> rx.Component:
        """Going on with the same draft on another device."""
        state = self.state
        return dialog(
            t("Go on with another device"),
            rx.el.p(
                t(
                    "This private link opens your answers elsewhere. Whoever has it can read them, so keep it to "
                    "yourself."
                ),
                class_name="text-sm text-muted",
            ),
            rx.el.div(
                rx.cond(
                    state.link,
                    rx.el.div(
                        rx.el.code(
                            state.link, class_name="block rounded-control bg-sunken p-3 text-xs break-all select-all"
                        ),
                        copy_button(state.link, t("Copy the link")),
                        class_name="flex flex-col items-start gap-3",
                    ),
                    button(t("Show the link"), tone="secondary", on_click=state.make_link),
                ),
                button(t("Mail it to me"), tone="secondary", before="mail", on_click=state.mail_link),
                class_name="mt-5 flex flex-col items-start gap-3",
            ),
            trigger=button(t("Go on with another device"), tone="ghost", size="sm", before="smartphone"),
        )

    def _review(self) -> rx.Component:
        return rx.el.div(
            *(self._review_step(step) for step in self.titles if step is not self._last),
            rx.el.p(
                t("By sending this you agree to the terms and to our keeping these data as the privacy page says."),
                class_name="pt-4 text-xs text-muted",
            ),
            class_name="divide-y divide-line",
        )

    def _review_step(self, step: StrEnum) -> rx.Component:
        title, _ = self.titles[step]
        facts = [known for _, group in self.answers.form.groups(step) for known in group]
        return rx.el.section(
            rx.el.div(
                rx.el.h3(worded(title), class_name="text-sm font-semibold"),
                rx.cond(self.state.wrong.contains(step.value), badge(t("needs attention"), tone="danger")),
                rx.el.span(class_name="flex-1"),
                button(
                    t("Edit"),
                    rx.el.span(worded(title), class_name="sr-only"),
                    tone="ghost",
                    size="sm",
                    on_click=self.state.visit(step.value),
                ),
                class_name="flex items-center gap-3",
            ),
            rx.el.dl(*(self._review_line(known) for known in facts), class_name="mt-1 grid gap-x-6 sm:grid-cols-2"),
            class_name="py-4 first:pt-0",
        )

    def _review_line(self, known: Fact) -> rx.Component:
        shown = self.state.summary[known.name].to(str)
        value, is_there = {
            Kind.PHOTO: lambda: (avatar("", self.state.photo_url, "md"), self.state.photo_url),
            Kind.GALLERY: lambda: (self._photos(), self.state.gallery.length() > 0),
            Kind.CREDITS: lambda: (self._credits(), self.state.credits.length() > 0),
        }.get(known.kind, lambda: (shown, shown))()
        condition = self.answers.when.get(known.name)
        return rx.cond(
            is_there if condition is None else rx.cond(condition, is_there, False),
            rx.el.div(
                rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
                rx.el.dd(value, class_name="text-sm break-words whitespace-pre-line"),
                class_name="py-1.5",
            ),
        )

    def _photos(self) -> rx.Component:
        def small(photo: rx.Var[Any]) -> rx.Component:
            return rx.el.img(
                src=photo.url + "?size=small", alt="", class_name="size-12 rounded-control bg-sunken object-cover"
            )

        return rx.el.span(rx.foreach(self.state.gallery, small), class_name="mt-1 flex flex-wrap gap-1.5")

    def _credits(self) -> rx.Component:
        def one(credit: rx.Var[Any]) -> rx.Component:
            return rx.el.span(
                credit.title,
                rx.cond(credit.kind, rx.fragment(" · ", production_label(credit.kind))),
                class_name="block",
            )

        return rx.el.span(rx.foreach(self.state.credits, one))

    def _done(self) -> rx.Component:
        code = self.state.code
        return rx.el.div(
            rx.el.div(
                rx.el.span(
                    icon("check", 28),
                    class_name="grid size-14 place-items-center rounded-pill bg-success-soft text-success-ink",
                ),
                rx.el.h1(
                    t("Welcome, {name}", name=self.state.first_name),
                    id="page-title",
                    tab_index=-1,
                    class_name="mt-5 text-3xl font-semibold tracking-tight break-words",
                ),
                rx.el.p(self.told, class_name="mt-2 text-muted"),
                class_name="flex flex-col items-center text-center",
            ),
            card(
                rx.el.div(
                    rx.el.img(
                        src=f"/documents/qr/{code}.svg",
                        alt=t("QR code of your card"),
                        class_name="size-56 rounded-card border border-line bg-white p-2",
                    ),
                    rx.el.p(code, class_name="font-mono text-2xl font-semibold tracking-wider select-all", dir="ltr"),
                    rx.el.div(
                        copy_button(code, t("Copy the code")),
                        anchor(
                            t("Download the QR"),
                            external=True,
                            href=f"/documents/qr/{code}.png",
                            download=f"{code}.png",
                            class_name=button_class("secondary", "sm"),
                        ),
                        class_name="flex flex-wrap justify-center gap-2",
                    ),
                    class_name="flex flex-col items-center gap-4",
                ),
                class_name="mx-auto mt-8 w-full max-w-md",
            ),
            rx.el.div(
                rx.cond(self.state.is_member, rx.fragment(), self._password()),
                self.after(),
                class_name="mx-auto mt-6 flex w-full max-w-md flex-col gap-4",
            ),
        )

    def _password(self) -> rx.Component:
        return rx.fragment(
            alert(
                t(
                    "We have sent a link to {email}. Open it within 72 hours to choose your password.",
                    email=self.state.sent_to,
                ),
                title=t("One more step"),
                tone="info",
            ),
            link_button(t("Go to sign-in"), href="/sign-in", tone="secondary"),
        )


def _closed() -> rx.Component:
    """Registrations are not taken now; what is typed is kept all the same."""
    return rx.el.div(
        alert(
            t("You can fill the form in and everything is kept. Send it when registration opens again."),
            title=t("Registration is closed for now"),
            tone="warning",
        ),
        class_name="mb-6",
    )


def _loading() -> rx.Component:
    return rx.el.div(skeleton_rows(8), aria_busy="true", class_name="mx-auto max-w-2xl")
