"""What every open page shows of the settings, whoever reads it: nothing here is for some eyes only."""

from dataclasses import dataclass, field

from talento import clock
from talento.errors import NotFound
from talento.models.files import StoredFile
from talento.services import announcement, ceremonies, legal
from talento.services.announcement import Announcement
from talento.services.cinema import register as cinema
from talento.services.preferences import Preference, colors, registry, value
from talento.services.talents import form, register
from talento.services.uploads.store import Content, FileKind, content
from talento.services.work import Work

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
    logo_url: str = ""
    is_logo_alone: bool = False
    announcement: Announcement = announcement.SILENCE
    is_read_only: bool = False
    is_general_open: bool = True
    is_cinema_open: bool = True
    has_notice: bool = False
    draft_days: int = registry.DRAFT_DAYS.default
    home_title_en: str = registry.HOME_TITLE_EN.default
    home_title_fr: str = registry.HOME_TITLE_FR.default
    description_en: str = registry.DESCRIPTION_EN.default
    description_fr: str = registry.DESCRIPTION_FR.default
    is_findable: bool = True
    skills_least: int = registry.SKILLS_LEAST.default
    skills_most: int = registry.SKILLS_MOST.default
    passkey_origin: str | None = None


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
        logo_url=logo_url(),
        is_logo_alone=value(registry.LOGO_ALONE),
        announcement=announcement.announced(clock.now()),
        is_read_only=value(registry.READ_ONLY),
        is_general_open=register.REGISTRATION.is_open(),
        is_cinema_open=cinema.REGISTRATION.is_open(),
        has_notice=legal.written("notice"),
        draft_days=value(registry.DRAFT_DAYS),
        home_title_en=value(registry.HOME_TITLE_EN),
        home_title_fr=value(registry.HOME_TITLE_FR),
        description_en=value(registry.DESCRIPTION_EN),
        description_fr=value(registry.DESCRIPTION_FR),
        is_findable=value(registry.FINDABLE),
        skills_least=least,
        skills_most=most,
        passkey_origin=ceremonies.origin(),
    )


def logo_url() -> str:
    """The address of the logo, another one for each picture; empty without one."""
    file_id = value(registry.LOGO)
    return f"/site/logo/{file_id}" if file_id else ""


def logo(work: Work, file_id: str) -> Content:
    """The logo that is shown now, for everybody.

    Raises:
        NotFound: it is another one, or there is none.
    """
    row = work.session.get(StoredFile, file_id) if file_id == value(registry.LOGO) else None
    if row is None or row.kind != FileKind.LOGO:
        raise NotFound("There is no such file.")
    return content(row, "medium")


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
