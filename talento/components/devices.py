"""Signed-in browsers."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.icons import icon
from talento.components.text import ago, t
from talento.services.sessions import SessionView


def device_list(devices: Any, end: Any) -> rx.Component:
    """Each with what it is and when it was seen; `end(id)` signs it out."""
    return rx.el.ul(rx.foreach(devices, lambda device: _device(device, end)), class_name="divide-y divide-line")


def _device(device: rx.Var[SessionView], end: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("monitor", 20), class_name="mt-0.5 text-faint"),
        rx.el.div(
            rx.el.p(
                rx.cond(device.agent, device.agent, t("Unknown device")),
                class_name="line-clamp-2 text-sm font-medium break-words",
            ),
            rx.el.p(device.ip, " · ", t("last seen"), " ", ago(device.seen_at), class_name="mt-0.5 text-xs text-muted"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            device.is_current,
            badge(t("This device"), tone="success"),
            button(t("Sign out"), tone="ghost", size="sm", on_click=end(device.id)),
        ),
        class_name="flex items-start gap-3 py-4 first:pt-0 last:pb-0",
        key=device.id.to(str),
    )
