"""One's own profile: what recruiters and the public see, edited where it stands."""

from typing import Any

import reflex as rx

from talento.components.actions import button, button_class, copy_button, link_button
from talento.components.badges import avatar, badge, code_text
from talento.components.choices import radio_card, radio_cards, switch
from talento.components.feedback import alert, empty
from talento.components.fields import field, fieldset, text_input
from talento.components.icons import icon
from talento.components.links import text_link, web_link
from talento.components.progress import score_ring, skeleton, skeleton_rows
from talento.components.questions import Answers, question
from talento.components.surfaces import card, panel, row, stack
from talento.components.text import date, either, label, t, worded
from talento.i18n import phrase
from talento.models.facts import Fact, Kind, Step
from talento.pages.frame import inside
from talento.services.talents import completeness, form
from talento.state.profile import SECTIONS, ProfileState
from talento.vocabulary.visibility import Visibility

TITLES = {
    Step.IDENTITY: phrase("About you"),
    Step.CONTACT: phrase("Contact"),
    Step.PLACES: phrase("Places"),
    Step.EXPERIENCE: phrase("Experience"),
    Step.LANGUAGES: phrase("Languages"),
    Step.WORK: phrase("Availability and rates"),
    Step.SKILLS: phrase("Skills"),
    Step.NETWORKS: phrase("On the web"),
}
AUDIENCES = {
    Visibility.PUBLIC: ("globe", phrase("Anybody with your link or QR sees your card. Recruiters find you.")),
    Visibility.RECRUITERS: ("users", phrase("Recruiters find you. Your link and QR show nothing to others.")),
    Visibility.HIDDEN: ("eye-off", phrase("Nobody finds you. Your data stay as they are.")),
}
AUDIENCE_TONES = {Visibility.PUBLIC: "success", Visibility.RECRUITERS: "brand", Visibility.HIDDEN: "neutral"}
PARTS = {
    "photo": phrase("Photo"),
    "city": phrase("City"),
    "skills": phrase("Skills"),
    "languages": phrase("Languages"),
    "bio": phrase("About me"),
}

ANSWERS = Answers(
    state=ProfileState,
    keep=ProfileState.keep,
    check=ProfileState.check,
    toggle=ProfileState.toggle,
    attached=ProfileState.attached,
    removed=ProfileState.removed,
)


def profile() -> rx.Component:
    """The profile; a friendly word for an account that has none."""
    return inside(
        rx.el.div(
            rx.cond(
                ProfileState.is_ready,
                rx.cond(ProfileState.has_profile, _profile(), _none()),
                _loading(),
            ),
            class_name="mx-auto w-full max-w-page",
        )
    )


def _profile() -> rx.Component:
    return stack(
        _header(),
        rx.el.div(
            rx.el.aside(stack(_share(), _audience()), class_name="min-w-0 lg:order-last lg:w-88 lg:shrink-0"),
            stack(_documents(), *(_section(Step(step)) for step in SECTIONS), class_name="flex-1"),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
        ),
    )


# Who one is, and the next best step


