"""How admins word messages: what is typed is checked, versioned, escaped, and never keeps a message from leaving."""

import json
import threading
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from talento.errors import Conflict, Forbidden, InvalidForm, NotFound, Refusal
from talento.i18n import LANGUAGES
from talento.models.accounts import User
from talento.models.operations import ActivityLog, MailTemplate, OutgoingMail, SecurityLog
from talento.services.mail import letter, messages, templates, versions
from talento.services.mail.forms import FORMS
from talento.services.mail.kinds import KINDS
from talento.services.mail.letter import SECRET
from talento.services.mail.templates import Form, Template, Typed, Value, Variable
from talento.services.mail.versions import Stale
from talento.services.work import SYSTEM, Actor, Work, look, run
from tests import factories
from tests.factories import Cast

KIND = "welcome"
MISSING = "{variable} is missing, or stands only beside what can be empty: the message is of no use without it."
MINE = Typed(
    "Hello {name}", "Dear {name}", "Your code:\n\n{code}\n\nSee you at {site}.", "Begin", "Bring it along.\n\nBye."
)


def save(actor: Actor, said: Typed = MINE, number: int = 0, *, kind: str = KIND, locale: str = "en") -> int:
    return versions.save(actor, kind, locale, said, number=number)


def welcome(work: Work, user_id: int, name: str = "Zoé") -> None:
    messages.welcome(work, work.get(User, user_id), first_name=name, code="MAF0001RAB", link="http://x/y")


def written(cast: Cast, name: str = "Zoé") -> OutgoingMail:
    run(SYSTEM, welcome, cast.zoe.user_id, name)
    return look(
        SYSTEM, lambda work: work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    )


def examples(form: Form) -> dict[str, Value]:
    table = {"table": [["Name"], ["Amina"]]}
    return {name: variable.example or "more" for name, variable in form.variables.items()} | (
        table if "table" in form.variables else {}
    )


# What is built in


def test_every_kind_of_message_has_its_words() -> None:
    assert set(FORMS) == set(KINDS)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_is_built_in_would_be_accepted_from_an_admin_and_uses_every_need(kind: str, locale: str) -> None:
    form = FORMS[kind]
    built_in = form.built_in(locale)

    assert templates.checked(form, templates.typed(built_in)) == built_in
    made = templates.drawn(form, built_in, locale, SECRET, examples(form))
    assert "{" not in f"{made.subject}{made.greeting}{made.body}{made.notes}"


# What an admin writes


def test_a_message_has_the_words_that_were_saved(cast: Cast) -> None:
    assert save(cast.awa) == 1

    mail = written(cast)

    assert mail.subject == "Hello Zoé"
    assert "Dear Zoé\n\nYour code:\n\n    MAF0001RAB\n\nSee you at Talento.\n\nBegin\n{secret}" in mail.text
    assert "Bring it along.\n\nBye." in mail.text
    assert "<h1" in mail.html and ">Dear Zoé</h1>" in mail.html


def test_each_language_has_words_of_its_own(cast: Cast) -> None:
    save(cast.awa, replace(MINE, subject="Bonjour {name}"), locale="fr")

    assert written(cast).subject == "Welcome to Talento: your code is MAF0001RAB"
    run(SYSTEM, lambda work: setattr(work.get(User, cast.zoe.user_id), "locale", "fr"))
    assert written(cast).subject == "Bonjour Zoé"


def test_nothing_that_is_typed_is_ever_markup(cast: Cast) -> None:
    evil = '</p><script>alert(1)</script><img src=x onerror="alert(1)">'
    save(cast.awa, Typed(evil[:60], evil, f"{evil} {{name}}\n\n{{code}}", evil[:60], evil))

    html = written(cast, evil).html

    assert "<script" not in html and "<img" not in html


def test_a_paragraph_whose_variable_is_empty_is_left_out() -> None:
    form = Form(Template("s", "g", ("b",)), {"a": Variable("A", "a", is_optional=True), "b": Variable("B", "b")})
    said = Template("s", "g", ("First", "With {a}", "{a}", "And {b}"), notes=("{a}", "Note"))

    made = templates.drawn(form, said, "en", "", {"a": "", "b": "B"})

    assert (made.body, made.notes) == (("First", "And B"), ("Note",))


def test_a_value_that_looks_like_a_variable_stays_what_it_is() -> None:
    form = FORMS[KIND]

    made = templates.drawn(form, form.built_in("en"), "en", "", {"name": "{code}", "code": "X", "site": "S"})

    assert made.greeting == "Welcome, {code}"


