"""One's own cinema profile: what casting teams and the public see, edited where it stands."""

from typing import Any

import reflex as rx

from talento.components import arranging
from talento.components.actions import button, button_class, copy_button, icon_button, link_button
from talento.components.badges import avatar, code_text
from talento.components.cinema import cinema_panel, days_off_words
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, field, text_input
from talento.components.links import text_link
from talento.components.overlays import side_panel
from talento.components.progress import score_ring, skeleton, skeleton_rows
from talento.components.questions import Answers, question
from talento.components.sections import Sections, audience_badge, audiences, published_parts
from talento.components.surfaces import card, panel, row, stack
from talento.components.text import t, worded
from talento.i18n import phrase
from talento.models.facts import CinemaStep
from talento.pages.frame import inside
from talento.services.cinema import form
from talento.services.cinema.guardians import Standing
from talento.services.cinema.rows import SCORE
from talento.state.cinema_profile import SECTIONS, CinemaProfileState
from talento.vocabulary.visibility import Visibility

TITLES = {
    CinemaStep.IDENTITY: phrase("About you"),
    CinemaStep.ORIGINS: phrase("Origins"),
    CinemaStep.RESIDENCE: phrase("Residence"),
    CinemaStep.LANGUAGES: phrase("Languages"),
    CinemaStep.APPEARANCE: phrase("Appearance"),
    CinemaStep.PARTS: phrase("Kinds of part"),
    CinemaStep.SKILLS: phrase("Skills"),
    CinemaStep.NETWORKS: phrase("On the web"),
}
AUDIENCES = {
    Visibility.PUBLIC: ("globe", phrase("Anybody with your link or QR sees your card. Casting teams find you.")),
    Visibility.RECRUITERS: ("users", phrase("Casting teams find you. Your link and QR show nothing to others.")),
    Visibility.HIDDEN: ("eye-off", phrase("Nobody finds you. Your data stay as they are.")),
}
PARTS = {
    "photo": phrase("Photo"),
    "gallery": phrase("Gallery"),
    "kinds": phrase("Kinds of part"),
    "city": phrase("City"),
    "skills": phrase("Skills"),
    "languages": phrase("Languages"),
    "appearance": phrase("Appearance"),
    "credits": phrase("Credits"),
    "showreel": phrase("Showreel"),
    "bio": phrase("About me"),
}

HAS_TRAITS_CONSENT = CinemaProfileState.raw["traits_consent"].to(str) == "true"
KEEPS_TRAITS = CinemaProfileState.shown_en.contains("traits_consent")
ANSWERS = Answers(
    state=CinemaProfileState,
    keep=CinemaProfileState.keep,
    check=CinemaProfileState.check,
    toggle=CinemaProfileState.toggle,
    attached=CinemaProfileState.attached,
    removed=CinemaProfileState.removed,
    form=form.FORM,
    needed=form.GUARDIAN,
    when={
        **dict.fromkeys(form.GUARDIAN, CinemaProfileState.is_young),
        **dict.fromkeys(form.TRAITS, HAS_TRAITS_CONSENT),
    },
)
SECTION = Sections(
    ANSWERS,
    TITLES,
    told={
        **dict.fromkeys(form.GUARDIAN, CinemaProfileState.is_minor),
        **dict.fromkeys(form.TRAITS, KEEPS_TRAITS),
    },
)


def cinema_profile() -> rx.Component:
    """The profile; an offer for an account that has none."""
    return inside(
        rx.el.div(
            rx.cond(
                CinemaProfileState.is_ready,
                rx.cond(CinemaProfileState.has_profile, _profile(), _none()),
                _loading(),
            ),
            class_name="mx-auto w-full max-w-page",
        )
    )


def _profile() -> rx.Component:
    return stack(
        _guardian(),
        _header(),
        rx.el.div(
            rx.el.aside(
                stack(_share(), _audience(), _days_off()), class_name="min-w-0 lg:order-last lg:w-88 lg:shrink-0"
            ),
            stack(
                _photos(), *(SECTION.section(CinemaStep(step)) for step in SECTIONS), _credits(), class_name="flex-1"
            ),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
        ),
        _seen(),
    )


# Who one is, and the next best step


def _guardian() -> rx.Component:
    again = button(t("Write to them again"), tone="secondary", size="sm", on_click=CinemaProfileState.ask_guardian)
    waiting = alert(
        t("Nobody sees your profile before. We have written to the address below under “About you”."),
        title=t("Your guardian has not answered yet"),
        tone="warning",
        action=again,
    )
    refused = alert(
        t("Nobody sees your profile. Talk about it together; then we can ask again."),
        title=t("Your guardian did not agree"),
        tone="danger",
        action=again,
    )
    return rx.match(
        CinemaProfileState.consent,
        (Standing.ASKED.value, waiting),
        (Standing.REFUSED.value, refused),
        rx.fragment(),
    )


