"""The page of a paired tablet; its behavior is in `assets/js/tablet.jsx`, which needs these words and no server."""

from typing import Any

import reflex as rx

from talento.components.desk import desk_texts
from talento.components.text import label, t
from talento.i18n import LANGUAGES
from talento.vocabulary.presence import Standing


class Tablet(rx.Component):
    library = "$/public/js/tablet.jsx"
    tag = "Tablet"
    lib_dependencies: list[str] = ["jsqr@1.4.0"]

    texts: rx.Var[dict[str, Any]]


def tablet(*tools: rx.Component) -> rx.Component:
    """The desks of a paired device, or its kiosk; `tools` stand in its bar."""
    return Tablet.create(*tools, texts=desk_texts() | _states() | _desk() | _kiosk() | {"refusals": _refusals()})


def _states() -> dict[str, Any]:
    return {
        "opening": t("Opening…"),
        "unreached": t("The server cannot be reached"),
        "unreachedMore": t(
            "This tablet has no copy of a desk yet. Connect it to a network once, and it works without one."
        ),
        "unpaired": t("This tablet is not paired"),
        "unpairedMore": t("An administrator makes a pairing code for it: scan it, or type it here."),
        "wiped": t("This device was revoked"),
        "wipedMore": t("Everything that was kept on it has been erased."),
        "ended": t("The time of this tablet is over"),
        "endedMore": t("Its copy has been erased. Scans that were not sent yet stay until the server has answered."),
        "pair": t("Pair this tablet"),
    }


def _desk() -> dict[str, Any]:
    return {
        "online": t("Online"),
        "sending": t("Sending · {n}", n="{n}"),
        "offline": t("Offline"),
        "offlineWaiting": t("Offline · {n} waiting", n="{n}"),
        "copyOf": t("List of {time}", time="{time}"),
        "old": t("This list is old: the server was last reached on {when}.", when="{when}"),
        "notDurable": t("This address is not secure (https): scans are kept only while this page stays open."),
        "notTaken": t("The server does not take scans of this tablet now. They are kept and tried again."),
        "own": t("Kept on this tablet, not sent yet"),
        "unchecked": t("The signature could not be checked on this device"),
        "judged": t("The server decided otherwise than this tablet"),
        "seen": t("Seen"),
        "search": t("Search the sheet"),
        "sheet": t("Sheet of the day"),
        "counts": t("Counts of the day"),
        "called": t("Called {time}", time="{time}"),
        "nothing": t("Nobody answers to this."),
        "empty": t("Nobody is assigned to this project yet."),
        "noCopy": t("The list of this desk comes with the first connection. Scans are kept meanwhile."),
        "gone": t("This desk is not open to this tablet any more."),
        "choose": t("Choose a desk"),
        "leave": t("Other desk"),
        "completed": t("completed"),
        "noProjects": t("No desk is open to this tablet yet."),
        "languages": LANGUAGES,
        "standings": {one.value: label(one) for one in Standing},
    }


def _kiosk() -> dict[str, Any]:
    return {
        "show": t("Show your badge to the camera"),
        "kioskNone": t("This device has no camera. Use the hand-held scanner."),
        "lock": t("Lock as a kiosk"),
        "leaveKiosk": t("Leave the kiosk"),
        "pin": t("PIN of this tablet"),
        "pinOffline": t("Without a network the kiosk cannot be left: the server checks the PIN."),
        "unlock": t("Leave"),
        "back": t("Delete the last digit"),
        "cancel": t("Cancel"),
    }


def _refusals() -> dict[str, Any]:
    """The sentences of `services/presence/desk.py` and `services/badges/signature.py`."""
    return {
        "tooLong": t("This is far too long to be a code."),
        "notSigned": t("This is not a signed badge."),
        "forged": t("This badge is not genuine: its signature is wrong."),
        "expired": t("This badge has expired."),
        "revoked": t("This badge was revoked."),
        "suspended": t("{name} is suspended.", name="{name}"),
        "otherProject": t("This badge belongs to another project."),
        "nobody": t("Nobody has this code."),
    }
