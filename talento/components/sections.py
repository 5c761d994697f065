"""A profile's sections: what one said, edited where it stands. The state is made with `EditingMixin`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import radio_card, radio_cards, switch
from talento.components.feedback import alert
from talento.components.fields import field as labelled
from talento.components.fields import fieldset, text_input
from talento.components.icons import icon
from talento.components.links import web_link
from talento.components.questions import Answers, groups, question
from talento.components.surfaces import panel, row
from talento.components.text import date, either, label, t, worded
from talento.models.facts import Fact, Kind
from talento.vocabulary.visibility import Visibility

FACTS = "grid gap-x-6 gap-y-4 sm:grid-cols-2"
TONES = {Visibility.PUBLIC: "success", Visibility.RECRUITERS: "brand", Visibility.HIDDEN: "neutral"}


@dataclass(frozen=True)
class Sections:
    """The sections of one kind of profile.

    Args:
        titles: the heading of each.
        told: facts shown only while something holds, and the Var that says so; others are always shown.
    """

    answers: Answers
    titles: Mapping[StrEnum, str]
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> Any:
        return self.answers.state

    def section(self, step: StrEnum) -> rx.Component:
        """One section, shown or open for editing."""
        is_open = self.state.editing.contains(step.value)
        edit = button(
            t("Edit"),
            rx.el.span(worded(self.titles[step]), class_name="sr-only"),
            tone="ghost",
            size="sm",
            before="pencil",
            on_click=self.state.change(step.value),
        )
        return panel(
            worded(self.titles[step]),
            rx.cond(is_open, self._form(step), self._facts(step)),
            actions=rx.cond(is_open, rx.fragment(), edit),
            id=f"section-{step.value}",
        )

    def shown(self, name: str) -> rx.Var[str]:
        """A fact's value, in the reader's language."""
        return either(self.state.shown_en[name], self.state.shown_fr[name])

    def _facts(self, step: StrEnum) -> rx.Component:
        known = self.answers.form.facts(step)
        if len(known) == 1 and known[0].kind in (Kind.CHOICES, Kind.SKILLS):
            return self._labels(known[0])
        if all(one.kind in (Kind.NETWORK, Kind.URL) for one in known):
            return self._links(known)
        shown = Answers(**{**vars_of(self.answers), "when": self.told})
        return groups(step, shown, lambda one, _: self._fact(one), rx.el.dl, FACTS)

    def _fact(self, known: Fact) -> rx.Component:
        is_wide = known.kind in (Kind.LONG_TEXT, Kind.CHOICES, Kind.SKILLS)
        drawn = rx.el.div(
            rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
            rx.el.dd(
                rx.cond(
                    self.shown(known.name), self._value(known), rx.el.span(t("Not given"), class_name="text-faint")
                ),
                class_name="mt-0.5 text-sm break-words whitespace-pre-line text-ink",
            ),
            class_name="min-w-0 sm:col-span-2" if is_wide else "min-w-0",
        )
        condition = self.told.get(known.name)
        return drawn if condition is None else rx.cond(condition, drawn)

    def _value(self, known: Fact) -> Any:
        if known.kind is Kind.DATE:
            return date(self.shown(known.name))
        if known.kind in (Kind.CHOICES, Kind.SKILLS):
            return rx.el.div(self._labels(known), class_name="mt-1")
        if known.kind is Kind.IDENTITY:
            return rx.el.span(
                icon("lock", 14, "text-faint"),
                self.shown(known.name),
                class_name="inline-flex items-center gap-1.5",
            )
        return self.shown(known.name)

    def _labels(self, known: Fact) -> rx.Component:
        words = either(self.state.lists_en[known.name], self.state.lists_fr[known.name]).to(list[str])
        listed = rx.el.ul(
            rx.foreach(words, lambda word: rx.el.li(badge(word, tone="brand"), key=word)),
            class_name="flex flex-wrap gap-2",
        )
        return rx.cond(self.shown(known.name), listed, rx.el.span(t("Not given"), class_name="text-sm text-faint"))

    def _links(self, known: list[Fact]) -> rx.Component:
        return rx.cond(
            self.state.links.length() > 0,
            rx.el.dl(*(self._link(one) for one in known), class_name=FACTS),
            rx.el.p(
                t("No pages yet. A portfolio or a network profile shows recruiters your work."),
                class_name="text-sm text-muted",
            ),
        )

    def _link(self, known: Fact) -> rx.Component:
        url = self.state.links[known.name].to(str)
        return rx.cond(
            url,
            rx.el.div(
                rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
                rx.el.dd(web_link(url, self.shown(known.name)), class_name="mt-0.5 truncate text-sm"),
                class_name="min-w-0",
            ),
        )

    def _form(self, step: StrEnum) -> rx.Component:
        return rx.el.form(
            rx.cond(self.state.stale.contains(step.value), self._conflict(step)),
            groups(step, self.answers, self._question),
            rx.el.div(
                button(t("Cancel"), tone="secondary", on_click=self.state.cancel(step.value)),
                button(t("Save"), type="submit", loading=self.state.busy == step.value),
                class_name="mt-6 flex justify-end gap-2 border-t border-line pt-5 max-sm:*:flex-1",
            ),
            id=f"form-{step.value}",
            no_validate=True,
            on_submit=lambda answers: self.state.save(step.value, answers),
        )

    def _conflict(self, step: StrEnum) -> rx.Component:
        mine = button(t("Save what I typed"), tone="secondary", size="sm", on_click=self.state.keep_mine(step.value))
        theirs = button(
            t("Show what is there now"), tone="ghost", size="sm", on_click=self.state.take_theirs(step.value)
        )
        return rx.el.div(
            alert(
                rx.el.p(t("What you typed is still here. Which shall stay?")),
                row(mine, theirs, gap="gap-2", class_name="mt-3"),
                title=t("This section was changed in another window."),
                tone="warning",
            ),
            class_name="mb-6",
        )

    def _question(self, known: Fact, answers: Answers) -> rx.Component:
        return self._number(known) if known.kind is Kind.IDENTITY else question(known, answers)

    def _number(self, known: Fact) -> rx.Component:
        """An identity number: what is on file stays on the server; a new one replaces it."""
        on_file, is_erased = self.shown(known.name), self.state.erased.contains(known.name)
        hint = rx.cond(
            on_file,
            rx.cond(
                is_erased,
                t("It is removed when you save."),
                t("On file: {number}. Leave this empty to keep it.", number=on_file),
            ),
            worded(known.hint),
        )
        return labelled(
            worded(known.text),
            text_input(
                known.name,
                value=self.answers.value(known.name),
                auto_complete="off",
                max_length=known.max_length,
                disabled=is_erased,
                **self.answers.typing(known.name),
            ),
            hint=hint.to(str),
            error=self.answers.problem(known.name),
            action=rx.cond(on_file, self._erase(known, is_erased)),
        )

    def _erase(self, known: Fact, is_erased: Any) -> rx.Component:
        return rx.el.button(
            rx.cond(is_erased, t("Keep it"), t("Remove it")),
            type="button",
            on_click=self.state.erase(known.name, ~is_erased),
            class_name="text-xs font-medium text-brand-ink hover:underline",
        )


def vars_of(answers: Answers) -> dict[str, Any]:
    """The parts of some answers, by name."""
    return {name: getattr(answers, name) for name in answers.__slots__}


def audience_badge(state: Any) -> rx.Component:
    """Who finds the profile, in a word."""
    return badge(
        rx.match(state.visibility, *((one.value, label(one)) for one in Visibility), ""),
        tone=rx.match(state.visibility, *((one.value, TONES[one]) for one in Visibility), "neutral").to(str),
        dot=True,
    )


def audiences(state: Any, meanings: Mapping[Visibility, tuple[str, str]]) -> rx.Component:
    """Who finds the profile, to choose; `meanings`: an icon and a sentence for each."""

    def one_card(one: Visibility) -> rx.Component:
        sign, text = meanings[one]
        return radio_card(
            "visibility",
            one.value,
            label(one),
            worded(text),
            chosen=state.visibility,
            before=sign,
            on_change=state.show_to,
            disabled=state.is_minor if one is Visibility.PUBLIC else False,
        )

    return fieldset(
        rx.el.span(t("Visibility"), class_name="sr-only"),
        radio_cards("visibility", *map(one_card, Visibility), columns="grid gap-3 sm:grid-cols-3 lg:grid-cols-1"),
        error=rx.cond(state.problems.contains("visibility"), state.problems["visibility"], "").to(str),
    )


def published_parts(state: Any, parts: Mapping[str, str]) -> rx.Component:
    """Which parts the public card shows, to choose."""

    def part(name: str, words: str) -> rx.Component:
        return switch(
            f"publish_{name}",
            worded(words),
            checked=state.published.contains(name),
            on_change=lambda is_on: state.publish(name, is_on),
        )

    return fieldset(
        t("Your public card shows"),
        rx.el.div(*(part(name, words) for name, words in parts.items()), class_name="divide-y divide-line"),
        hint=t("Never your contact details, birth date or documents."),
    )
