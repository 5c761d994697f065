"""Every component in every state (development only). What is not shown here is not part of the kit."""

from typing import Any

import reflex as rx

from talento.components import (
    badges,
    choices,
    facets,
    feedback,
    fields,
    files,
    navigation,
    overlays,
    progress,
    shells,
    surfaces,
)
from talento.components.actions import button, copy_button, icon_button, link_button
from talento.components.shells import MenuItem, Reader, app_shell, screen
from talento.components.tables import Column, data_table
from talento.components.text import ago, date, moment, number, plural, t

ROUTE = "/kit"
TITLE = "Kit"

ITEMS = [
    MenuItem("home", "Home", "house", "/kit", is_tab=True),
    MenuItem("talents", "Talents", "users", "/talents", "search", "Casting", is_tab=True),
    MenuItem("projects", "Projects", "clapperboard", "/projects", "search", "Casting", is_tab=True),
    MenuItem("presence", "Presence", "scan-line", "/presence", "presence", "On set", is_tab=True),
    MenuItem("settings", "Settings", "settings", "/settings", "admin", "Administration"),
    MenuItem("logs", "Logs", "scroll-text", "/logs", "nobody", "Administration"),
]
READER = Reader("Awa Diop", "Admin", permissions=["search", "presence", "admin"])
PEOPLE = rx.Var.create(
    [
        {"code": "MAM0001RAB", "name": "Youssef El Amrani", "city": "Rabat", "score": 92, "status": "success"},
        {"code": "MAF0002CAS", "name": "Nadia Berrada", "city": "Casablanca", "score": 67, "status": "warning"},
        {"code": "SNF0003DAK", "name": "Awa Diop", "city": "Dakar", "score": 31, "status": "neutral"},
        {
            "code": "FRN0004PAR",
            "name": "Zoé Lefèvre-Montalembert de la Tour",
            "city": "Paris",
            "score": 8,
            "status": "danger",
        },
    ]
).to(list[dict[str, Any]])
COUNTRIES = [
    {"value": "MA", "label": "Morocco", "hint": "+212"},
    {"value": "FR", "label": "France", "hint": "+33"},
    {"value": "SN", "label": "Senegal", "hint": "+221"},
    {"value": "CI", "label": "Côte d’Ivoire", "hint": "+225"},
    {"value": "DZ", "label": "Algeria", "hint": "+213"},
    {"value": "TN", "label": "Tunisia", "hint": "+216"},
]
PREFIXES = [{"value": one["value"], "prefix": one["hint"], "label": one["label"]} for one in COUNTRIES]
SKILLS = [
    {"value": word.lower(), "label": word} for word in ("Acting", "Dance", "Riding", "Stunts", "Singing", "Voice-over")
]
VALUES = rx.Var.create(
    [
        {"value": "casablanca", "label": "Casablanca", "count": 12840, "is_on": True},
        {"value": "rabat", "label": "Rabat", "count": 5210, "is_on": False},
        {"value": "ouarzazate", "label": "Ouarzazate", "count": 873, "is_on": False},
        {"value": "dakhla", "label": "Dakhla", "count": 0, "is_on": False},
    ]
).to(list[dict[str, Any]])
CHOSEN = rx.Var.create(
    [
        {"facet": "city", "value": "casablanca", "label": "Casablanca"},
        {"facet": "skill", "value": "stunts", "label": "Stunts"},
    ]
).to(list[dict[str, Any]])
STEPS = [
    progress.Step(f"s{n}", title)
    for n, title in enumerate(
        (
            "Account",
            "Identity",
            "Contact",
            "Appearance",
            "Skills",
            "Languages",
            "Experience",
            "Media",
            "Rates",
            "Review",
        ),
        1,
    )
]
MESSAGES = rx.Var.create(
    [
        {"id": "k1", "tone": "success", "text": "Saved.", "detail": ""},
        {"id": "k2", "tone": "error", "text": "The file was refused.", "detail": "It is larger than 8 MB."},
    ]
).to(list[dict[str, str]])


def nothing(*_: Any) -> Any:
    """An event that does nothing: the kit has no state."""
    return rx.noop()


def kit() -> rx.Component:
    """The page."""
    return app_shell(
        screen(
            "Component kit",
            surfaces.stack(
                buttons(),
                inputs(),
                choosing(),
                uploading(),
                surfaced(),
                small(),
                moving(),
                table(),
                narrowing(),
                answers(),
                over(),
                words(),
                gap="gap-6",
            ),
            text="Every component in every state, in light and dark, from 360 to 1440 px.",
            actions=rx.fragment(button("Secondary", tone="secondary"), button("Primary", before="plus")),
            trail=[("Home", "/"), ("Kit", "")],
        ),
        items=ITEMS,
        reader=READER,
    )


