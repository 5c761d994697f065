"""Words in the reader's language: English is the source text and the key, French is complete.

`say` answers a server text; `talento.components.text.t` compiles every language into the page.
`phrase` marks an English sentence that is shown elsewhere (a menu mapping, a registry), so that the check finds it.
"""

import re

from talento.i18n.catalogue import FRENCH

SOURCE = "en"
LANGUAGES = {"en": "English", "fr": "Français"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
COOKIE = "talento_locale"

CATALOGUES: dict[str, dict[str, str]] = {"fr": FRENCH}

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def say(locale: str, text: str, /, **values: object) -> str:
    """`text` in the reader's language, with `{name}` replaced by `values["name"]`."""
    return fill(translation(locale, text), values)


def say_plural(locale: str, n: int, /, *, one: str, other: str, **values: object) -> str:
    """The singular or the plural in the reader's language; `{n}` is the number."""
    return say(locale, one if is_singular(locale, n) else other, n=n, **values)


def phrase(text: str, /) -> str:
    """The same text, known to the catalogue check as one that a reader will see."""
    return text


def translation(locale: str, text: str) -> str:
    """The catalogue's text, or the English one where there is none."""
    return CATALOGUES.get(language_of(locale), {}).get(text, text)


def fill(template: str, values: dict[str, object]) -> str:
    """The template with its placeholders replaced; an unknown placeholder stays as it is."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), template)


def is_singular(locale: str, n: int | float) -> bool:
    """Whether `n` takes the singular. Source: Unicode CLDR plural rules (French counts 0 and 1.5 as one)."""
    return abs(n) < 2 if language_of(locale) == "fr" else n == 1


def language_of(tag: str) -> str:
    """`fr` for `fr-MA`; English for a language that we do not speak."""
    language = tag.replace("_", "-").split("-")[0].strip().lower()
    return language if language in LANGUAGES else SOURCE


def negotiate(chosen: str, accept_language: str = "") -> str:
    """The language to speak: the reader's choice (the cookie), else the best of `Accept-Language`, else English."""
    if chosen in LANGUAGES:
        return chosen
    return next((tag for tag in preferences(accept_language) if tag in LANGUAGES), SOURCE)


def preferences(accept_language: str) -> list[str]:
    """Languages of an `Accept-Language` header, best first. Source: RFC 9110 §12.5.4."""
    ranked = [(weight(part), part.split(";")[0].split("-")[0].strip().lower()) for part in accept_language.split(",")]
    return [tag for quality, tag in sorted(ranked, key=lambda pair: -pair[0]) if quality > 0]


def weight(part: str) -> float:
    """The `q` of one `Accept-Language` entry; 1 when absent, 0 when unreadable."""
    _, _, quality = part.partition("q=")
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
