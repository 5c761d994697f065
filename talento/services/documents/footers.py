"""What stands at the foot of printed pages: the text that admins set, else the name of the site."""

from talento.services import preferences
from talento.services.preferences import registry


def of_lists() -> str:
    """At the foot of cast lists, contact sheets and hours."""
    return preferences.value(registry.LIST_FOOTER) or preferences.value(registry.SITE_NAME)


def of_cards() -> str:
    """At the foot of a talent's card and comp card."""
    return preferences.value(registry.CARD_FOOTER) or preferences.value(registry.SITE_NAME)
