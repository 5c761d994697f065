"""No identity number of anybody is ever sent to a browser: every page, frame, document and answer, as every role."""

import io
import json

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

NUMBERS = """
import json
from sqlalchemy import select
from talento.models.cinema import CinemaTalent
from talento.models.talents import Talent
from talento.services import encryption
from talento.services.cinema.rows import ROWS
from talento.services.talents import rows
from talento.services.work import SYSTEM, look
def numbers(work):
    found = [ROWS.opened(row, "document_number") for row in work.session.scalars(select(CinemaTalent).limit(1500))]
    for row in work.session.scalars(select(Talent).limit(1500)):
        found += [rows.ROWS.opened(row, name) for name in ("passport_number", "residence_card")]
    return [one for one in found if len(one) > 5]
print(json.dumps(sorted(set(look(SYSTEM, numbers)))))
"""

PLANT = """
import sys
from sqlalchemy import select, update
from talento.models.cinema import CinemaTalent
from talento.models.talents import Talent
from talento.services.cinema.rows import ROWS
from talento.services.talents import rows
from talento.services.work import SYSTEM, run
def plant(work):
    for number, row in enumerate(work.session.scalars(select(CinemaTalent).limit(400))):
        row.document_number_sealed = ROWS.seal(row.uid, "document_number", f"CINQZ{number:05d}K")
    for number, row in enumerate(work.session.scalars(select(Talent).limit(400))):
        row.passport_number_sealed = rows.ROWS.seal(row.uid, "passport_number", f"GENQZ{number:05d}K")
run(SYSTEM, plant)
"""

MARKS = ("CINQZ", "GENQZ")

PAGES = {
    "admin": (
        "/talents", "/cinema", "/cinema?view=table", "/cinema/dashboard", "/productions", "/projects", "/admin/people",
        "/admin/mail", "/admin/logs", "/profile", "/cinema/profile", "/my-castings", "/projects/1",
        "/projects/1/papers", "/board/1",
    ),
    "recruiter": (
        "/talents", "/cinema", "/cinema/dashboard", "/productions/1", "/projects", "/projects/1", "/projects/1/papers",
        "/board/1", "/board/2",
    ),
    "user": ("/profile", "/cinema/profile", "/my-castings", "/account", "/cinema/register"),
}  # fmt: skip
PAPERS = (
    "/documents/projects/1/cast.pdf", "/documents/projects/1/cast.xlsx", "/documents/badge/1.pdf",
    "/documents/comp-card/1.pdf", "/documents/comp-card/5.pdf",
)  # fmt: skip


def listen(page: Page) -> list[str]:
    """All that the browser is sent, as text."""
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    page.on("response", lambda answer: heard.append(_text(answer)))
    return heard


def _text(answer) -> str:  # type: ignore[no-untyped-def]
    kind = answer.headers.get("content-type", "")
    try:
        return answer.text() if "html" in kind or "json" in kind else ""
    except Exception as gone:  # a page that was left keeps no bodies
        return f"gone: {type(gone).__name__}"


def words(name: str, data: bytes) -> str:
    if name.endswith(".xlsx"):
        return str([[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.rows])
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("role", list(PAGES))
def test_no_page_and_no_frame_holds_an_identity_number(site: Site, open_browser: Open, role: str) -> None:
    site.tell(PLANT)
    page = open_browser()
    heard = listen(page)
    site.sign_in(page, *site.account(role))

    for path in PAGES[role]:
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        heard.append(page.content())
        if role != "user" and path in ("/cinema", "/talents"):
            page.locator("[data-person]").first.click()
            page.wait_for_timeout(700)
            heard.append(page.content())

    everything = "\n".join(heard)
    assert len(everything) > 50_000
    assert [mark for mark in MARKS if mark in everything] == []


def test_no_document_holds_an_identity_number(site: Site, open_browser: Open) -> None:
    site.tell(PLANT)
    page = open_browser()
    site.sign_in(page, *site.account("admin"))

    for name in PAPERS:
        answer = page.request.get(site.address + name)
        assert answer.status == 200, name
        assert not any(mark in words(name, answer.body()) for mark in MARKS), name


def test_the_canary_would_be_heard(site: Site) -> None:
    """The marks are really stored: a test that looks for what is not there proves nothing."""
    site.tell(PLANT)

    stored = json.loads(site.tell(NUMBERS))

    assert all(any(number.startswith(mark) for number in stored) for mark in MARKS)
