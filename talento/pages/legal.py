"""Privacy and terms: honest default texts about what this software does, for the operator to complete."""

from collections.abc import Sequence

import reflex as rx

from talento.components.feedback import alert, empty
from talento.components.prose import prose
from talento.components.shells import SITE
from talento.components.text import date, either, t
from talento.i18n import phrase
from talento.pages.frame import outside
from talento.services.markdown import Block
from talento.state.legal import LegalState

Part = tuple[str, Sequence[str]]

PRIVACY: Sequence[Part] = (
    (
        phrase("What is stored"),
        (
            phrase(
                "What you type when you register: name, birth date, gender, contact details, places, languages, "
                "skills, "
                "experience, rates and links, and the photo and CV you upload."
            ),
            phrase("A registration that you did not finish is kept as a draft for {days} days, then deleted."),
            phrase(
                "For safety we note when you sign in and out, and what is changed by whom. These notes hold a "
                "shortened "
                "network address and never what you typed."
            ),
        ),
    ),
    (
        phrase("How it is protected"),
        (
            phrase(
                "Passport and residence-card numbers, phone numbers, your address and your network links are "
                "encrypted in "
                "the database. Photos and CVs are encrypted on disk and given only to those who may see them."
            ),
            phrase("Places and camera data hidden in photos are removed. Passwords are stored only as a hash."),
            phrase("The pages load nothing from other companies: no advertising, no trackers, no outside fonts."),
        ),
    ),
    (
        phrase("Who sees what"),
        (
            phrase(
                "Recruiters who are signed in see your profile, CV and contact details unless you hide yourself. "
                "Contact "
                "details of people under 18 are never shown to them."
            ),
            phrase(
                "The public sees your card only if you make it public, and on it only the parts you chose: never "
                "contact "
                "details, birth date or documents."
            ),
            phrase(
                "Administrators run the site and can see accounts. An identity number is shown to them only one "
                "at a time, "
                "with a reason, and every time is noted."
            ),
        ),
    ),
    (
        phrase("Cookies"),
        (
            phrase("Only what the site needs to work; nothing follows you elsewhere:"),
            phrase("• talento: that you are signed in; up to 30 days if you ask to be remembered."),
            phrase("• talento-device: that you signed in from this device before; a year."),
            phrase("• talento-visitor: ties an unfinished registration to this browser."),
            phrase("• talento_locale: the language you chose; a year."),
            phrase("The browser also remembers whether you prefer light or dark."),
        ),
    ),
    (
        phrase("Your rights"),
        (
            phrase(
                "You can see and correct everything in your profile, hide yourself at once, and replace or "
                "remove your photo "
                "and CV. Ask the operator of this site for a copy of your data or for their deletion."
            ),
            phrase("You may also complain to the data protection authority of your country."),
        ),
    ),
)

TERMS: Sequence[Part] = (
    (
        phrase("What {site} is"),
        (
            phrase(
                "{site} is a register in which people present what they can do, and in which recruiters look "
                "for people. "
                "Being registered is no promise of work."
            ),
        ),
    ),
    (
        phrase("If you register"),
        (
            phrase("Say who you really are, and only what is true. One person, one profile."),
            phrase("Upload only a photo and a CV that are yours to use."),
            phrase("Keep your password and your links to yourself. You are free to leave at any time."),
            phrase("If you are under 18, register together with a parent or guardian. Your card can't be made public."),
        ),
    ),
    (
        phrase("If you recruit"),
        (
            phrase("Use what you see only to offer work, and contact people only for that."),
            phrase("Never pass profiles, photos or contact details on without the person's consent."),
            phrase("Choose people for what they can do. Unlawful discrimination ends your access."),
        ),
    ),
    (
        phrase("Rules for everybody"),
        (
            phrase("Do not try to get at data that are not yours, or to copy the register."),
            phrase("The operator may suspend an account that breaks these rules; it is then shut out at once."),
            phrase("The service is run with care, but it can fail. Keep your own copy of what matters to you."),
        ),
    ),
)


def privacy() -> rx.Component:
    """What is stored, who sees it, and what one can do about it."""
    return _text(t("Privacy"), t("What this site knows about you, and who gets to see it."), PRIVACY)


def terms() -> rx.Component:
    """What one agrees to."""
    return _text(t("Terms of use"), t("Short, because they should be read."), TERMS)


def notice() -> rx.Component:
    """Who runs the site."""
    return _text(t("Legal notice"), t("Who runs this site."), ())


def _text(title: rx.Var, text: rx.Var, parts: Sequence[Part]) -> rx.Component:
    written = either(LegalState.en, LegalState.fr).to(list[Block])
    changed = either(LegalState.changed_en, LegalState.changed_fr)
    return outside(
        rx.el.article(
            rx.el.h1(title, id="page-title", tab_index=-1, class_name="text-3xl font-semibold text-ink sm:text-4xl"),
            rx.cond(
                written.length() > 0,
                rx.fragment(
                    rx.cond(changed, rx.el.p(t("Version of {day}", day=date(changed)), class_name="mt-3 text-muted")),
                    prose(written, class_name="mt-10"),
                ),
                rx.fragment(
                    rx.el.p(text, class_name="mt-3 text-lg text-muted"),
                    *(_part(*part) for part in parts),
                    _note() if parts else _missing(),
                ),
            ),
            class_name="mx-auto w-full max-w-prose px-4 py-12 sm:px-6 sm:py-20",
        )
    )


def _note() -> rx.Component:
    note = alert(
        t(
            "This is the text that comes with Talento. Whoever runs this site adds their name and contact, and "
            "adapts it to their law."
        ),
        tone="info",
    )
    return rx.el.div(note, class_name="mt-12")


def _missing() -> rx.Component:
    return rx.el.div(
        rx.cond(LegalState.is_ready, empty(t("Nothing has been written here yet."), before="file-text")),
        class_name="mt-8",
    )


def _part(title: str, sentences: Sequence[str]) -> rx.Component:
    said = [t(sentence, site=SITE.name, days=SITE.draft_days) for sentence in sentences]
    return rx.el.section(
        rx.el.h2(t(title, site=SITE.name), class_name="text-xl font-semibold text-ink"),
        *(rx.el.p(words, class_name="mt-3 text-pretty text-ink/90") for words in said),
        class_name="mt-10",
    )
