"""The small application that the edge is tested with."""

import os

import reflex as rx

config = rx.Config(
    app_name="edgeapp",
    cors_allowed_origins=os.environ.get("EDGE_ORIGINS", "*").split(","),
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    telemetry_enabled=False,
    frontend_compression_formats=["gzip", "brotli"],
    show_built_with_reflex=False,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
