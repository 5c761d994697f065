"""Files that a reader gives us."""

from typing import Any, Literal

import reflex as rx

from talento.components.actions import button_class
from talento.components.modules import FileDrop
from talento.components.text import t

Kind = Literal["photo", "cv"]

PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"]
LOGO_TYPES = ["image/jpeg", "image/png", "image/webp"]
CV_TYPES = ["application/pdf", ".pdf", ".docx", ".doc"]
MEGABYTE = 1024 * 1024


def photo_drop(
    *, url: Any = "", most_mb: int = 8, kind: str = "photo", name: str = "photo", **props: Any
) -> rx.Component:
    """A portrait, cut to a square of 1024 px in the browser. on_done(id, name, url), on_remove()."""
    return file_drop(kind, types=PHOTO_TYPES, most_mb=most_mb, square=True, url=url, name=name, **props)


def cv_drop(*, file_name: Any = "", most_mb: int = 8, kind: str = "cv", name: str = "cv", **props: Any) -> rx.Component:
    """A CV. on_done(id, name, url), on_remove()."""
    return file_drop(kind, types=CV_TYPES, most_mb=most_mb, file_name=file_name, name=name, **props)


def logo_drop(*, url: Any = "", most_mb: int = 2, name: str = "logo", **props: Any) -> rx.Component:
    """A company's logo, kept whole. on_done(id, name, url), on_remove()."""
    words = {
        "rules": t("JPEG, PNG or WebP, up to {n} MB", n=most_mb),
        "drop": t("Drop the logo here, or choose it"),
        "preview": t("The logo"),
    }
    return file_drop("logo", types=LOGO_TYPES, most_mb=most_mb, url=url, name=name, words=words, whole=True, **props)


def file_drop(
    kind: str,
    *,
    types: list[str],
    most_mb: int,
    name: str,
    square: bool = False,
    words: dict[str, rx.Var] | None = None,
    **props: Any,
) -> rx.Component:
    """One file of some types, sent to `POST /files?kind=…`; the server's own word is final."""
    rules = (
        t("JPEG, PNG, GIF or WebP, up to {n} MB", n=most_mb) if square else t("PDF or Word, up to {n} MB", n=most_mb)
    )
    return FileDrop.create(
        kind=kind,
        accept=types,
        max_bytes=most_mb * MEGABYTE,
        square=square,
        input_id=name,
        main_class=button_class("primary", "sm"),
        button_class=button_class("secondary", "sm"),
        quiet_class=button_class("ghost", "sm"),
        texts=texts(square)
        | {"rules": rules, "tooBig": t("This file is larger than {n} MB.", n=most_mb)}
        | (words or {}),
        **props,
    )


def texts(square: bool) -> dict[str, rx.Var]:
    """What the file component says."""
    return {
        "drop": t("Drop a photo here, or choose one") if square else t("Drop your CV here, or choose it"),
        "choose": t("Choose a file"),
        "replace": t("Replace"),
        "camera": t("Take a photo"),
        "remove": t("Remove"),
        "present": t("File received"),
        "preview": t("Your photo"),
        "sending": t("Sending…"),
        "cancel": t("Cancel"),
        "retry": t("Try again"),
        "wrongType": t("This type of file is not accepted."),
        "broken": t("This picture cannot be read."),
        "offline": t("The connection was lost. Your file is still here."),
        "failed": t("The file was not accepted."),
        "cropTitle": t("Frame your photo"),
        "cropHelp": t("Drag to move, scroll or slide to zoom. Arrow keys, + and − work too."),
        "zoom": t("Zoom"),
        "turn": t("Turn"),
        "use": t("Use this photo"),
    }
