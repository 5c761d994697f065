"""The shades of a brand color: what stands on it, beside it and under it, readable in light and in dark."""

import colorsys
from functools import lru_cache

READABLE = 4.5
"""The least contrast of text. Source: WCAG 2.2, 1.4.3."""

VISIBLE = 3.0
"""The least contrast of what one presses. Source: WCAG 2.2, 1.4.11."""

WHITE, NIGHT = "#ffffff", "#151821"
STEP = 0.01

Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=8)
def shades(brand: str) -> dict[str, dict[str, str]]:
    """By `light` and `dark`, the tokens that a brand color decides; every text on them stays readable."""
    seen = _until(brand, NIGHT, STEP, VISIBLE)
    day, night = _mixed(brand, WHITE, 0.09), _mixed(seen, NIGHT, 0.26)
    return {
        "light": {
            "brand": brand,
            "brand-hover": _lit(brand, 0.86),
            "brand-soft": day,
            "brand-ink": _until(brand, day, -STEP),
            "ring": brand,
        },
        "dark": {
            "brand": seen,
            "brand-hover": _lit(seen, 0.88),
            "brand-soft": night,
            "brand-ink": _until(seen, night, STEP),
            "ring": _until(seen, NIGHT, STEP),
        },
    }


def _luminance(color: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lit(color: str, by: float) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(color))
    return _written(colorsys.hls_to_rgb(hue, min(1.0, light * by), saturation))


def _until(color: str, ground: str, step: float, least: float = READABLE) -> str:
    """The nearest color, lighter or darker by steps, that stands out from the ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(color))
    while contrast(color, ground) < least and 0 <= light + step <= 1:
        light += step
        color = _written(colorsys.hls_to_rgb(hue, light, saturation))
    return color


def _mixed(color: str, ground: str, share: float) -> str:
    over, under = _parts(color), _parts(ground)
    return _written(tuple(a * share + b * (1 - share) for a, b in zip(over, under, strict=True)))  # type: ignore[arg-type]


def _parts(color: str) -> Triple:
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def _written(parts: Triple) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
