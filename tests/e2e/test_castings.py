"""From the desk of documents to the talent's phone: badges, selection mails, answers."""

import io
import json
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

PASSWORD = "correct horse battery staple"

CAST = """
import json, sys
from uuid import uuid4
from sqlalchemy import select
from talento.models.accounts import User
from talento.models.casting import Assignment
from talento.models.cinema import CinemaTalent
from talento.services import accounts, passwords
from talento.services.casting import assignments, availability, board, projects, roles
from talento.services.reference import book
from talento.services.work import SYSTEM, Actor, look, run
from talento.vocabulary.permissions import Role
name, password = sys.argv[1:]
kept = passwords.hashed(password)
email = f"{uuid4().hex[:12]}@agency.example.com"
user = run(SYSTEM, accounts.create_staff, email=email, role=Role.RECRUITER, name="Youssef", password_hash=kept)
youssef = Actor(user.id, Role.RECRUITER, None, "Youssef")
place = next(city.id for city in book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": name, "production_type": "film", "country": "MA", "city": str(place), "zone": "Africa/Casablanca"}
typed |= {"day_break": "5", "starts_on": "2031-04-01", "ends_on": "2031-05-15", "contact_name": "Salma Idrissi"}
project = run(youssef, projects.create, typed)
role = run(youssef, roles.create, project, {"name": "Merchant", "kind": "extra", "wanted": "3"})
taken = select(Assignment.talent_id)
grown = (
    CinemaTalent.id.not_in(taken), CinemaTalent.visibility != "hidden", CinemaTalent.born_on < "2000-01-01",
    CinemaTalent.photo_id.is_not(None),
)
free = look(SYSTEM, lambda work: list(work.session.scalars(select(CinemaTalent.id).where(*grown).limit(3))))
made = [run(youssef, assignments.assign, project, talent_id=key, overlap_reason="a test") for key in free]
def owner(work):
    user = work.get(User, work.get(CinemaTalent, free[0]).user_id)
    user.password_hash = kept
    return user.email
second = run(youssef, roles.create, project, {"name": "Caravan leader", "kind": "lead_actor", "wanted": "1"})
run(youssef, board.consider, second, free[:1])
card = look(youssef, board.board, second).cards[0].id
run(youssef, availability.ask, second, [card])
codes = [one.code for one in made]
print(json.dumps({"recruiter": email, "talent": run(SYSTEM, owner), "project": project, "codes": codes}))
"""


def prepared(site: Site, name: str) -> dict:
    return json.loads(site.tell(CAST, name, PASSWORD))


def desk(site: Site, page: Page, cast: dict) -> None:
    site.sign_in(page, cast["recruiter"], PASSWORD)
    page.goto(f"{site.address}/projects/{cast['project']}/papers")
    expect(page.get_by_role("button", name="Make the badges")).to_be_enabled()


def test_badges_are_made_and_downloaded(site: Site, open_browser: Open) -> None:
    cast, page = prepared(site, "The Caravan"), open_browser()
    desk(site, page, cast)

    page.get_by_role("button", name="Make the badges").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download", exact=True).click()

    data = download.value.path().read_bytes()
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(data)).pages)
    assert download.value.suggested_filename.endswith("-badges.pdf")
    assert all(code in text for code in cast["codes"])


def test_a_mail_is_looked_over_sent_once_and_answered_by_the_talent(site: Site, open_browser: Open) -> None:
    cast, page = prepared(site, "The Oasis"), open_browser()
    desk(site, page, cast)

    page.get_by_label("Personal words").fill("See you in Ouarzazate!")
    page.get_by_label("Personal words").blur()
    page.get_by_role("button", name="Look the mail over").click()
    mail = page.get_by_role("dialog")
    expect(mail).to_contain_text("See you in Ouarzazate!")
    expect(mail).to_contain_text("Salma Idrissi")
    mail.get_by_role("button", name="Send the mails").click()
    expect(page.get_by_text("3 mails are on their way.")).to_be_visible()
    page.get_by_role("button", name="Look the mail over").click()
    page.get_by_role("dialog").get_by_role("button", name="Send the mails").click()
    expect(page.get_by_text("3 people had it already.")).to_be_visible()

    phone = open_browser(width=360, height=740)
    site.sign_in(phone, cast["talent"], PASSWORD)
    phone.goto(f"{site.address}/my-castings")
    booking = phone.get_by_role("listitem").filter(has_text=cast["codes"][0])
    booking.get_by_role("button", name="Decline").click()
    phone.get_by_label("Reason").fill("On tour until June")
    phone.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(booking).to_contain_text("You declined: On tour until June")
    booking.get_by_role("button", name="Accept").click()
    expect(booking).to_contain_text("Accepted")
    with phone.expect_download() as download:
        booking.get_by_role("link", name="Badge (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_availability_is_answered_by_the_link_of_a_mail_without_signing_in(site: Site, open_browser: Open) -> None:
    cast = prepared(site, "The Dunes")
    link = site.link("availability", cast["talent"])
    phone = open_browser(width=360, height=740, locale="fr-FR")

    phone.goto(link)
    expect(phone.get_by_role("heading", name="The Dunes")).to_be_visible()
    phone.get_by_role("button", name="Je ne le suis pas").click()
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_text("Dites pourquoi")).to_be_visible()
    phone.get_by_label("Motif").fill("Déjà engagée")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_text("Vous restez dans le fichier")).to_be_visible()
    phone.get_by_role("button", name="Changer ma réponse").click()
    phone.get_by_role("button", name="Je suis disponible").click()
    expect(phone.get_by_text("La production sait que vous êtes disponible")).to_be_visible()

    answered = site.tell("""
import sys
from sqlalchemy import select
from talento.models.casting import Candidate, CastingRole, Project
from talento.services.work import SYSTEM, look
wanted = select(Candidate).join(CastingRole).join(Project).where(Project.id == int(sys.argv[1]))
card = look(SYSTEM, lambda work: work.session.scalars(wanted.where(Candidate.asked_at.is_not(None))).one())
print(card.stage.value, card.answer.value)
""", str(cast["project"]))  # fmt: skip
    assert re.fullmatch("available accepted", answered)
