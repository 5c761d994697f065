"""The site as every page shows it, visitors' too; a changed setting is seen in every open tab at once."""

import reflex as rx

from talento.services import site
from talento.services.preferences.cache import TOPIC
from talento.services.site import Site
from talento.state import live
from talento.state.doors import PUBLIC, event


class SiteState(rx.State):
    """What the settings say to everybody."""

    shown: Site = Site()

    @event(PUBLIC)
    async def refreshed(self, topic: str, keys: list[int]):
        """A setting changed."""
        self._read()

    def _open(self) -> None:
        """Show it, and follow it from now on."""
        live.subscribe(self, TOPIC, SiteState.refreshed)
        self._read()

    def _read(self) -> None:
        now = site.shown()
        if now != self.shown:
            self.shown = now
