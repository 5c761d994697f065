"""The only place that names a colour, a length, a radius or a shadow.

`python -m talento.components.tokens` writes them as CSS custom properties to `assets/styles/tokens.css`;
`TAILWIND` maps them to utility classes: `bg-surface`, `text-muted`, `border-line`, `rounded-card`, `h-control`.
"""

from pathlib import Path
from typing import Any

STYLESHEET = Path(__file__).parents[2] / "assets" / "styles" / "tokens.css"

LIGHT = {
    "canvas": "#f7f7fa",
    "surface": "#ffffff",
    "sunken": "#f0f1f6",
    "raised": "#ffffff",
    "scrim": "rgb(15 17 30 / 0.46)",
    "stage": "#0d0f16",
    "on-stage": "#ffffff",
    "ink": "#161826",
    "muted": "#545a70",
    "faint": "#666b81",
    "line": "#e4e6ee",
    "control": "#878da3",
    "ring": "#5b4be6",
    "brand": "#4a3ad6",
    "brand-hover": "#3c2dbd",
    "brand-soft": "#efeeff",
    "brand-ink": "#4131c4",
    "on-brand": "#ffffff",
    "accent": "#bd4a10",
    "accent-soft": "#fff1e7",
    "accent-ink": "#9c3c0b",
    "on-accent": "#ffffff",
    "success": "#12784f",
    "success-soft": "#e5f6ed",
    "success-ink": "#0d6340",
    "warning": "#946200",
    "warning-soft": "#fff5d9",
    "warning-ink": "#7a5000",
    "danger": "#c5262f",
    "danger-hover": "#a91d26",
    "danger-soft": "#fdecec",
    "danger-ink": "#ad1f28",
    "on-danger": "#ffffff",
    "info": "#0c68b4",
    "info-soft": "#e6f2fc",
    "info-ink": "#0a5896",
    "tone-1": "#e9e7ff",
    "tone-1-ink": "#4131c4",
    "tone-2": "#ffe9da",
    "tone-2-ink": "#93380a",
    "tone-3": "#dcf3e7",
    "tone-3-ink": "#0d6340",
    "tone-4": "#e0effc",
    "tone-4-ink": "#0a5896",
    "tone-5": "#fbe4f1",
    "tone-5-ink": "#98216a",
    "tone-6": "#f6edcd",
    "tone-6-ink": "#6d4f00",
    "signal-in": "#0a7a45",
    "signal-out": "#0a58ad",
    "signal-again": "#ffb61a",
    "signal-no": "#c0131f",
    "on-signal": "#ffffff",
    "on-signal-again": "#241700",
}

DARK = {
    "canvas": "#0d0f16",
    "surface": "#151821",
    "sunken": "#1d212d",
    "raised": "#1b1f2a",
    "scrim": "rgb(3 4 9 / 0.66)",
    "stage": "#07080c",
    "on-stage": "#ffffff",
    "ink": "#eceef6",
    "muted": "#a8aec2",
    "faint": "#8f96ab",
    "line": "#282d3b",
    "control": "#6f768c",
    "ring": "#9d94ff",
    "brand": "#6355ec",
    "brand-hover": "#5546e0",
    "brand-soft": "#25234a",
    "brand-ink": "#b3adff",
    "on-brand": "#ffffff",
    "accent": "#bf4e15",
    "accent-soft": "#3a2416",
    "accent-ink": "#ffb38a",
    "on-accent": "#ffffff",
    "success": "#3fbf8a",
    "success-soft": "#12301f",
    "success-ink": "#74dbb0",
    "warning": "#e0a93a",
    "warning-soft": "#342810",
    "warning-ink": "#f2c869",
    "danger": "#d13b44",
    "danger-hover": "#bb2f38",
    "danger-soft": "#3b1a1e",
    "danger-ink": "#ff9ba1",
    "on-danger": "#ffffff",
    "info": "#4ea3ea",
    "info-soft": "#12283d",
    "info-ink": "#8cc6fa",
    "tone-1": "#2b2859",
    "tone-1-ink": "#c0bbff",
    "tone-2": "#40291a",
    "tone-2-ink": "#ffbd99",
    "tone-3": "#16382a",
    "tone-3-ink": "#85e0b9",
    "tone-4": "#163048",
    "tone-4-ink": "#9bcefb",
    "tone-5": "#401c33",
    "tone-5-ink": "#f7aad8",
    "tone-6": "#3a3013",
    "tone-6-ink": "#edd27e",
    "signal-in": "#0a7a45",
    "signal-out": "#0a58ad",
    "signal-again": "#ffb61a",
    "signal-no": "#c0131f",
    "on-signal": "#ffffff",
    "on-signal-again": "#241700",
}

