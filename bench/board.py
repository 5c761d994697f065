"""Two people move cards on one casting board at once, in two browsers: the same board in the end, none lost."""

import json
import os
import random
import shutil
import subprocess
import sys
import time

from playwright.sync_api import Browser, Page, sync_playwright

from bench import served, town
from bench.report import Report

SIZE = 400
CARDS = 24
EACH = 100
SEEN = 40
STAGES = ("considered", "contacted", "available", "on_hold", "selected", "released")
PATIENCE_MS = 20_000

PREPARE = """
import sys
import talento.models.tables
from sqlalchemy import select
from talento.models.accounts import User
from talento.models.cinema import CinemaTalent
from talento.services.casting import board, projects, roles, team
from talento.services.cinema import faces
from talento.services.reference import book
from talento.services.work import Actor, SYSTEM, look, run
from talento.vocabulary.permissions import Role

def people(work):
    found = select(CinemaTalent.id).where(faces.seen(work.now.date())).order_by(CinemaTalent.id)
    return list(work.session.scalars(found.limit(int(sys.argv[1]))))

def crew(work):
    mails = [f"recruiter.{number}@bench.example.com" for number in range(2)]
    return [work.session.scalars(select(User).where(User.email == mail)).one().id for mail in mails]

first, second = look(SYSTEM, crew)
actor = Actor(first, Role.RECRUITER, None, "Recruiter 0")
city = next(place.id for place in book().cities_of["MA"] if place.fr == "Ouarzazate")
project = run(actor, projects.create, {
    "name": "Bench", "production_type": "film", "country": "MA", "city": str(city),
    "zone": "Africa/Casablanca", "day_break": "5",
})
run(actor, team.add, project, second)
role = run(actor, roles.create, project, {"name": "Crowd", "kind": "extra", "wanted": "24"})
run(actor, board.consider, role, look(SYSTEM, people))
print(role)
"""

COUNT = """
import json, sys
import talento.models.tables
from sqlalchemy import func, select
from talento.models.casting import Candidate, CandidateMove
from talento.services.work import SYSTEM, look

def told(work):
    ours = select(Candidate.id).where(Candidate.role_id == int(sys.argv[1]))
    moves = select(func.count()).where(CandidateMove.candidate_id.in_(ours), CandidateMove.from_stage.is_not(None))
    cards = work.session.scalars(select(Candidate).where(Candidate.role_id == int(sys.argv[1])))
    stored = sorted(cards, key=lambda card: (card.place, card.id))
    board = {}
    for card in stored:
        board.setdefault(card.stage.value, []).append(card.id)
    return {"moves": work.session.scalar(moves), "board": board}

print(json.dumps(look(SYSTEM, told)))
"""


def main() -> None:
    """Move cards alternately from two browsers without waiting for each other, then compare."""
    result = Report("board", f"{2 * EACH} interleaved moves of {CARDS} cards on one board, from two browsers")
    with served.served(SIZE, recruiters=2, roster="cinema") as product, sync_playwright() as browsers:
        role = _told(PREPARE, str(CARDS))
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        mine, hers = (_opened(browser, product, cookie, role) for cookie in product.cookies)
        began = time.perf_counter()
        _shuffle(mine, hers)
        _until_quiet(mine, hers)
        took = time.perf_counter() - began
        stored = json.loads(_told(COUNT, role))
        boards = [_board(page) for page in (mine, hers)]
        times = [_seen(mine, hers, number) for number in range(SEEN)]
        browser.close()
    result.add("moves made", 2 * EACH)
    result.add("moves on record", stored["moves"], target=f"= {2 * EACH}")
    result.add("cards that stand elsewhere in the other browser", _differences(*boards), target="= 0")
    result.add("cards that stand elsewhere in the database", _differences(boards[0], stored["board"]), target="= 0")
    result.add("all moves made and seen", took, "s")
    result.add("a move is seen in the other browser: p50", town.percentile(times, 50), "ms")
    result.add("a move is seen in the other browser: p95", town.percentile(times, 95), "ms", target="≤ 1000")
    result.write()


def _told(program: str, argument: str) -> str:
    environment = os.environ | town.environment(SIZE, "cinema")
    command = [sys.executable, "-c", program, argument]
    done = subprocess.run(command, env=environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.split("\n")[-2]


def _opened(browser: Browser, product: served.Served, cookie: str, role: str) -> Page:
    context = browser.new_context(viewport={"width": 2200, "height": 1400})
    context.add_cookies([{"name": "talento", "value": cookie, "url": product.origin}])
    page = context.new_page()
    page.goto(f"{product.origin}/board/{role}")
    page.wait_for_selector("[data-card]", timeout=60_000)
    page.wait_for_timeout(1_000)
    return page


def _shuffle(mine: Page, hers: Page) -> None:
    """Each in turn sends any card to any other column, whatever the other one is doing."""
    rng = random.Random(1)
    keys = [card.get_attribute("data-card") for card in mine.locator("[data-card]").all()]
    for turn in range(2 * EACH):
        page, key = (mine, hers)[turn % 2], rng.choice(keys)
        place = page.locator(f"[data-card='{key}'] select")
        place.select_option(rng.choice([stage for stage in STAGES if stage != place.input_value()]))


def _until_quiet(mine: Page, hers: Page) -> None:
    """Until both show the same, and go on doing so."""
    until = time.perf_counter() + PATIENCE_MS / 1000
    calm = 0
    while calm < 4 and time.perf_counter() < until:
        before = _board(mine), _board(hers)
        mine.wait_for_timeout(250)
        is_calm = before == (_board(mine), _board(hers)) and before[0] == before[1]
        calm = calm + 1 if is_calm else 0


def _board(page: Page) -> dict[str, list[int]]:
    found = page.evaluate(STANDING)
    return {stage: cards for stage, cards in found.items() if cards}


STANDING = """() => Object.fromEntries([...document.querySelectorAll("[data-stage]")].map((column) => [
    column.dataset.stage,
    [...column.querySelectorAll("[data-card]")].map((card) => Number(card.dataset.card)),
]))"""


def _differences(one: dict[str, list[int]], other: dict[str, list[int]]) -> int:
    stands = {card: (stage, place) for stage, cards in other.items() for place, card in enumerate(cards)}
    return sum(stands.get(card) != (stage, place) for stage, cards in one.items() for place, card in enumerate(cards))


def _seen(mine: Page, hers: Page, number: int) -> float:
    """Milliseconds from a move here until it is painted there."""
    stage = STAGES[number % 2]
    card = mine.locator(f"[data-stage]:not([data-stage={stage}]) [data-card]").first
    key = card.get_attribute("data-card")
    began = time.perf_counter()
    card.locator("select").select_option(stage)
    hers.wait_for_selector(f"[data-stage={stage}] [data-card='{key}']")
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
