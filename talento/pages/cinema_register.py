"""The cinema wizard: nine short steps and a last look."""

import reflex as rx

from talento.components.actions import link_button
from talento.components.feedback import alert
from talento.components.questions import Answers
from talento.components.shells import SITE
from talento.components.surfaces import card
from talento.components.text import t
from talento.components.wizard import Wizard
from talento.i18n import phrase
from talento.models.facts import CinemaStep
from talento.pages.frame import outside
from talento.services.cinema import form
from talento.state.cinema_register import CinemaRegisterState
from talento.state.session import ReaderState

TITLES = {
    CinemaStep.IDENTITY: (phrase("About you"), phrase("Your name as on your documents.")),
    CinemaStep.ORIGINS: (phrase("Origins"), phrase("Where you come from.")),
    CinemaStep.RESIDENCE: (phrase("Residence"), phrase("Where you live now.")),
    CinemaStep.LANGUAGES: (phrase("Languages"), phrase("Every language you can play in, and your accents.")),
    CinemaStep.APPEARANCE: (
        phrase("Appearance"), phrase("Whatever you know. Costume and casting search by these."),
    ),
    CinemaStep.PARTS: (phrase("Kinds of part"), phrase("What you would like to be cast as.")),
    CinemaStep.SKILLS: (phrase("Skills"), phrase("What you can do in front of a camera.")),
    CinemaStep.NETWORKS: (phrase("On the web"), phrase("Your pages and networks, as addresses or @names.")),
    CinemaStep.PHOTOS: (phrase("Photos and credits"), phrase("People with photos are found first.")),
    CinemaStep.REVIEW: (phrase("Review"), phrase("Look everything over, then send it.")),
}  # fmt: skip

HAS_TRAITS_CONSENT = CinemaRegisterState.raw["traits_consent"].to(str) == "true"

ANSWERS = Answers(
    state=CinemaRegisterState,
    keep=CinemaRegisterState.keep,
    check=CinemaRegisterState.check,
    toggle=CinemaRegisterState.toggle,
    attached=CinemaRegisterState.attached,
    removed=CinemaRegisterState.removed,
    form=form.FORM,
    draft="cinema",
    needed=form.GUARDIAN,
    when={
        "email": ~CinemaRegisterState.is_member,
        **dict.fromkeys(form.GUARDIAN, CinemaRegisterState.is_young),
        **dict.fromkeys(form.TRAITS, HAS_TRAITS_CONSENT),
    },
)


def cinema_register() -> rx.Component:
    """The wizard, or the code once it is done."""
    wizard = Wizard(
        state=CinemaRegisterState,
        answers=ANSWERS,
        titles=TITLES,
        intro=(
            t("Register for cinema"),
            t("For film, series, commercials and clips. Everything is saved as you type; come back whenever you like."),
        ),
        known=t("We have filled in what your profile says already. Change whatever you like."),
        told=t("You are on the casting roster. This is your cinema code:"),
        after=_after,
        is_open=SITE.is_cinema_open,
    )
    return outside(wizard.page())


def _after() -> rx.Component:
    return rx.fragment(
        rx.cond(
            CinemaRegisterState.was_young,
            alert(
                t("We have written to your guardian. As soon as they agree, casting teams find you."),
                title=t("Your guardian decides"),
                tone="warning",
            ),
        ),
        rx.cond(
            CinemaRegisterState.is_member,
            rx.fragment(
                link_button(t("See my cinema profile"), href="/cinema/profile", tone="primary"),
                rx.cond(ReaderState.has_profile, rx.fragment(), also_general()),
            ),
            card(
                rx.el.p(t("Other work, too?"), class_name="font-semibold text-ink"),
                rx.el.p(
                    t(
                        "Once you have signed in, you can add a general profile to this account: what you told us "
                        "here is filled in already."
                    ),
                    class_name="mt-1 text-sm text-muted",
                ),
            ),
        ),
    )


def also_general() -> rx.Component:
    """The offer of a general profile."""
    return link_button(t("Add a general profile"), href="/register", before="user-plus")
