"""A paired tablet: works without a session, and without a network."""

import reflex as rx

from talento.components import tablet as components
from talento.components.shells import theme_switch


def tablet() -> rx.Component:
    """The desks or the kiosk of this device."""
    return components.tablet(theme_switch())
