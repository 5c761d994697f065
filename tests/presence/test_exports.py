"""Hours to take along: the same lines in every format, safe to open, and nothing that is nobody's business."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from talento.errors import Forbidden, Invalid, NotFound
from talento.models.operations import ActivityLog
from talento.services.documents import hours_sheet
from talento.services.documents.made import Made
from talento.services.presence import calls, desk, exports, rules
from talento.services.work import SYSTEM, Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody

FIRST, LAST = date(2027, 4, 12), date(2027, 4, 18)
HEAD = [
    "Date", "Code", "First name", "Last name", "Kind", "Arrival", "Departure", "Duration", "Minutes", "Recorded by",
    "Call time", "Old value", "New value", "Reason", "Corrected by",
]  # fmt: skip


def export(nadias: Desk, ending: str, *, actor: Actor | None = None, locale: str = "en", last: date = LAST) -> Made:
    wanted = {"first": FIRST, "last": last, "ending": ending, "locale": locale}
    return exports.export(actor or nadias.keeper, nadias.project_id, **wanted)


def rows(made: Made) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.data.decode("utf-8-sig"), newline="")))


def text(made: Made) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)


@pytest.fixture
def worked(nadias: Desk, amina: Somebody) -> Somebody:
    """Amina came on Monday evening, left after midnight, and her departure was corrected."""
    run(nadias.recruiter, calls.call, nadias.project_id, FIRST, [amina.assignment_id], at="20:30")
    nadias.at("2027-04-12T20:00+00:00").scan(amina)
    nadias.at("2027-04-13T02:00+00:00").scan(amina)
    stay = nadias.line(amina, day=FIRST).stays[0]
    moment = datetime.fromisoformat("2027-04-13T01:30+00:00")
    run(nadias.keeper, desk.correct, nadias.project_id, stay.departure, at=moment, reason="Scanned late")
    return amina


def test_the_columns_and_the_times_are_those_of_the_place(nadias: Desk, worked: Somebody) -> None:
    made = export(nadias, "csv")

    assert made.data.startswith(b"\xef\xbb\xbf") and b"\r\n" in made.data
    head, line = rows(made)
    assert head == HEAD
    assert line == [
        "2027-04-12", worked.code, "Amina", "Benali", "Extra", "20:00", "01:30", "5 h 30", "330", "Nadia", "20:30",
        "2027-04-13 02:00", "2027-04-13 01:30", "Scanned late", "Nadia",
    ]  # fmt: skip


def test_a_workbook_says_the_same_and_holds_the_totals(nadias: Desk, worked: Somebody) -> None:
    run(nadias.recruiter, rules.add, nadias.project_id, "night", from_hour=22, to_hour=5, percent=30)
    book = load_workbook(io.BytesIO(export(nadias, "xlsx").data))

    sheet, totals = book.worksheets
    assert [cell.value for cell in sheet[4]] == HEAD
    assert [str(cell.value or "") for cell in sheet[5]] == rows(export(nadias, "csv"))[1]
    assert sheet["I5"].value == 330
    assert [cell.value for cell in totals[5]] == [
        worked.code, "Amina", "Benali", 1, "5 h 30", 330, "Night, 22:00 to 05:00 (+30 %): 3 h 30",
    ]  # fmt: skip


def test_the_paper_names_everybody_with_room_to_sign(nadias: Desk, worked: Somebody) -> None:
    said = text(export(nadias, "pdf"))
    for word in (worked.code, "Amina Benali", "20:00", "01:30", "5 h 30", "Signature", "Scanned late", "Page 1 of 1"):
        assert word in said
    assert "Arrival" in said and "Arrivée" in text(export(nadias, "pdf", locale="fr"))


def test_a_long_list_goes_on_over_pages_and_loses_nobody() -> None:
    lines = [
        hours_sheet.Line(
            "2027-04-12", f"MAOUAFIL001-{number:03}", "Amina", "Benali", "Extra", "08:00", "17:00", "9 h 00", 540,
            "Nadia", "", *(("", "07:00", "A reason", "Awa") if number % 3 == 0 else ("", "", "", "")),
        )
        for number in range(1, 101)
    ]  # fmt: skip
    made = hours_sheet.drawn(hours_sheet.Table("Presence", "Week", lines, [], "Total"), "en")
    said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert all(line.code in said for line in lines)
    assert said.count("Total") == 1 and said.count("A reason") == 33


@pytest.mark.parametrize("name", ["=HYPERLINK(0)", "+1+1", "-2", "@SUM(A1)", "\tTab"])
def test_no_name_is_taken_for_a_formula(nadias: Desk, name: str) -> None:
    person = nadias.person(first_name=name, last_name="Benali")
    nadias.scan(person)

    assert rows(export(nadias, "csv"))[1][2] == f"'{name}"
    sheet = load_workbook(io.BytesIO(export(nadias, "xlsx").data)).worksheets[0]
    assert sheet["C5"].value == f"'{name}" and sheet["C5"].data_type == "s"


def test_what_was_taken_back_is_a_line_without_minutes(nadias: Desk, amina: Somebody) -> None:
    nadias.scan(amina)
    arrival = nadias.line(amina).stays[0].arrival
    run(nadias.keeper, desk.cancel, nadias.project_id, [arrival], reason="Wrong person")
    line = rows(export(nadias, "csv"))[1]
    assert line[5:9] == ["", "", "", "0"] and line[11:14] == ["2027-04-12 08:00", "", "Wrong person"]


@pytest.mark.parametrize("ending", sorted(exports.FORMATS))
def test_nothing_of_identity_contact_or_birth_is_exported(nadias: Desk, worked: Somebody, ending: str) -> None:
    made = export(nadias, ending, actor=nadias.recruiter)
    if ending == "pdf":
        said = text(made)
    elif ending == "csv":
        said = made.data.decode()
    else:
        book = load_workbook(io.BytesIO(made.data))
        said = repr([[cell.value for cell in row] for sheet in book for row in sheet.rows])
    assert "Amina" in said
    for secret in ("amina@example.com", "612345678", "ZQ7654321", "1999"):
        assert secret not in said


@pytest.mark.parametrize("ending", sorted(exports.FORMATS))
def test_a_period_without_anybody_is_an_empty_list(nadias: Desk, ending: str) -> None:
    assert export(nadias, ending).data
    assert export(nadias, ending, last=FIRST).name == f"{nadias.sheet().code}-presence-2027-04-12.{ending}"


def test_exports_are_for_the_desk_the_team_and_admins_and_are_noted(nadias: Desk, worked: Somebody, cast: Cast) -> None:
    for actor in (cast.nadia, cast.youssef, cast.awa):
        assert len(rows(export(nadias, "csv", actor=actor))) == 2
    with pytest.raises(NotFound):
        export(nadias, "csv", actor=factories.staff("Omar", Role.PRESENCE))
    with pytest.raises(Forbidden):
        export(nadias, "csv", actor=cast.zoe)
    with pytest.raises(Invalid):
        export(nadias, "exe")
    wanted = select(ActivityLog).where(ActivityLog.action == "presence_exported")
    assert len(look(SYSTEM, lambda work: list(work.session.scalars(wanted)))) == 3
