"""What every open page shows of the settings, whoever reads it: nothing here is for some eyes only."""

from dataclasses import dataclass

from talento.services.talents import form


@dataclass(frozen=True, slots=True)
class Site:
    """The site as its pages show it. The defaults are what pages are built with, before the server has spoken."""

    skills_least: int = 1
    skills_most: int = 5


def shown() -> Site:
    """The site as it is now."""
    least, most = form.skills()
    return Site(skills_least=least, skills_most=most)
