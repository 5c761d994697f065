"""A desk, its people, and a clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from talento.models.presence import DeskGrant
from talento.services.casting import assignments
from talento.services.presence import desk
from talento.services.presence.desk import Line, Scan, Sheet
from talento.services.work import SYSTEM, Actor, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


@dataclass(frozen=True)
class Somebody:
    """A person on the project: who they are, their assignment and its code."""

    actor: Actor
    talent_id: int
    assignment_id: int
    code: str


@dataclass
class Desk:
    """Nadia's desk on Youssef's project."""

    keeper: Actor
    recruiter: Actor
    project_id: int
    hands: Hands

    def at(self, iso: str) -> "Desk":
        """Set the clock: `desk.at("2027-04-12T20:00+00:00")`."""
        self.hands.now = datetime.fromisoformat(iso)
        return self

    def scan(self, whom: "Somebody | str", **options: Any) -> Scan:
        said = whom.code if isinstance(whom, Somebody) else whom
        return run(self.keeper, desk.scan, self.project_id, said, **options)

    def sheet(self, actor: Actor | None = None, **options: Any) -> Sheet:
        return look(actor or self.keeper, desk.sheet, self.project_id, locale="en", **options)

    def line(self, whom: Somebody, **options: Any) -> Line:
        return next(one for one in self.sheet(**options).lines if one.person.assignment_id == whom.assignment_id)

    def person(self, **changes: Any) -> Somebody:
        actor, talent_id = factories.cinema_talent(**changes)
        made = run(self.recruiter, assignments.assign, self.project_id, talent_id=talent_id)
        return Somebody(actor, talent_id, made.id, made.code)


@pytest.fixture
def nadias(cast: Cast, hands: Hands) -> Desk:
    """A project open to Nadia, on 12 April 2027 at nine."""
    hands.now = datetime.fromisoformat("2027-04-12T08:00+00:00")
    project_id = factories.project(cast.youssef)
    run(SYSTEM, lambda work: work.insert(DeskGrant, project_id=project_id, user_id=cast.nadia.user_id,
                                         granted_at=work.now))  # fmt: skip
    return Desk(cast.nadia, cast.youssef, project_id, hands)


@pytest.fixture
def amina(nadias: Desk) -> Somebody:
    return nadias.person()