SHADOWS_LIGHT = {
    "card": "0 1px 2px rgb(22 24 38 / 0.04), 0 1px 1px rgb(22 24 38 / 0.03)",
    "control": "0 1px 2px rgb(22 24 38 / 0.06)",
    "float": "0 4px 12px rgb(22 24 38 / 0.08), 0 1px 3px rgb(22 24 38 / 0.06)",
    "overlay": "0 24px 64px rgb(22 24 38 / 0.22), 0 4px 12px rgb(22 24 38 / 0.08)",
}

SHADOWS_DARK = {
    "card": "0 1px 2px rgb(0 0 0 / 0.3)",
    "control": "0 1px 2px rgb(0 0 0 / 0.35)",
    "float": "0 8px 20px rgb(0 0 0 / 0.45), 0 0 0 1px rgb(255 255 255 / 0.05)",
    "overlay": "0 24px 64px rgb(0 0 0 / 0.6), 0 0 0 1px rgb(255 255 255 / 0.06)",
}

RADII = {"control": "0.5rem", "card": "0.875rem", "overlay": "1.125rem", "pill": "999px"}

LENGTHS_TOUCH = {"control": "2.75rem", "control-sm": "2.75rem", "control-lg": "3.25rem", "bar": "3.5rem"}
LENGTHS_MOUSE = {"control": "2.375rem", "control-sm": "2rem", "control-lg": "2.875rem", "bar": "3.75rem"}
LENGTHS = {
    "nav": "15.5rem",
    "nav-narrow": "4.25rem",
    "prose": "42rem",
    "form": "34rem",
    "page": "78rem",
    "drawer": "30rem",
}

FONT = '"Inter Talento", "Vazirmatn Talento", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
MONO = 'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, monospace'

TEXT = {
    "2xs": ["0.6875rem", {"lineHeight": "1rem", "letterSpacing": "0.01em"}],
    "xs": ["0.75rem", {"lineHeight": "1.125rem"}],
    "sm": ["0.875rem", {"lineHeight": "1.375rem"}],
    "base": ["1rem", {"lineHeight": "1.5rem"}],
    "lg": ["1.125rem", {"lineHeight": "1.625rem", "letterSpacing": "-0.008em"}],
    "xl": ["1.375rem", {"lineHeight": "1.8125rem", "letterSpacing": "-0.014em"}],
    "2xl": ["1.75rem", {"lineHeight": "2.125rem", "letterSpacing": "-0.019em"}],
    "3xl": ["2.25rem", {"lineHeight": "2.625rem", "letterSpacing": "-0.022em"}],
    "4xl": ["3rem", {"lineHeight": "3.25rem", "letterSpacing": "-0.026em"}],
}

LENGTH_NAMES = LENGTHS_TOUCH | LENGTHS


def variables(prefix: str, names: dict[str, str]) -> dict[str, str]:
    """Token name to the custom property that holds it."""
    return {name: f"var(--{prefix}-{name})" for name in names}


TAILWIND: dict[str, Any] = {
    "content": [
        "./app/**/*.{js,jsx}",
        "./app_components/**/*.{js,jsx}",
        "./components/**/*.{js,jsx}",
        "./utils/**/*.{js,jsx}",
        "./public/js/*.{js,jsx}",
    ],
    "darkMode": "class",
    "theme": {
        "colors": {"inherit": "inherit", "current": "currentColor", "transparent": "transparent", "white": "#ffffff"}
        | variables("color", LIGHT),
        "boxShadow": {"none": "none"} | variables("shadow", SHADOWS_LIGHT),
        "fontFamily": {"sans": FONT, "mono": MONO},
        "fontSize": TEXT,
        "extend": {
            "borderRadius": variables("radius", RADII),
            "spacing": variables("length", LENGTH_NAMES),
            "maxWidth": variables("length", LENGTHS),
        },
    },
    "plugins": [],
}


def stylesheet() -> str:
    """Every token as a CSS custom property: light, dark, touch and mouse."""
    light = declared("color", LIGHT) + declared("shadow", SHADOWS_LIGHT)
    dark = declared("color", DARK) + declared("shadow", SHADOWS_DARK)
    sizes = declared("radius", RADII) + declared("length", LENGTH_NAMES)
    mouse = declared("length", LENGTHS_MOUSE)
    return "\n".join(
        [
            "/* Written by `python -m talento.components.tokens`: change talento/components/tokens.py instead. */",
            rule(":root", sizes + light + [f"--font: {FONT};", f"--mono: {MONO};"]),
            f"@media (pointer: fine) and (min-width: 64rem) {{\n{rule(':root', mouse)}}}\n",
            f"@media (prefers-color-scheme: dark) {{\n{rule(':root:not(.light)', dark)}}}\n",
            rule(":root.dark", dark),
        ]
    )


def declared(prefix: str, values: dict[str, str]) -> list[str]:
    return [f"--{prefix}-{name}: {value};" for name, value in values.items()]


def rule(selector: str, lines: list[str]) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f"{selector} {{\n{body}\n}}\n"


if __name__ == "__main__":
    STYLESHEET.write_text(stylesheet(), "utf-8")