def _header() -> rx.Component:
    return card(
        rx.el.div(
            avatar(CinemaProfileState.name, CinemaProfileState.photo_url, "xl"),
            rx.el.div(
                rx.el.h1(
                    CinemaProfileState.name,
                    id="page-title",
                    tab_index=-1,
                    class_name="text-xl font-semibold break-words text-ink sm:text-2xl",
                ),
                rx.el.p(
                    SECTION.shown("city"), ", ", SECTION.shown("residence"), class_name="mt-0.5 text-sm text-muted"
                ),
                row(
                    code_text(CinemaProfileState.code),
                    audience_badge(CinemaProfileState),
                    gap="gap-x-4 gap-y-2",
                    class_name="mt-2",
                ),
                button(
                    t("See it as others do"),
                    tone="secondary",
                    size="sm",
                    before="eye",
                    on_click=CinemaProfileState.look_as_others,
                    class_name="mt-3 h-auto! min-h-control-sm max-w-full py-1 text-start whitespace-normal!",
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex min-w-0 flex-1 items-center gap-4 sm:gap-6",
        ),
        _progress(),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-center lg:gap-8",
    )


def _progress() -> rx.Component:
    state = CinemaProfileState
    label = rx.match(state.next_name, *((known.name, worded(known.text)) for known in SCORE.weighted), "").to(str)
    points = rx.el.span(
        "+",
        state.next_points,
        class_name="rounded-pill bg-on-brand px-2 text-xs font-semibold text-brand tabular-nums",
    )
    step = rx.fragment(
        rx.el.p(t("Next best step"), class_name="text-xs text-muted"),
        rx.el.a(
            t("Add: {what}", what=label),
            points,
            href="#section-" + state.next_step,
            on_click=state.change(state.next_step),
            class_name=f"{button_class('primary', 'sm')} mt-1.5 h-auto! min-h-control-sm py-1 text-start "
            "whitespace-normal!",
        ),
    )
    whole = rx.fragment(
        rx.el.p(t("Your profile is complete."), class_name="text-sm font-medium text-ink"),
        rx.el.p(t("Casting teams see everything they look for."), class_name="text-sm text-muted"),
    )
    return rx.el.div(
        score_ring(state.completeness, t("Profile completeness"), size=60),
        rx.el.div(rx.cond(state.next_name, step, whole), class_name="min-w-0 flex-1"),
        class_name="flex items-center gap-4 rounded-card bg-sunken p-3.5 sm:p-4 lg:w-80 lg:shrink-0",
    )


# What one shows to whom


def _share() -> rx.Component:
    state, public = CinemaProfileState, CinemaProfileState.visibility == Visibility.PUBLIC.value
    return panel(
        t("Your code and QR"),
        rx.el.div(
            rx.el.img(
                src="/documents/qr/" + state.code + ".svg",
                alt=t("QR code of your card"),
                class_name="size-32 shrink-0 rounded-card border border-line bg-white sm:size-40 lg:size-48",
            ),
            rx.el.div(
                rx.el.p(state.code, class_name="font-mono text-lg font-semibold tracking-wider", dir="ltr"),
                rx.el.p(
                    rx.cond(
                        public,
                        t("It leads to your public card."),
                        t("It leads to your card once you make it public."),
                    ),
                    class_name="mt-1 text-sm text-muted",
                ),
                row(_qr("PNG", "png"), _qr("SVG", "svg"), gap="gap-2", class_name="mt-3 lg:justify-center"),
                class_name="min-w-0 flex-1 lg:text-center",
            ),
            class_name="flex items-center gap-5 lg:flex-col lg:gap-4",
        ),
        rx.el.div(
            rx.cond(
                public,
                text_link(state.public_url, href="/t/" + state.code, class_name="min-w-0 flex-1 truncate text-sm"),
                rx.el.span(state.public_url, class_name="min-w-0 flex-1 truncate text-sm text-muted"),
            ),
            copy_button(state.public_url, t("Copy the link")),
            class_name="mt-5 flex items-center gap-2 rounded-control bg-sunken ps-3",
            dir="ltr",
        ),
        rx.el.div(
            rx.el.p(t("Your comp card to print or attach (PDF)"), class_name="text-sm text-muted"),
            row(_comp_card("en", "English"), _comp_card("fr", "Français"), gap="gap-2", class_name="mt-2"),
            class_name="mt-5 border-t border-line pt-4",
        ),
    )


def _qr(name: str, ending: str) -> rx.Component:
    return link_button(
        name,
        href="/documents/qr/" + CinemaProfileState.code + f".{ending}",
        external=True,
        size="sm",
        before="download",
        download=CinemaProfileState.code + f".{ending}",
        aria_label=t("Download the QR as {format}", format=name),
    )


def _comp_card(locale: str, name: str) -> rx.Component:
    return link_button(
        rx.el.span(name, lang=locale),
        href=f"/documents/comp-card.pdf?lang={locale}",
        external=True,
        size="sm",
        before="file-down",
        download=CinemaProfileState.code + ".pdf",
    )


def _audience() -> rx.Component:
    state = CinemaProfileState
    published = rx.el.div(published_parts(state, PARTS), class_name="border-t border-line pt-4")
    return panel(
        t("Who sees you"),
        stack(
            audiences(state, AUDIENCES),
            rx.cond(state.is_minor, alert(t("You are under 18, so your card can't be public."), tone="info")),
            rx.cond(state.visibility == Visibility.PUBLIC.value, published),
            gap="gap-4",
        ),
        id="section-visibility",
    )


def _days_off() -> rx.Component:
    state = CinemaProfileState

    def entry(one: rx.Var[Any]) -> rx.Component:
        return rx.el.li(
            rx.el.span(days_off_words(one), class_name="min-w-0 flex-1 text-sm break-words text-ink"),
            icon_button("x", t("I can work after all"), size="sm", on_click=state.take_back_days_off(one.id)),
            class_name="flex items-center gap-2 py-1",
            key=one.id.to(str),
        )

    def problem(name: str) -> rx.Var[str]:
        return rx.cond(state.day_problems.contains(name), state.day_problems[name], "").to(str)

    return panel(
        t("Days you can't work"),
        rx.cond(
            state.days_off.length() > 0,
            rx.el.ul(rx.foreach(state.days_off, entry), class_name="mb-4 divide-y divide-line"),
            rx.el.p(t("None noted. Casting teams take it that you are free."), class_name="mb-4 text-sm text-muted"),
        ),
        rx.el.form(
            field(t("From"), date_input("starts_on"), error=problem("starts_on")),
            field(t("To"), date_input("ends_on"), error=problem("ends_on"), optional=True),
            field(t("Note"), text_input("note", max_length=200), optional=True, class_name="sm:col-span-2"),
            rx.el.div(
                button(t("Add"), type="submit", tone="secondary", size="sm", before="plus"), class_name="sm:col-span-2"
            ),
            class_name="grid gap-3 sm:grid-cols-2",
            no_validate=True,
            reset_on_submit=False,
            on_submit=state.take_days_off,
            key=state.day_tries.to(str),
        ),
        id="section-days",
    )


# What one said


def _photos() -> rx.Component:
    facts = {known.name: known for known in form.facts(CinemaStep.PHOTOS)}
    return panel(
        t("Photos"),
        rx.el.div(
            question(facts["photo"], ANSWERS), question(facts["gallery"], ANSWERS), class_name="flex flex-col gap-6"
        ),
        id=f"section-{CinemaStep.PHOTOS.value}",
    )


def _credits() -> rx.Component:
    return panel(t("Credits"), arranging.credits(CinemaProfileState), id="section-credits")


# As others see it


def _seen() -> rx.Component:
    public = rx.cond(
        CinemaProfileState.visibility == Visibility.PUBLIC.value,
        link_button(t("Your public card"), href="/t/" + CinemaProfileState.code, size="sm", before="external-link"),
        rx.el.p(t("You have no public card: others see nothing at your link."), class_name="text-sm text-muted"),
    )
    return side_panel(
        t("As casting teams see you"),
        rx.cond(CinemaProfileState.seen, cinema_panel(CinemaProfileState.seen, is_own=True)),
        rx.el.div(public, class_name="mt-6 border-t border-line pt-4"),
        open=CinemaProfileState.is_looking,
        on_close=CinemaProfileState.look_away,
    )


# Without a profile, and before it is here


def _none() -> rx.Component:
    return card(
        rx.el.h1(t("Cinema profile"), id="page-title", tab_index=-1, class_name="sr-only"),
        empty(
            t("This account has no cinema profile"),
            t("With one, casting teams find you for film, series and commercials. What we know already is filled in."),
            before="clapperboard",
            action=link_button(t("Add a cinema profile"), href="/cinema/register", tone="primary"),
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