# What is refused


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("subject", "Hi {nme}", "There is no variable {nme} in this message."),
        ("subject", "", "Please write something here."),
        ("subject", "One\r\nBcc: all@example.com", "This is one line, without control characters."),
        ("subject", "One\x00two", "This is one line, without control characters."),
        ("subject", "One\u2028two", "This is one line, without control characters."),
        ("subject", "x" * 151, "At most 150 characters, please."),
        ("greeting", "Hi {", "A brace stands alone here. Write variables as they stand in the list."),
        ("greeting", "Hi {{name}}", "A brace stands alone here. Write variables as they stand in the list."),
        ("greeting", "Hi {}", "There is no variable {} in this message."),
        ("greeting", "Hi {name.__class__}", "There is no variable {name.__class__} in this message."),
        ("button", " ", "Please write something here."),
        ("button", "{secret}", "There is no variable {secret} in this message."),
        ("body", "", "Please write at least one paragraph."),
        ("body", "{code} {unsubscribe}", "There is no variable {unsubscribe} in this message."),
        (
            "body",
            "Nothing about it",
            "{code} is missing, or stands only beside what can be empty: the message is of no use without it.",
        ),
        ("body", "{code}" + "\n\nx" * 70, "At most 60 paragraphs, please."),
        ("body", "{code}" + "x" * 7000, "At most 6000 characters, please."),
        ("notes", "}", "A brace stands alone here. Write variables as they stand in the list."),
    ],
)
def test_what_can_not_be_filled_is_refused_beside_its_field(field: str, said: str, words: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        templates.checked(FORMS[KIND], replace(MINE, **{field: said}))

    assert refused.value.texts("en") == {field: words}
    assert refused.value.texts("fr")[field] != words


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [("selection", "subject", "{note}"), ("selection", "button", "{days}"), ("recap", "subject", "{table}"),
     ("recap", "body", "See {table}\n\n{heads}"), ("recap", "notes", "Here: {table}\n\n{heads}")],
)  # fmt: skip
def test_what_may_be_empty_or_is_a_table_has_its_place(kind: str, field: str, said: str) -> None:
    built_in = templates.typed(FORMS[kind].built_in("en"))

    with pytest.raises(InvalidForm) as refused:
        templates.checked(FORMS[kind], replace(built_in, **{field: said}))

    assert list(refused.value.problems) == [field]


def test_what_is_needed_does_not_stand_only_beside_what_may_be_empty() -> None:
    built_in = replace(templates.typed(FORMS["recap"].built_in("en")), notes="{more} {heads}")

    with pytest.raises(InvalidForm) as refused:
        templates.checked(FORMS["recap"], built_in)

    assert refused.value.texts("en") == {"body": MISSING.replace("{variable}", "{heads}")}


def test_what_is_refused_is_noted_and_changes_nothing(cast: Cast) -> None:
    with pytest.raises(InvalidForm):
        save(cast.awa, replace(MINE, subject="{nme}"))

    [entry] = look(SYSTEM, lambda work: list(work.session.scalars(select(ActivityLog))))
    assert (entry.action, entry.user_id) == ("mail_template_refused", cast.awa.user_id)
    assert json.loads(entry.details)["why"] == "subject: There is no variable {nme} in this message."
    assert look(cast.awa, versions.wording, KIND, "en").versions == []


class Tags(HTMLParser):
    """The elements of a page, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name and the color of the site without a database."""
    monkeypatch.setattr(letter, "_site", lambda: "Talento")
    monkeypatch.setattr(letter, "_color", lambda: "#4f46e5")


