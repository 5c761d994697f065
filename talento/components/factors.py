"""Second factors: setting an app up, keeping recovery codes, proving again who one is."""

from typing import Any

import reflex as rx

from talento.components.actions import button_class
from talento.components.fields import LINE
from talento.components.forms import REFUSED
from talento.components.modules import FactorTask, PasskeyButton, ProofDialog
from talento.components.overlays import DIALOG
from talento.components.text import Text, t
from talento.state.proof import ProofState
from talento.state.site import SiteState

LOOK = {
    "primary": button_class("primary"),
    "secondary": button_class("secondary"),
    "quiet": button_class("ghost"),
    "danger": button_class("danger"),
    "input": f"{LINE} sm:max-w-80",
    "alert": REFUSED,
}


ORIGIN = SiteState.shown.passkey_origin

PROVED = {"data-proof": ""}
"""Of a link to a file that needs a fresh proof: it is asked for before the download begins."""


def proof_dialog() -> rx.Component:
    """Asks who the reader is, above every page, when a download or something that was asked of the server needs it."""
    return ProofDialog.create(
        asked=ProofState.is_asked,
        origin=ORIGIN,
        title=t("Is it you?"),
        text=t("This needs a fresh proof. What you asked for then goes on by itself."),
        texts=texts(t("Go on")),
        look=LOOK,
        class_name=DIALOG,
        on_proved=ProofState.proved,
        on_dropped=ProofState.dropped,
    )


def app_setup(start: Text, *, is_entering: bool = False, **props: Any) -> rx.Component:
    """Scans, types a first code, keeps the recovery codes; `is_entering`: on the way in, where it is required."""
    path = "/auth/enroll" if is_entering else "/auth/factor"
    done = t("I have kept them, go on") if is_entering else t("I have kept them")
    said = texts(start) | {
        "picture": t("QR code for the app"),
        "scan": t(
            "Scan this with an app that shows codes, such as Aegis, 2FAS, Google Authenticator or a password manager."
        ),
        "open": t("Open it in an app on this device"),
        "key": t("Or type this key into the app:"),
        "code": t("Code that the app shows"),
        "codeHint": t("Six digits; they change every 30 seconds."),
        "turnOn": t("Confirm"),
        "done": done,
    }
    return FactorTask.create(
        path=path, confirm=f"{path}/confirm", origin=ORIGIN, opens_at_once=is_entering, texts=said, look=LOOK, **props
    )


def passkey_setup(start: Text, *, is_entering: bool = False, **props: Any) -> rx.Component:
    """Has this device make a passkey; `is_entering`: on the way in, where a second factor is required."""
    path = "/auth/passkey/enroll" if is_entering else "/auth/passkey/add"
    done = {"done": t("I have kept them, go on")} if is_entering else {}
    return FactorTask.create(path=path, makes=True, origin=ORIGIN, texts=texts(start) | done, look=LOOK, **props)


def passkey_button(*above: Any, path: str, use: Text, **props: Any) -> rx.Component:
    """Sends the answer of a passkey to `path`, and goes where that says. `instead`: said where none can be used."""
    said = {"use": use, "instead": props.pop("instead", "")}
    look = {"alert": REFUSED, "button": f"{button_class('secondary', 'lg')} w-full max-sm:px-3 max-sm:text-sm"}
    return PasskeyButton.create(*above, path=path, origin=ORIGIN, texts=passkey_texts() | said, look=look, **props)


def either_line() -> rx.Component:
    """Between two ways to the same end."""
    return rx.el.div(
        rx.el.span(class_name="h-px flex-1 bg-line"),
        rx.el.span(t("or")),
        rx.el.span(class_name="h-px flex-1 bg-line"),
        class_name="flex items-center gap-3 text-xs text-muted",
    )


def factor_task(path: str, start: Text, sure: Text, **props: Any) -> rx.Component:
    """A change of the second factor that is asked about first: `sure` says what it does."""
    return FactorTask.create(path=path, origin=ORIGIN, texts=texts(start) | {"sure": sure}, look=LOOK, **props)


def texts(start: Text) -> dict[str, Any]:
    """What all of them say."""
    return {
        "start": start,
        "proof": t("Password"),
        "proofHint": t("To make sure that it is you. A code of your second factor does as well."),
        "prove": t("Go on"),
        "cancel": t("Cancel"),
        "codesTitle": t("Your recovery codes"),
        "codesText": t(
            "Each opens your account once if you lose the app or the passkey. They are shown only now: print them or "
            "keep them in a safe place."
        ),
        "download": t("Download"),
        "copy": t("Copy"),
        "copied": t("Copied"),
        "done": t("I have kept them"),
        **passkey_texts(),
    }


def passkey_texts() -> dict[str, Any]:
    """What goes with asking for a passkey."""
    return {
        "use": t("Use a passkey"),
        "cancelled": t("That was cancelled, or took too long. Please try again."),
        "isThere": t("This device has a passkey of your account already."),
        "unavailable": t("This browser can't use passkeys at this address. Try another browser or device."),
        "failed": t("The server can't be reached. What you typed is still here: please try again."),
    }