def buttons() -> rx.Component:
    tones = ("primary", "secondary", "ghost", "danger", "accent")
    return surfaces.panel(
        "Buttons",
        surfaces.stack(
            *(
                surfaces.row(*(button(tone.title(), tone=tone, size=size) for tone in tones))
                for size in ("sm", "md", "lg")
            ),
            surfaces.row(
                button("With icon", before="user-plus"),
                button("Next", tone="secondary", after="arrow-right"),
                button("Loading", loading=True),
                button("Disabled", disabled=True),
                link_button("A link", href="/kit", before="external-link"),
                icon_button("pencil", "Edit"),
                icon_button("trash-2", "Delete", tone="secondary"),
                copy_button("MAM0001RAB"),
            ),
            gap="gap-4",
        ),
    )


def inputs() -> rx.Component:
    return surfaces.panel(
        "Fields",
        surfaces.grid(
            fields.field("First name", fields.text_input("first_name", value="Amina", required=True), required=True),
            fields.field(
                "E-mail", fields.email_input(value="amina@", before="mail"), error="This is not an e-mail address."
            ),
            fields.field("Password", fields.password_input(new=True), hint="At least 12 characters."),
            fields.field("Country", choices.combobox("country", options=COUNTRIES, value="CI")),
            fields.field(
                "City",
                choices.combobox("city", options=COUNTRIES, free={"value": "-", "label": "My city is not listed"}),
                hint="Where you live now.",
            ),
            fields.field("Phone", fields.phone_input("phone", prefixes=PREFIXES, value="+212612345678", country="MA")),
            fields.field("Height", fields.number_input("height", value=172, unit="cm")),
            fields.field("Born on", fields.date_input("birth", value="1994-05-17")),
            fields.field(
                "Eye colour",
                fields.select("eyes", fields.option("hazel", "Hazel"), fields.option("blue", "Blue"), value="blue"),
            ),
            fields.field("Disabled", fields.text_input("off", value="Cannot change", disabled=True), optional=True),
            fields.fieldset("Age", fields.range_input("age", low=18, high=35, unit="years")),
            fields.field("Bio", fields.textarea("bio", value="I act, I ride, I sing.", limit=600), optional=True),
        ),
        surfaces.stack(
            fields.live_text_input("q", "Search by name, skill, city, code…", large=True),
            class_name="mt-6",
        ),
        text="Follow the server's values, never take a character away.",
    )


def choosing() -> rx.Component:
    return surfaces.panel(
        "Choices",
        surfaces.grid(
            surfaces.stack(
                choices.checkbox("terms", "I accept the terms", checked=True),
                choices.checkbox("news", "Tell me about castings", hint="One e-mail a week at most."),
                choices.switch(
                    "visible", "Visible to recruiters", checked=True, hint="You can hide your profile at any time."
                ),
                choices.switch("sms", "Text messages", disabled=True),
                gap="gap-0",
            ),
            surfaces.stack(
                choices.segmented(
                    "view", [("list", "List"), ("grid", "Grid"), ("map", "Compare")], value="grid", label="View"
                ),
                fields.fieldset(
                    "Skills", choices.chips("skills", SKILLS, chosen=["acting", "stunts", "dance"], most=3)
                ),
                gap="gap-6",
            ),
        ),
        fields.fieldset(
            "What do you register for?",
            choices.radio_cards(
                "path",
                choices.radio_card(
                    "path", "general", "Work in many fields", "A general profile.", chosen="cinema", before="briefcase"
                ),
                choices.radio_card(
                    "path",
                    "cinema",
                    "Cinema and television",
                    "A casting profile.",
                    chosen="cinema",
                    before="clapperboard",
                ),
                choices.radio_card("path", "both", "Both", "You can add one later.", chosen="cinema", before="layers"),
                columns="grid gap-3 sm:grid-cols-3",
            ),
            class_name="mt-6",
        ),
    )


def uploading() -> rx.Component:
    return surfaces.panel(
        "Files", surfaces.grid(files.photo_drop(), files.cv_drop(file_name="amina-cv.pdf", on_remove=rx.noop()))
    )


def surfaced() -> rx.Component:
    return surfaces.stack(
        surfaces.stats(
            surfaces.stat("Talents", number(102480), before="users", note="+312 this week"),
            surfaces.stat("Projects", number(37), before="clapperboard", href="/projects"),
            surfaces.stat("Here now", number(64), before="scan-line"),
            surfaces.stat("Response", "31 ms", before="zap"),
        ),
        surfaces.grid(
            surfaces.card(
                surfaces.section_header(
                    "A card", text="With a line under its title.", actions=button("Act", size="sm", tone="secondary")
                )
            ),
            surfaces.panel(
                "Key values",
                surfaces.key_values(
                    ("Code", badges.code_text("MAM0001RAB")), ("City", "Rabat"), ("Born", date("1994-05-17"))
                ),
            ),
        ),
    )


