"""The language that the reader chose. The browser decides at first; the choice is a cookie of a year."""

import reflex as rx

from talento import i18n
from talento.state.doors import PUBLIC, event

YEAR = 365 * 24 * 3600


class LocaleState(rx.State):
    """`locale` is the choice, empty until one is made; `language` is what to speak."""

    locale: str = rx.Cookie("", name=i18n.COOKIE, max_age=YEAR, same_site="lax")

    @rx.var
    def language(self) -> str:
        """The choice, else the browser's preference, else English. For texts that the server writes."""
        return i18n.negotiate(self.locale, self.router.headers.accept_language)

    @event(PUBLIC)
    def speak(self, language: str):
        """Speak another language from now on."""
        if language in i18n.LANGUAGES:
            self.locale = language
