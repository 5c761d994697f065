"""Where a reader can go."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from talento.components.modules import NativeForm, NavLink  # noqa: F401 - NativeForm is part of this family's face

INLINE = "font-medium text-brand-ink underline decoration-from-font underline-offset-2 hover:no-underline"


def anchor(*content: Any, href: str | rx.Var[str], external: bool = False, **props: Any) -> rx.Component:
    """A link without looks: within the app by default; `external` leaves it (files, mail, other sites)."""
    if external:
        return A.create(*content, href=href, **props)  # `rx.el.a` would ask the router, which knows no files
    return ReactRouterLink.create(*content, to=href, **props)


def text_link(*content: Any, href: str | rx.Var[str], external: bool = False, **props: Any) -> rx.Component:
    """A link within a sentence."""
    return anchor(*content, href=href, external=external, class_name=[INLINE, props.pop("class_name", "")], **props)


def web_link(url: str | rx.Var[str], *content: Any, **props: Any) -> rx.Component:
    """A page that somebody gave us: opened apart, without telling it where we come from. Source: security WEB-08."""
    return rx.el.a(
        *(content or (url,)), href=url, target="_blank", rel="noopener nofollow noreferrer", class_name=INLINE, **props
    )


def nav_link(*content: Any, href: str, end: bool = False, **props: Any) -> rx.Component:
    """A menu's link, which knows when it is the current page."""
    return NavLink.create(*content, to=href, end=end, **props)