PIECES = st.one_of(
    st.sampled_from(["{name}", "{code}", "{site}", "{", "}", "{secret}", "{nme}", "\n\n", "\n", "<b>", "</p>", "&lt;"]),
    st.text(max_size=12),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@pytest.mark.usefixtures("plain")
@given(st.builds(Typed, TEXTS, TEXTS, TEXTS.map(lambda text: text + "\n\n{code}"), TEXTS, TEXTS), TEXTS)
def test_whatever_is_accepted_fills_and_holds_no_markup_but_ours(said: Typed, name: str) -> None:
    form = FORMS[KIND]
    try:
        template = templates.checked(form, said)
    except InvalidForm as refused:
        assert all(refused.texts("fr").values())
        return

    made = templates.drawn(form, template, "en", SECRET, {"name": name, "code": "MAF0001RAB", "site": "Talento"})
    page = Tags(made.html(can_unsubscribe=True))

    assert templates.checked(form, templates.typed(template)) == template
    assert set(page.names) <= {"html", "head", "meta", "title", "body", "div", "p", "h1", "a", "br"}
    assert page.links == ["{secret}", "{unsubscribe}"]
    assert not set("\r\n\0") & set(template.subject)
    assert "MAF0001RAB" in made.text()


# Versions


def test_each_save_is_a_version_and_an_older_one_comes_back(cast: Cast) -> None:
    save(cast.awa)
    save(cast.awa, replace(MINE, subject="Second"), 1)
    assert save(cast.awa, replace(MINE, subject="Second"), 2) == 2

    assert run(cast.awa, versions.bring_back, KIND, "en", 1, number=2) == 3

    now = look(cast.awa, versions.wording, KIND, "en")
    assert [(one.number, one.by, one.typed.subject) for one in now.versions] == [
        (3, "Awa", "Hello {name}"), (2, "Awa", "Second"), (1, "Awa", "Hello {name}"),
    ]  # fmt: skip
    assert written(cast).subject == "Hello Zoé"


def test_the_built_in_text_comes_back_and_the_edited_one_stays_a_version(cast: Cast) -> None:
    save(cast.awa)
    assert look(cast.awa, versions.edited)[KIND] == ["en"]
    run(cast.awa, versions.bring_back, KIND, "en", 0, number=1)

    now = look(cast.awa, versions.wording, KIND, "en")

    assert not now.is_edited and now.typed == now.built_in
    assert [one.is_built_in for one in now.versions] == [True, False]
    assert look(cast.awa, versions.edited)[KIND] == []
    assert written(cast).subject == "Welcome to Talento: your code is MAF0001RAB"


def test_whoever_saves_over_another_is_told_and_sees_both(cast: Cast) -> None:
    salma = factories.staff("Salma", cast.awa.role)
    save(salma, replace(MINE, subject="Hers"))

    for stale in (0, 7):
        with pytest.raises(Stale) as refused:
            save(cast.awa, MINE, stale)

    assert refused.value.text("en") == "Salma saved another version meanwhile."
    assert (refused.value.theirs.typed.subject, refused.value.theirs.number) == ("Hers", 1)
    assert save(cast.awa, MINE, 1) == 2
    with pytest.raises(Stale):
        run(salma, versions.bring_back, KIND, "en", 0, number=1)


def race(cast: Cast, count: int = 4) -> list[Refusal]:
    """Everybody saves at once, from the same form; those who were refused."""
    gate, refused = threading.Barrier(count), []

    def one(text: str) -> None:
        gate.wait(30)
        try:
            save(cast.awa, replace(MINE, subject=text))
        except Refusal as error:
            refused.append(error)

    threads = [threading.Thread(target=one, args=(f"Words {number}",)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_of_those_who_save_at_once_one_wins_and_the_others_are_told(cast: Cast) -> None:
    refused = race(cast)

    assert len(refused) == 3 and all(isinstance(one, Stale) for one in refused)
    assert len(look(cast.awa, versions.wording, KIND, "en").versions) == 1


def test_twin_without_the_comparison_of_versions_nobody_would_be_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_refuse_stale", lambda *_: None)

    assert race(cast) == []


def test_an_update_of_the_built_in_text_is_told_to_who_edited_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    save(cast.awa)
    assert look(cast.awa, versions.wording, KIND, "en").former_built_in is None
    before = templates.typed(FORMS[KIND].built_in("en"))
    newer = replace(FORMS[KIND], template=replace(FORMS[KIND].template, greeting="Welcome aboard, {name}"))
    monkeypatch.setattr(versions, "FORMS", FORMS | {KIND: newer})

    now = look(cast.awa, versions.wording, KIND, "en")

    assert now.former_built_in == before
    assert now.built_in.greeting == "Welcome aboard, {name}"
    run(cast.awa, versions.bring_back, KIND, "en", 0, number=1)
    assert look(cast.awa, versions.wording, KIND, "en").former_built_in is None


# What should be impossible


@pytest.mark.parametrize("words", ['{"subject": "{gone}"}', "{", "[]", '{"unknown": "x"}', '{"subject": 3}', "null"])
def test_words_that_can_not_be_filled_give_way_to_the_built_in_ones_and_are_noted(cast: Cast, words: str) -> None:
    save(cast.awa)
    run(SYSTEM, lambda work: work.session.execute(update(MailTemplate).values(words=words)))

    assert written(cast).subject == "Welcome to Talento: your code is MAF0001RAB"

    [entry] = look(SYSTEM, lambda work: list(work.session.scalars(
        select(SecurityLog).where(SecurityLog.event == "mail_template_failed"))))  # fmt: skip
    assert json.loads(entry.details) == {"kind": KIND, "language": "en", "version": 1}


def test_a_version_that_can_not_be_filled_any_more_does_not_come_back(cast: Cast) -> None:
    save(cast.awa)
    save(cast.awa, replace(MINE, subject="Second"), 1)
    old = json.dumps({"subject": "{gone}", "greeting": "x", "body": "{code}", "button": "x"})
    run(SYSTEM, lambda work: work.session.execute(update(MailTemplate).where(MailTemplate.version == 1)
                                                  .values(words=old)))  # fmt: skip

    with pytest.raises(Conflict):
        run(cast.awa, versions.bring_back, KIND, "en", 1, number=2)


# Who may


def test_nobody_but_admins_words_messages(cast: Cast) -> None:
    for action, *arguments in (
        (versions.wording, KIND, "en"), (versions.edited,), (versions.bring_back, KIND, "en", 0),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            run(cast.youssef, action, *arguments, **({"number": 0} if action is versions.bring_back else {}))
    with pytest.raises(Forbidden):
        save(cast.youssef)


@pytest.mark.parametrize(("kind", "locale"), [("nothing", "en"), (KIND, "tlh"), ("", "")])
def test_only_what_is_known_is_worded(cast: Cast, kind: str, locale: str) -> None:
    with pytest.raises(NotFound):
        look(cast.awa, versions.wording, kind, locale)
    with pytest.raises(NotFound):
        save(cast.awa, kind=kind, locale=locale)
    with pytest.raises(NotFound):
        run(cast.awa, versions.bring_back, KIND, "en", 3, number=0)
