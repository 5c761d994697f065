"""Colours can be read, and the style sheet is the one that the tokens say."""

import pytest

from talento.components import tokens

THEMES = {"light": tokens.LIGHT, "dark": tokens.DARK}
GROUNDS = ("canvas", "surface", "sunken", "raised")
WORDS = ("ink", "muted", "faint", "brand-ink", "danger-ink", "success-ink", "warning-ink", "accent-ink", "info-ink")
TONES = ("brand", "accent", "success", "warning", "danger", "info")

TEXT_PAIRS = [
    *((word, ground) for word in WORDS for ground in GROUNDS),
    *((f"{tone}-ink", f"{tone}-soft") for tone in TONES),
    *((f"on-{tone}", tone) for tone in ("brand", "accent", "danger")),
    ("on-brand", "brand-hover"),
    ("on-danger", "danger-hover"),
    ("ink", "brand-soft"),
    ("muted", "brand-soft"),
    ("canvas", "ink"),
    *((f"tone-{n}-ink", f"tone-{n}") for n in range(1, 7)),
]
SIGN_PAIRS = [
    *((sign, ground) for sign in ("ring", "brand", "success", "warning", "danger") for ground in ("canvas", "surface")),
    ("control", "surface"),
    ("control", "canvas"),
    ("brand", "sunken"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("word", "ground"), TEXT_PAIRS)
def test_text_has_the_contrast_of_wcag_aa(theme: str, word: str, ground: str) -> None:
    assert contrast(THEMES[theme][word], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("sign", "ground"), SIGN_PAIRS)
def test_controls_and_signs_have_the_contrast_of_wcag_aa(theme: str, sign: str, ground: str) -> None:
    assert contrast(THEMES[theme][sign], THEMES[theme][ground]) >= 3


def test_both_themes_name_the_same_colours() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()
    assert tokens.SHADOWS_LIGHT.keys() == tokens.SHADOWS_DARK.keys()


def test_the_style_sheet_is_up_to_date() -> None:
    assert tokens.STYLESHEET.read_text("utf-8") == tokens.stylesheet()


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Source: WCAG 2.2, "relative luminance"."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
