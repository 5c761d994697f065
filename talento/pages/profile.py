"""One's own profile: what recruiters and the public see, edited where it stands."""

import reflex as rx

from talento.components.actions import button_class, copy_button, link_button
from talento.components.badges import avatar, code_text
from talento.components.feedback import alert, empty
from talento.components.fields import field, text_input
from talento.components.links import text_link
from talento.components.progress import score_ring, skeleton, skeleton_rows
from talento.components.questions import Answers, question
from talento.components.sections import Sections, audience_badge, audiences, published_parts
from talento.components.surfaces import card, panel, row, stack
from talento.components.text import t, worded
from talento.i18n import phrase
from talento.models.facts import Step
from talento.pages.frame import inside
from talento.services.talents import completeness, form
from talento.state.profile import SECTIONS, ProfileState
from talento.state.session import ReaderState
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
SECTION = Sections(ANSWERS, TITLES)


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
            stack(_documents(), *(SECTION.section(Step(step)) for step in SECTIONS), class_name="flex-1"),
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
                rx.el.p(
                    SECTION.shown("city"), ", ", SECTION.shown("residence"), class_name="mt-0.5 text-sm text-muted"
                ),
                row(
                    code_text(ProfileState.code), audience_badge(ProfileState), gap="gap-x-4 gap-y-2", class_name="mt-2"
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex min-w-0 flex-1 items-center gap-4 sm:gap-6",
        ),
        _progress(),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-center lg:gap-8",
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
            audiences(ProfileState, AUDIENCES),
            rx.cond(ProfileState.is_minor, alert(t("You are under 18, so your card can't be public."), tone="info")),
            rx.cond(ProfileState.visibility == Visibility.PUBLIC.value, _published()),
            gap="gap-4",
        ),
        id="section-visibility",
    )


def _published() -> rx.Component:
    return stack(
        published_parts(ProfileState, PARTS),
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


# Without a profile, and before it is here


def _none() -> rx.Component:
    return card(
        rx.el.h1(t("My profile"), id="page-title", tab_index=-1, class_name="sr-only"),
        rx.cond(ReaderState.has_cinema, _only_cinema(), _neither()),
    )


def _only_cinema() -> rx.Component:
    return empty(
        t("You have a cinema profile"),
        t("Add a general profile for other work, too: what you told us for cinema is filled in already."),
        before="clapperboard",
        action=row(
            link_button(t("See my cinema profile"), href="/cinema/profile", tone="primary"),
            link_button(t("Add a general profile"), href="/register", before="user-plus"),
            class_name="justify-center",
        ),
    )


def _neither() -> rx.Component:
    return empty(
        t("This account has no talent profile"),
        t("It works as it is. If you want to be found yourself, add a profile of either kind."),
        before="user",
        action=row(
            link_button(t("Add a general profile"), href="/register", before="user-plus"),
            link_button(t("Add a cinema profile"), href="/cinema/register", before="clapperboard"),
            class_name="justify-center",
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
