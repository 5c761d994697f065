"""Forms that our own HTTP routes answer: sign-in and passwords, where a cookie has to be set."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from talento.components.text import t

REFUSED = "rounded-control border border-danger/30 bg-danger-soft px-4 py-3 text-sm text-danger-ink"
ACCEPTED = "rounded-control border border-success/30 bg-success-soft px-4 py-3 text-sm text-success-ink"


class PostForm(BaseHTML):
    library = "$/public/js/post_form.jsx"
    tag = "PostForm"

    action: rx.Var[str]
    failed: rx.Var[str]
    alert_class: rx.Var[str]
    done_class: rx.Var[str]


def post_form(*fields: rx.Component, action: str, **props: object) -> rx.Component:
    """Sends its fields to `action` and shows what comes back; nothing typed is lost when it is refused."""
    return PostForm.create(
        *fields,
        action=action,
        failed=t("The server can't be reached. What you typed is still here: please try again."),
        alert_class=REFUSED,
        done_class=ACCEPTED,
        class_name="flex flex-col gap-5",
        **props,
    )