def _header() -> rx.Component:
    return card(
        rx.el.div(
            avatar(ProfileState.name, ProfileState.photo_url, "xl"),
            rx.el.div(
                rx.el.h1(
                    ProfileState.name,
                    id="page-title",
                    tab_index=-1,
                    class_name="text-xl font-semibold break-words text-ink sm:text-2xl",
                ),
                rx.el.p(_shown("city"), ", ", _shown("residence"), class_name="mt-0.5 text-sm text-muted"),
                row(code_text(ProfileState.code), _audience_badge(), gap="gap-x-4 gap-y-2", class_name="mt-2"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex min-w-0 flex-1 items-center gap-4 sm:gap-6",
        ),
        _progress(),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-center lg:gap-8",
    )


def _audience_badge() -> rx.Component:
    return badge(
        rx.match(ProfileState.visibility, *((one.value, label(one)) for one in Visibility), ""),
        tone=rx.match(ProfileState.visibility, *((one.value, AUDIENCE_TONES[one]) for one in Visibility), "neutral").to(
            str
        ),
        dot=True,
    )


def _progress() -> rx.Component:
    return rx.el.div(
        score_ring(ProfileState.completeness, t("Profile completeness"), size=60),
        rx.el.div(
            rx.cond(
                ProfileState.next_name,
                rx.fragment(
                    rx.el.p(t("Next best step"), class_name="text-xs text-muted"),
                    rx.el.a(
                        t("Add: {what}", what=_next_label()),
                        rx.el.span(
                            "+",
                            ProfileState.next_points,
                            class_name="rounded-pill bg-on-brand px-2 text-xs font-semibold text-brand tabular-nums",
                        ),
                        href="#section-" + ProfileState.next_step,
                        on_click=ProfileState.change(ProfileState.next_step),
                        class_name=f"{button_class('primary', 'sm')} mt-1.5 h-auto! min-h-control-sm py-1 text-start "
                        "whitespace-normal!",
                    ),
                ),
                rx.fragment(
                    rx.el.p(t("Your profile is complete."), class_name="text-sm font-medium text-ink"),
                    rx.el.p(t("Recruiters see everything they look for."), class_name="text-sm text-muted"),
                ),
            ),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex items-center gap-4 rounded-card bg-sunken p-3.5 sm:p-4 lg:w-80 lg:shrink-0",
    )


def _next_label() -> rx.Var[str]:
    weighted = ((known.name, worded(known.text)) for known in completeness.WEIGHTED)
    return rx.match(ProfileState.next_name, *weighted, "").to(str)


# What one shows to whom


def _share() -> rx.Component:
    return panel(
        t("Your code and QR"),
        rx.el.div(
            rx.el.img(
                src="/documents/qr.svg",
                alt=t("QR code of your card"),
                class_name="size-32 shrink-0 rounded-card border border-line bg-white sm:size-40 lg:size-48",
            ),
            rx.el.div(
                rx.el.p(ProfileState.code, class_name="font-mono text-lg font-semibold tracking-wider", dir="ltr"),
                rx.el.p(
                    rx.cond(
                        ProfileState.visibility == Visibility.PUBLIC.value,
                        t("It leads to your public card."),
                        t("It leads to your card once you make it public."),
                    ),
                    class_name="mt-1 text-sm text-muted",
                ),
                row(
                    _download("PNG", "png"),
                    _download("SVG", "svg"),
                    gap="gap-2",
                    class_name="mt-3 lg:justify-center",
                ),
                class_name="min-w-0 flex-1 lg:text-center",
            ),
            class_name="flex items-center gap-5 lg:flex-col lg:gap-4",
        ),
        rx.el.div(
            rx.cond(
                ProfileState.visibility == Visibility.PUBLIC.value,
                text_link(
                    ProfileState.public_url,
                    href="/t/" + ProfileState.code,
                    class_name="min-w-0 flex-1 truncate text-sm",
                ),
                rx.el.span(ProfileState.public_url, class_name="min-w-0 flex-1 truncate text-sm text-muted"),
            ),
            copy_button(ProfileState.public_url, t("Copy the link")),
            class_name="mt-5 flex items-center gap-2 rounded-control bg-sunken ps-3",
            dir="ltr",
        ),
        rx.el.div(
            rx.el.p(t("Your card to print or attach (PDF)"), class_name="text-sm text-muted"),
            row(_pdf("en", "English"), _pdf("fr", "Français"), gap="gap-2", class_name="mt-2"),
            class_name="mt-5 border-t border-line pt-4",
        ),
    )


def _download(name: str, ending: str) -> rx.Component:
    return link_button(
        name,
        href=f"/documents/qr.{ending}",
        external=True,
        size="sm",
        before="download",
        download=ProfileState.code + f".{ending}",
        aria_label=t("Download the QR as {format}", format=name),
    )


def _pdf(locale: str, name: str) -> rx.Component:
    return link_button(
        rx.el.span(name, lang=locale),
        href=f"/documents/card.pdf?lang={locale}",
        external=True,
        size="sm",
        before="file-down",
        download=ProfileState.code + ".pdf",
    )


def _audience() -> rx.Component:
    return panel(
        t("Who sees you"),
        stack(
            fieldset(
                rx.el.span(t("Visibility"), class_name="sr-only"),
                radio_cards(
                    "visibility",
                    *(_audience_card(one) for one in Visibility),
                    columns="grid gap-3 sm:grid-cols-3 lg:grid-cols-1",
                ),
                error=ProfileState.problems["visibility"].to(str),
            ),
            rx.cond(ProfileState.is_minor, alert(t("You are under 18, so your card can't be public."), tone="info")),
            rx.cond(ProfileState.visibility == Visibility.PUBLIC.value, _published()),
            gap="gap-4",
        ),
        id="section-visibility",
    )


def _audience_card(one: Visibility) -> rx.Component:
    sign, text = AUDIENCES[one]
    return radio_card(
        "visibility",
        one.value,
        label(one),
        worded(text),
        chosen=ProfileState.visibility,
        before=sign,
        on_change=ProfileState.show_to,
        disabled=ProfileState.is_minor if one is Visibility.PUBLIC else False,
    )


def _published() -> rx.Component:
    return stack(
        fieldset(
            t("Your public card shows"),
            rx.el.div(*(_part(part, words) for part, words in PARTS.items()), class_name="divide-y divide-line"),
            hint=t("Never your contact details, birth date or documents."),
        ),
        field(
            t("Name on the card"),
            text_input(
                "display_name",
                value=ProfileState.display_name,
                placeholder=ProfileState.name,
                max_length=100,
                on_blur=ProfileState.sign_as,
            ),
            hint=t("A stage name, if you have one."),
        ),
        gap="gap-5",
        class_name="border-t border-line pt-4",
    )


def _part(part: str, words: str) -> rx.Component:
    return switch(
        f"publish_{part}",
        worded(words),
        checked=ProfileState.published.contains(part),
        on_change=lambda is_on: ProfileState.publish(part, is_on),
    )


# What one said


def _documents() -> rx.Component:
    download = rx.cond(
        ProfileState.cv_url,
        link_button(t("Open the CV"), href=ProfileState.cv_url, external=True, size="sm", before="file-text"),
    )
    return panel(
        t("Photo and CV"),
        rx.el.div(
            *(question(known, ANSWERS) for known in form.facts(Step.DOCUMENTS)),
            class_name="grid gap-x-6 gap-y-6 md:grid-cols-2",
        ),
        actions=download,
        id=f"section-{Step.DOCUMENTS.value}",
    )


def _section(step: Step) -> rx.Component:
    is_open = ProfileState.editing.contains(step.value)
    edit = button(
        t("Edit"),
        rx.el.span(worded(TITLES[step]), class_name="sr-only"),
        tone="ghost",
        size="sm",
        before="pencil",
        on_click=ProfileState.change(step.value),
    )
    return panel(
        worded(TITLES[step]),
        rx.cond(is_open, _form(step), _facts(step)),
        actions=rx.cond(is_open, rx.fragment(), edit),
        id=f"section-{step.value}",
    )


def _facts(step: Step) -> rx.Component:
    known = form.facts(step)
    if step is Step.NETWORKS:
        return _links(known)
    if step in (Step.LANGUAGES, Step.SKILLS):
        return _labels(step.value)
    return rx.el.dl(*(_fact(one) for one in known), class_name="grid gap-x-6 gap-y-4 sm:grid-cols-2")


def _fact(known: Fact) -> rx.Component:
    value = date(_shown(known.name)) if known.kind is Kind.DATE else _shown(known.name)
    is_long = known.kind is Kind.LONG_TEXT
    sign = [icon("lock", 14, "text-faint")] if known.kind is Kind.IDENTITY else []
    return rx.el.div(
        rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
        rx.el.dd(
            rx.cond(
                _shown(known.name),
                rx.el.span(*sign, value, class_name="inline-flex items-center gap-1.5") if sign else value,
                rx.el.span(t("Not given"), class_name="text-faint"),
            ),
            class_name="mt-0.5 text-sm break-words whitespace-pre-line text-ink",
        ),
        class_name="min-w-0 sm:col-span-2" if is_long else "min-w-0",
    )


def _labels(name: str) -> rx.Component:
    words = either(ProfileState.lists_en[name], ProfileState.lists_fr[name]).to(list[str])
    return rx.el.ul(
        rx.foreach(words, lambda word: rx.el.li(badge(word, tone="brand"), key=word)), class_name="flex flex-wrap gap-2"
    )


def _links(known: list[Fact]) -> rx.Component:
    return rx.cond(
        ProfileState.links.length() > 0,
        rx.el.dl(*(_link(one) for one in known), class_name="grid gap-x-6 gap-y-4 sm:grid-cols-2"),
        rx.el.p(
            t("No pages yet. A portfolio or a network profile shows recruiters your work."),
            class_name="text-sm text-muted",
        ),
    )


def _link(known: Fact) -> rx.Component:
    url = ProfileState.links[known.name].to(str)
    return rx.cond(
        url,
        rx.el.div(
            rx.el.dt(worded(known.text), class_name="text-xs text-muted"),
            rx.el.dd(web_link(url, _shown(known.name)), class_name="mt-0.5 truncate text-sm"),
            class_name="min-w-0",
        ),
    )


def _shown(name: str) -> rx.Var[str]:
    return either(ProfileState.shown_en[name], ProfileState.shown_fr[name])


# Editing a section


def _form(step: Step) -> rx.Component:
    return rx.el.form(
        rx.cond(ProfileState.stale.contains(step.value), _conflict(step)),
        rx.el.div(*(_question(known) for known in form.facts(step)), class_name="grid gap-x-5 gap-y-6 sm:grid-cols-2"),
        rx.el.div(
            button(t("Cancel"), tone="secondary", on_click=ProfileState.cancel(step.value)),
            button(t("Save"), type="submit", loading=ProfileState.busy == step.value),
            class_name="mt-6 flex justify-end gap-2 border-t border-line pt-5 max-sm:*:flex-1",
        ),
        id=f"form-{step.value}",
        no_validate=True,
        on_submit=lambda answers: ProfileState.save(step.value, answers),
    )


def _conflict(step: Step) -> rx.Component:
    return rx.el.div(
        alert(
            rx.el.p(t("What you typed is still here. Which shall stay?")),
            row(
                button(
                    t("Save what I typed"), tone="secondary", size="sm", on_click=ProfileState.keep_mine(step.value)
                ),
                button(
                    t("Show what is there now"), tone="ghost", size="sm", on_click=ProfileState.take_theirs(step.value)
                ),
                gap="gap-2",
                class_name="mt-3",
            ),
            title=t("This section was changed in another window."),
            tone="warning",
        ),
        class_name="mb-6",
    )


def _question(known: Fact) -> rx.Component:
    return _number(known) if known.kind is Kind.IDENTITY else question(known, ANSWERS)


def _number(known: Fact) -> rx.Component:
    """An identity number: what is on file stays on the server; a new one replaces it."""
    on_file, is_erased = _shown(known.name), ProfileState.erased.contains(known.name)
    hint = rx.cond(
        on_file,
        rx.cond(
            is_erased,
            t("It is removed when you save."),
            t("On file: {number}. Leave this empty to keep it.", number=on_file),
        ),
        worded(known.hint),
    )
    return field(
        worded(known.text),
        text_input(
            known.name,
            value=ANSWERS.value(known.name),
            auto_complete="off",
            max_length=known.max_length,
            disabled=is_erased,
            **ANSWERS.typing(known.name),
        ),
        hint=hint.to(str),
        error=ANSWERS.problem(known.name),
        action=rx.cond(on_file, _erase(known, is_erased)),
    )


def _erase(known: Fact, is_erased: Any) -> rx.Component:
    return rx.el.button(
        rx.cond(is_erased, t("Keep it"), t("Remove it")),
        type="button",
        on_click=ProfileState.erase(known.name, ~is_erased),
        class_name="text-xs font-medium text-brand-ink hover:underline",
    )


# Without a profile, and before it is here


def _none() -> rx.Component:
    return card(
        rx.el.h1(t("My profile"), id="page-title", tab_index=-1, class_name="sr-only"),
        empty(
            t("This account has no talent profile"),
            t("It was made for working with Talento, not for being found. Everything else is in the menu."),
            before="user",
            action=link_button(t("Account and security"), href="/account"),
        ),
    )


def _loading() -> rx.Component:
    return stack(
        card(
            rx.el.div(
                skeleton("size-24 rounded-pill"),
                rx.el.div(skeleton("h-6 w-48"), skeleton("mt-3 h-4 w-32"), class_name="flex-1"),
                class_name="flex items-center gap-6",
            )
        ),
        card(skeleton_rows(6)),
        aria_busy="true",
    )
