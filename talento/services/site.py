"""What every open page shows of the settings, whoever reads it: nothing here is for some eyes only."""

from dataclasses import dataclass, field

from talento.services.preferences import Preference, colors, registry, value
from talento.services.talents import form

SOCIAL: tuple[Preference[str], ...] = (
    registry.LINKEDIN,
    registry.FACEBOOK,
    registry.INSTAGRAM,
    registry.TWITTER,
    registry.YOUTUBE,
    registry.TIKTOK,
    registry.TELEGRAM,
    registry.THREADS,
)


@dataclass(frozen=True, slots=True)
class Social:
    """The site on one network."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site as its pages show it. The defaults are what pages are built with, before the server has spoken."""

    name: str = registry.SITE_NAME.default
    tagline_en: str = registry.TAGLINE_EN.default
    tagline_fr: str = registry.TAGLINE_FR.default
    contact_email: str = ""
    contact_phone: str = ""
    social: list[Social] = field(default_factory=list)
    brand_css: str = ""
    skills_least: int = registry.SKILLS_LEAST.default
    skills_most: int = registry.SKILLS_MOST.default


def shown() -> Site:
    """The site as it is now."""
    least, most = form.skills()
    return Site(
        name=value(registry.SITE_NAME),
        tagline_en=value(registry.TAGLINE_EN),
        tagline_fr=value(registry.TAGLINE_FR),
        contact_email=value(registry.CONTACT_EMAIL),
        contact_phone=value(registry.CONTACT_PHONE),
        social=[Social(one.label, value(one)) for one in SOCIAL if value(one)],
        brand_css=brand_css(),
        skills_least=least,
        skills_most=most,
    )


def brand_css() -> str:
    """A style sheet with the brand's shades, stronger than the one pages are built with; empty for its own color."""
    brand = value(registry.BRAND_COLOR)
    if brand == registry.BRAND_COLOR.default:
        return ""
    shades = colors.shades(brand)
    light, dark = (_declared(shades[mode]) for mode in ("light", "dark"))
    return (
        f":root:root{{{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:root:not(.light){{{dark}}}}}"
        f":root:root.dark{{{dark}}}"
    )


def _declared(shades: dict[str, str]) -> str:
    return "".join(f"--color-{name}:{color};" for name, color in shades.items())
