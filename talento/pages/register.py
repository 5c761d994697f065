"""The registration wizard: ten short steps, each saved as it is typed."""

import reflex as rx

from talento.components.actions import link_button
from talento.components.questions import Answers
from talento.components.shells import SITE
from talento.components.surfaces import card
from talento.components.text import t
from talento.components.wizard import Wizard
from talento.i18n import phrase
from talento.models.facts import Step
from talento.pages.frame import outside
from talento.state.register import RegisterState
from talento.state.session import ReaderState

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

ANSWERS = Answers(
    state=RegisterState,
    keep=RegisterState.keep,
    check=RegisterState.check,
    toggle=RegisterState.toggle,
    attached=RegisterState.attached,
    removed=RegisterState.removed,
    when={"email": ~RegisterState.is_member},
)


def register() -> rx.Component:
    """The wizard, or the code once it is done."""
    wizard = Wizard(
        state=RegisterState,
        answers=ANSWERS,
        titles=TITLES,
        intro=(
            t("Register as a talent"),
            t("About five minutes. Everything is saved as you type; come back whenever you like."),
        ),
        known=t("We have filled in what your cinema profile says already. Change whatever you like."),
        told=t("You are registered. This is your talent code:"),
        after=_after,
        is_open=SITE.is_general_open,
    )
    return outside(wizard.page())


def _after() -> rx.Component:
    """For somebody with an account: the profile, and the other kind of profile."""
    return rx.cond(
        RegisterState.is_member,
        rx.fragment(
            link_button(t("See my profile"), href="/profile", tone="primary"),
            rx.cond(ReaderState.has_cinema, rx.fragment(), also_cinema()),
        ),
        card(
            rx.el.p(t("Film, series, commercials?"), class_name="font-semibold text-ink"),
            rx.el.p(
                t("Once you have signed in, you can add a cinema profile to this account in a few minutes."),
                class_name="mt-1 text-sm text-muted",
            ),
        ),
    )


def also_cinema() -> rx.Component:
    """The offer of a cinema profile."""
    return link_button(t("Add a cinema profile"), href="/cinema/register", before="clapperboard")
