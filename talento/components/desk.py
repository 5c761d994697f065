"""The presence desk: the scanner (its behavior is in `assets/js/desk.jsx`), and what stands on its sheet."""

from typing import Any

import reflex as rx

from talento.components.badges import badge
from talento.components.casting import worded_choice
from talento.components.text import number, t, time
from talento.vocabulary.presence import Standing

STANDINGS = {
    Standing.EXPECTED: "neutral",
    Standing.HERE: "success",
    Standing.LEFT: "info",
    Standing.LATE: "warning",
    Standing.NO_SHOW: "danger",
}
COUNT = (
    "flex min-h-20 min-w-0 flex-col items-center justify-center rounded-card border-2 border-line bg-surface px-0 py-2 "
    "text-ink transition-colors hover:border-control aria-pressed:border-brand aria-pressed:bg-brand-soft sm:px-1"
)
INK = {
    Standing.EXPECTED: "text-ink",
    Standing.HERE: "text-success-ink",
    Standing.LEFT: "text-info-ink",
    Standing.LATE: "text-warning-ink",
    Standing.NO_SHOW: "text-danger-ink",
}


class Desk(rx.NoSSRComponent):
    library = "$/public/js/desk.jsx"
    tag = "Desk"
    lib_dependencies: list[str] = ["jsqr@1.4.0"]

    code: rx.Var[str]
    zone: rx.Var[str]
    people: rx.Var[Any]
    is_open: rx.Var[bool]
    texts: rx.Var[dict[str, Any]]


def scanner(*, code: Any, zone: Any, people: Any, is_open: Any) -> rx.Component:
    """Scans by camera, hand-held scanner and typing, sent over HTTP; the answer fills the screen."""
    return Desk.create(code=code, zone=zone, people=people, is_open=is_open, texts=desk_texts())


def desk_texts() -> dict[str, Any]:
    """What a desk says."""
    return {
        "camera": t("What the camera sees"),
        "start": t("Scan with the camera"),
        "starting": t("Opening the camera…"),
        "retry": t("Try again"),
        "closed": t("No scans: this project is completed"),
        "denied": t("The camera is not allowed here. Allow it in the browser's settings, or scan by hand."),
        "none": t("This device has no camera. Use a hand-held scanner, or type a name or a code."),
        "insecure": t("The camera needs a secure address (https). Type, or use a hand-held scanner."),
        "failed": t("The camera could not be opened. Another program may be using it."),
        "torch": t("Torch"),
        "change": t("Other camera"),
        "sound": t("Sound"),
        "stop": t("Close the camera"),
        "type": t("Name or code"),
        "waiting": t("Not sent yet · {n}", n="{n}"),
        "away": t("The network is away. Go on scanning: everything is kept on this device and sent once it is back."),
        "awayOpen": t(
            "The network is away. Go on scanning and leave this page open: everything is sent once it is back."
        ),
        "signedOut": t("You were signed out. What waits is kept on this device: sign in again, and it is sent."),
        "in": t("In"),
        "out": t("Out"),
        "repeated": t("Scanned already"),
        "refused": t("Not accepted"),
        "pending": t("Noted, not sent yet"),
        "since": t("At {time}", time="{time}"),
        "sinceBy": t("At {time}, by {name}", time="{time}", name="{name}"),
        "worked": t("{h} h {m} min on set", h="{h}", m="{m}"),
    }


def count_button(standing: Standing, counts: Any, chosen: Any, on_choose: Any) -> rx.Component:
    """How many stand so today; pressed, the sheet shows only them."""
    return rx.el.button(
        rx.el.span(number(counts[standing.value]), class_name=f"text-3xl font-bold tabular-nums {INK[standing]}"),
        rx.el.span(
            worded_choice(Standing, standing.value),
            class_name="max-w-full truncate text-2xs tracking-tight text-muted sm:text-sm sm:tracking-normal",
        ),
        type="button",
        aria_pressed=chosen == standing.value,
        on_click=on_choose(standing.value),
        class_name=COUNT,
        custom_attrs={"data-count": standing.value},
    )


def standing_badge(standing: Any) -> rx.Component:
    """Where somebody stands."""
    tone = rx.match(standing, *((one.value, tone) for one, tone in STANDINGS.items()), "neutral").to(str)
    return badge(worded_choice(Standing, standing), tone=tone, dot=True)


def stay_times(stay: Any, zone: Any) -> rx.Component:
    """From when to when somebody was there."""
    return rx.el.span(
        time(stay.arrived_at, zone),
        " – ",
        rx.cond(
            stay.left_at,
            time(stay.left_at, zone),
            rx.cond(stay.is_overdue, rx.el.span("?", class_name="font-semibold text-warning-ink"), "…"),
        ),
        class_name="whitespace-nowrap tabular-nums",
    )
