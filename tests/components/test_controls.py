"""What the kit promises of its controls."""

import re
from pathlib import Path

import pytest
import reflex as rx

from talento import i18n
from talento.components import choices, fields, overlays
from talento.components.actions import button
from talento.components.icons import icon
from talento.components.links import NativeForm, web_link

KIT = Path(fields.__file__).parent
SCRIPTS = KIT.parents[1] / "assets" / "js"


def test_a_native_form_is_posted_by_the_browser() -> None:
    shown = str(NativeForm.create(button("Sign out", type="submit"), action="/auth/sign-out", method="post"))

    assert 'action:"/auth/sign-out"' in shown
    assert 'method:"post"' in shown
    assert "onSubmit" not in shown


def test_a_field_ties_its_label_hint_and_error_to_the_control() -> None:
    shown = str(fields.field("E-mail", fields.email_input("email"), hint="Yours.", error="Not an address."))

    assert 'htmlFor:"email"' in shown
    assert '"aria-describedby":"email-error email-hint"' in shown
    assert '"aria-invalid":true' in shown
    assert 'id:"email-error"' in shown and 'id:"email-hint"' in shown


@pytest.mark.parametrize(
    "control",
    [
        fields.text_input("city", value=rx.Var("state.city", _var_type=str)),
        fields.textarea("bio", value="…"),
        fields.live_text_input("q", "Search"),
        fields.number_input("height", value=rx.Var("state.height", _var_type=int), unit="cm"),
    ],
)
def test_no_typed_text_waits_for_the_server(control: rx.Component) -> None:
    assert "DebounceInput" not in str(control)


def test_a_combobox_offers_what_is_not_in_its_list() -> None:
    shown = str(choices.combobox("city", options=[], free={"value": "-", "label": "My city is not listed"}))

    assert "My city is not listed" in shown


def test_a_confirmation_closes_when_confirmed() -> None:
    shown = str(overlays.confirm("Remove?", "For ever.", trigger=button("Remove"), yes=button("Yes")))

    assert shown.count('"data-close":""') == 3


def test_a_link_that_somebody_gave_us_says_nothing_of_where_it_is() -> None:
    assert 'rel:"noopener nofollow noreferrer"' in str(web_link("https://example.org"))


def test_an_arrow_is_mirrored_from_right_to_left() -> None:
    assert "mirrored" in str(icon("arrow-right"))
    assert "mirrored" not in str(icon("arrow-up"))


def test_the_browser_speaks_the_languages_of_the_server() -> None:
    script = (SCRIPTS / "locale.js").read_text("utf-8")

    assert re.findall(r'SPOKEN = \["(\w+)", "(\w+)"\]', script) == [tuple(i18n.LANGUAGES)]
    assert f'COOKIE = "{i18n.COOKIE}"' in script


@pytest.mark.parametrize("script", sorted(SCRIPTS.iterdir()), ids=lambda file: file.name)
def test_our_scripts_need_no_relaxed_content_policy(script: Path) -> None:
    source = script.read_text("utf-8")

    assert not re.search(r"\beval\(|new Function|innerHTML|dangerouslySetInnerHTML|https?://", source)


@pytest.mark.parametrize("module", sorted(KIT.glob("*.py")), ids=lambda file: file.name)
def test_the_kit_names_no_colour_and_no_physical_side(module: Path) -> None:
    if module.name == "tokens.py":
        return
    source = module.read_text("utf-8")

    assert not re.search(r"#[0-9a-fA-F]{6}\b", source)
    assert not re.search(
        r"[\"' ](?:[a-z-]+:)*(?:ml|mr|pl|pr|left|right|text-left|text-right|border-l|border-r)-[\d\[]", source
    )
