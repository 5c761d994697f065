"""The few components whose behaviour is ours, in `assets/js/`. Small React modules, no dependency, no `eval`."""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.forms import BaseInput
from reflex_components_core.react_router.dom import ReactRouterLink

TEXT_GIVEN = passthrough_event_spec(str)
TICK_GIVEN = passthrough_event_spec(bool)


class NativeForm(BaseHTML):
    """A form that the browser itself posts (`rx.el.form` always prevents that)."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]
    no_validate: rx.Var[bool]
    auto_complete: rx.Var[str]


class NavLink(ReactRouterLink):
    """A link within the site that says when it is the current page (`aria-current`)."""

    tag = "NavLink"
    alias = "NavLink"

    end: rx.Var[bool]


class LocaleSync(rx.Component):
    library = "$/public/js/locale.js"
    tag = "LocaleSync"

    language: rx.Var[str]


class Sent:
    """A control whose form sends what the browser has of it; the framework's own reference to it would hide that."""

    def get_ref(self) -> str | None:
        return None


class FollowedInput(Sent, BaseInput):
    library = "$/public/js/input.jsx"
    tag = "FollowedInput"

    value: rx.Var[Any]
    on_change: rx.EventHandler[TEXT_GIVEN]
    on_blur: rx.EventHandler[TEXT_GIVEN]
    on_enter: rx.EventHandler[TEXT_GIVEN]


class PasswordInput(FollowedInput):
    tag = "PasswordInput"

    show: rx.Var[str]
    hide: rx.Var[str]
    button_class: rx.Var[str]
    wrap_class: rx.Var[str]


class SearchBox(BaseInput):
    library = "$/public/js/input.jsx"
    tag = "SearchBox"

    value: rx.Var[Any]
    clear: rx.Var[str]
    shortcut: rx.Var[str]
    wrap_class: rx.Var[str]
    button_class: rx.Var[str]
    hint_class: rx.Var[str]
    on_change: rx.EventHandler[TEXT_GIVEN]


class PhoneInput(BaseInput):
    library = "$/public/js/input.jsx"
    tag = "PhoneInput"

    value: rx.Var[Any]
    prefixes: rx.Var[Any]
    country: rx.Var[Any]
    prefix_label: rx.Var[str]
    wrap_class: rx.Var[str]
    select_class: rx.Var[str]
    on_change: rx.EventHandler[TEXT_GIVEN]
    on_blur: rx.EventHandler[TEXT_GIVEN]


class FollowedTick(BaseInput):
    library = "$/public/js/input.jsx"
    tag = "FollowedTick"

    value: rx.Var[Any]
    on_change: rx.EventHandler[TICK_GIVEN]


class FollowedRadio(BaseInput):
    library = "$/public/js/input.jsx"
    tag = "FollowedRadio"

    value: rx.Var[Any]
    chosen: rx.Var[Any]
    on_change: rx.EventHandler[TEXT_GIVEN]


class FollowedSelect(Sent, BaseHTML):
    library = "$/public/js/input.jsx"
    tag = "FollowedSelect"

    value: rx.Var[Any]
    name: rx.Var[str]
    required: rx.Var[bool]
    disabled: rx.Var[bool]
    auto_complete: rx.Var[str]
    on_change: rx.EventHandler[TEXT_GIVEN]


class FollowedTextarea(Sent, BaseHTML):
    library = "$/public/js/input.jsx"
    tag = "FollowedTextarea"

    value: rx.Var[Any]
    name: rx.Var[str]
    rows: rx.Var[int]
    placeholder: rx.Var[str]
    required: rx.Var[bool]
    disabled: rx.Var[bool]
    limit: rx.Var[int]
    left: rx.Var[str]
    counter_class: rx.Var[str]
    counter_id: rx.Var[str]
    on_change: rx.EventHandler[TEXT_GIVEN]
    on_blur: rx.EventHandler[TEXT_GIVEN]


class Combobox(BaseHTML):
    library = "$/public/js/combobox.jsx"
    tag = "Combobox"

    options: rx.Var[Any]
    value: rx.Var[Any]
    free: rx.Var[dict[str, str]]
    name: rx.Var[str]
    placeholder: rx.Var[str]
    nothing: rx.Var[str]
    more: rx.Var[str]
    clear: rx.Var[str]
    wrap_class: rx.Var[str]
    required: rx.Var[bool]
    disabled: rx.Var[bool]
    on_change: rx.EventHandler[TEXT_GIVEN]


class FileDrop(rx.Component):
    library = "$/public/js/file_drop.jsx"
    tag = "FileDrop"

    kind: rx.Var[str]
    url: rx.Var[Any]
    file_name: rx.Var[Any]
    accept: rx.Var[list[str]]
    max_bytes: rx.Var[int]
    square: rx.Var[bool]
    whole: rx.Var[bool]
    disabled: rx.Var[bool]
    draft: rx.Var[str]
    input_id: rx.Var[str]
    main_class: rx.Var[str]
    button_class: rx.Var[str]
    quiet_class: rx.Var[str]
    texts: rx.Var[dict[str, Any]]
    on_done: rx.EventHandler[passthrough_event_spec(str, str, str)]
    on_remove: rx.EventHandler[rx.event.no_args_event_spec]


