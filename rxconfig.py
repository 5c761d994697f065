"""How Reflex is told to run: closed to strangers, silent to its makers, one build for every address."""

import reflex as rx

from talento.components.tokens import TAILWIND
from talento.settings import settings

_settings = settings()

config = rx.Config(
    app_name="talento",
    cors_allowed_origins=_settings.origins,
    transport="websocket",
    state_manager_mode=rx.constants.StateManagerMode.REDIS
    if _settings.redis_url
    else rx.constants.StateManagerMode.MEMORY,
    redis_url=_settings.redis_url or None,
    redis_token_expiration=8 * 3600,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["gzip", "brotli"],
    default_color_mode="system",
    plugins=[rx.plugins.TailwindV4Plugin(TAILWIND)],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