def small() -> rx.Component:
    return surfaces.panel(
        "Small things",
        surfaces.stack(
            surfaces.row(*(badges.badge(tone.title(), tone=tone, dot=True) for tone in badges.TONES)),
            surfaces.row(
                *(badges.avatar("Amina Idrissi", size=size) for size in badges.FACES),
                badges.avatar("Karim"),
                badges.avatar("Zoé L"),
            ),
            surfaces.row(
                badges.person("Nadia Berrada", "MAF0002CAS · Casablanca"),
                badges.kbd("/"),
                badges.code_text("MAOUAFIL001-007"),
                badges.tooltip(icon_button("info", "Help"), "A tooltip says a little more."),
            ),
            surfaces.row(
                progress.score_ring(92, "Match"), progress.score_ring(58, "Match"), progress.score_ring(12, "Match", 44)
            ),
            progress.progress_bar(64, "Profile complete"),
        ),
    )


def moving() -> rx.Component:
    done = [f"s{n}" for n in range(1, 5)]
    return surfaces.panel(
        "Moving",
        navigation.tabs(
            "Profile", [("a", "Overview"), ("b", "Files", 3), ("c", "History")], current="a", on_select=nothing
        ),
        *(navigation.tab_panel(key, "a") for key in "abc"),
        surfaces.grid(
            progress.stepper(STEPS, current="s4", done=done[:3], errors=["s2"], on_select=nothing),
            surfaces.stack(
                navigation.pagination(first=51, last=100, total=10248, on_previous=rx.noop(), on_next=rx.noop()),
                navigation.load_more(50, 10248, on_more=rx.noop()),
            ),
            class_name="mt-6",
        ),
    )


def table() -> rx.Component:
    columns = [
        Column(
            "Talent", lambda one: badges.person(one["name"].to(str), one["code"].to(str)), sort="name", is_title=True
        ),
        Column("City", lambda one: one["city"].to(str), sort="city"),
        Column("Status", lambda one: badges.badge(one["status"].to(str), tone=one["status"].to(str))),
        Column("Score", lambda one: number(one["score"]), sort="score", is_end=True),
    ]
    return surfaces.panel(
        "Table",
        data_table(
            columns,
            PEOPLE,
            caption="Talents",
            key=lambda one: one["code"].to(str),
            sort="-score",
            on_sort=nothing,
            framed=False,
        ),
        flush=True,
    )


def narrowing() -> rx.Component:
    return surfaces.panel(
        "Facets",
        facets.filter_chips(CHOSEN, on_remove=nothing, on_clear=rx.noop()),
        surfaces.grid(
            surfaces.card(
                facets.facet("City", VALUES, on_toggle=nothing, search=rx.noop(), has_more=True, on_more=rx.noop())
            ),
            surfaces.stack(
                facets.result_count(plural(12840, one="{n} talent", other="{n} talents")), progress.skeleton_rows(3)
            ),
            class_name="mt-4",
        ),
    )


def answers() -> rx.Component:
    return surfaces.grid(
        surfaces.card(
            feedback.empty(
                "Nobody has arrived yet.", "Scan the first badge to begin.", before="scan-line", action=button("Scan")
            )
        ),
        surfaces.card(feedback.failure(action=button("Try again", tone="secondary"))),
        surfaces.stack(
            *(feedback.alert("A sentence that explains.", tone=tone, title=tone.title()) for tone in feedback.SIGNS)
        ),
        surfaces.stack(
            feedback.banner("A maintenance is planned tonight."), feedback.saving(False, True), feedback.saving(True)
        ),
    )


def over() -> rx.Component:
    return surfaces.panel(
        "Over the page",
        surfaces.row(
            overlays.dialog(
                "A dialog",
                rx.el.p("Some words."),
                trigger=button("Dialog", tone="secondary"),
                footer=button("Done", custom_attrs={"data-close": ""}),
            ),
            overlays.side_panel(
                "A person",
                badges.person("Nadia Berrada", "Casablanca"),
                trigger=button("Side panel", tone="secondary"),
                id="kit-side",
            ),
            overlays.confirm(
                "Remove this person?",
                "This cannot be undone.",
                trigger=button("Confirm", tone="danger"),
                yes=button("Remove", tone="danger"),
            ),
            overlays.menu(
                rx.el.span(
                    "Menu",
                    class_name=(
                        "inline-flex h-control items-center rounded-control border border-line px-4 text-sm font-medium"
                    ),
                ),
                overlays.menu_item("Rename", before="pencil"),
                overlays.menu_link("Open", href="/kit", before="external-link"),
                overlays.menu_separator(),
                overlays.menu_item("Delete", before="trash-2", danger=True),
                label="Actions",
                end=False,
            ),
        ),
    )


def words() -> rx.Component:
    return surfaces.panel(
        "Words",
        surfaces.key_values(
            ("Date", date("2027-03-12")),
            ("Moment", moment("2027-03-12T20:00:00Z", "Africa/Casablanca")),
            ("Ago", ago("2026-01-01T00:00:00Z")),
            ("Number", number(1234567.5)),
            ("Plural", plural(1, one="{n} talent", other="{n} talents")),
            ("Arabic", rx.el.span("أمينة الإدريسي", lang="ar", dir="rtl")),
            ("Marks", shells.wordmark()),
            ("Language", t("Language")),
        ),
    )