class Overlay(BaseHTML):
    library = "$/public/js/overlay.jsx"
    tag = "Overlay"

    open: rx.Var[bool]
    label: rx.Var[str]
    title_id: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class Opener(BaseHTML):
    library = "$/public/js/overlay.jsx"
    tag = "Opener"

    target: rx.Var[str]


class Menu(BaseHTML):
    library = "$/public/js/overlay.jsx"
    tag = "Menu"


class PageFocus(rx.Component):
    library = "$/public/js/page.jsx"
    tag = "PageFocus"


class Roving(BaseHTML):
    library = "$/public/js/page.jsx"
    tag = "Roving"

    pick: rx.Var[str]


class CopyButton(BaseHTML):
    library = "$/public/js/page.jsx"
    tag = "CopyButton"

    text: rx.Var[str]
    copied: rx.Var[str]


class Toaster(rx.Component):
    library = "$/public/js/toaster.jsx"
    tag = "Toaster"

    messages: rx.Var[Any]
    label: rx.Var[str]
    dismiss: rx.Var[str]


class Countdown(BaseHTML):
    """Minutes and seconds until an instant; then its children."""

    library = "$/public/js/countdown.jsx"
    tag = "Countdown"

    until: rx.Var[str]


class NavToggle(BaseHTML):
    library = "$/public/js/page.jsx"
    tag = "NavToggle"


class FocusOn(rx.Component):
    """Moves the focus to the first element that `target` finds, whenever `signal` changes."""

    library = "$/public/js/page.jsx"
    tag = "FocusOn"

    signal: rx.Var[Any]
    target: rx.Var[str]


class Lightbox(BaseHTML):
    """Whatever in it carries `data-photo` (an address) opens large; arrow keys and swipes go through all of them."""

    library = "$/public/js/lightbox.jsx"
    tag = "Lightbox"

    texts: rx.Var[dict[str, Any]]


class Gallery(rx.Component):
    """Photos in an order: several sent at once, moved by drag or by keyboard, each with what it shows."""

    library = "$/public/js/gallery.jsx"
    tag = "Gallery"

    photos: rx.Var[Any]
    categories: rx.Var[Any]
    most: rx.Var[int]
    max_bytes: rx.Var[int]
    accept: rx.Var[list[str]]
    draft: rx.Var[str]
    input_id: rx.Var[str]
    button_class: rx.Var[str]
    quiet_class: rx.Var[str]
    select_class: rx.Var[str]
    texts: rx.Var[dict[str, Any]]
    on_done: rx.EventHandler[passthrough_event_spec(str, str, str)]
    on_remove: rx.EventHandler[TEXT_GIVEN]
    on_place: rx.EventHandler[passthrough_event_spec(str, int)]
    on_name: rx.EventHandler[passthrough_event_spec(str, str)]


class SettingInput(Sent, BaseInput):
    """The control of a setting: on_save(text, the revision shown when the typing began). A new `turn` shows `value`."""

    library = "$/public/js/setting.jsx"
    tag = "SettingInput"

    value: rx.Var[Any]
    revision: rx.Var[int]
    turn: rx.Var[int]
    lines: rx.Var[int]
    on_save: rx.EventHandler[passthrough_event_spec(str, int)]


class Insert(BaseHTML):
    """A button that writes `text` where the cursor was last, in a control with `data-words`, else in `target`."""

    library = "$/public/js/words.jsx"
    tag = "Insert"

    text: rx.Var[str]
    target: rx.Var[str]


class Unsaved(rx.Component):
    """The browser asks before the page is left, `when` something is not saved."""

    library = "$/public/js/words.jsx"
    tag = "Unsaved"

    when: rx.Var[bool]


class FactorTask(rx.Component):
    """Something about a second factor that `path` does; with `confirm`, an app is set up and proved by a code; with
    `makes`, this device makes a passkey of the site at `origin`."""

    library = "$/public/js/factor.jsx"
    tag = "FactorTask"

    path: rx.Var[str]
    confirm: rx.Var[str]
    makes: rx.Var[bool]
    origin: rx.Var[str | None]
    next: rx.Var[str]
    opens_at_once: rx.Var[bool]
    texts: rx.Var[dict[str, Any]]
    look: rx.Var[dict[str, Any]]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class PasskeyButton(rx.Component):
    """Asks for a passkey of the site at `origin`; not there where this browser has no use for one."""

    library = "$/public/js/passkey.jsx"
    tag = "PasskeyButton"

    origin: rx.Var[str | None]
    path: rx.Var[str]
    next: rx.Var[str]
    suggests: rx.Var[bool]
    texts: rx.Var[dict[str, Any]]
    look: rx.Var[dict[str, Any]]


class ProofDialog(BaseHTML):
    """Asks for a proof when `asked`, or before a link with `data-proof` is followed."""

    library = "$/public/js/factor.jsx"
    tag = "ProofDialog"

    asked: rx.Var[bool]
    origin: rx.Var[str | None]
    title: rx.Var[str]
    text: rx.Var[str]
    texts: rx.Var[dict[str, Any]]
    look: rx.Var[dict[str, Any]]
    on_proved: rx.EventHandler[rx.event.no_args_event_spec]
    on_dropped: rx.EventHandler[rx.event.no_args_event_spec]
