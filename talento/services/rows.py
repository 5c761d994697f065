"""Answers to rows and back, for every table of people: columns, sealed values, lists, skills and network addresses.

Which columns are sealed is read from their names: `phone_sealed` holds the ciphertext of the fact `phone`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import SQLModel

from talento.models.facts import Fact, Kind, facts_of
from talento.services import encryption
from talento.services.work import Work
from talento.vocabulary.choice import Choice
from talento.vocabulary.networks import Network

RELATED = {
    Kind.CHOICES, Kind.SKILLS, Kind.NETWORK, Kind.PHOTO, Kind.CV, Kind.EMAIL, Kind.CONSENT, Kind.GALLERY, Kind.CREDITS,
}  # fmt: skip
"""Kinds whose answers are kept elsewhere than in a column of the same name."""

BESIDE = ("city_typed", "currency")
"""Columns that are filled in beside the facts."""


class Rows:
    """How the facts of one table are stored.

    Args:
        table: the people.
        skills: who brings which skill; `talent_id` and `skill_id`.
        links: their pages on networks; `talent_id`, `network` and `url_sealed`.
        indexed: facts that can be found by equality, and the column of their blind index.
    """

    def __init__(
        self, table: type[SQLModel], *, skills: type[SQLModel], links: type[SQLModel], indexed: Mapping[str, str]
    ) -> None:
        self.table, self.skills, self.links, self.indexed = table, skills, links, indexed
        self.name = str(table.__tablename__)
        self.facts: dict[str, Fact] = {known.name: known for known in facts_of(table)}
        self.sealed = sealed_names(table)
        self.networks = [known.name for known in self.facts.values() if known.kind is Kind.NETWORK]

    def columns(self, uid: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The columns that some answers fill."""
        filled: dict[str, Any] = {}
        for name, value in values.items():
            if name in self.sealed:
                filled |= self._sealed(uid, name, value)
            elif name == "city":
                filled["city_id"] = value
            elif name in BESIDE or (name in self.facts and self.facts[name].kind not in RELATED):
                filled[name] = value
        return filled

    def seal(self, uid: str, name: str, value: str) -> str:
        """A value encrypted for one column of one row."""
        return encryption.keyring().seal(value, self.name, uid, name)

    def opened(self, row: Any, name: str) -> str:
        """A sealed value in the clear; empty when there is none.

        Raises:
            encryption.Unreadable: the key is wrong or the value was altered; never an empty text.
        """
        sealed = getattr(row, f"{name}_sealed")
        return encryption.keyring().open(sealed, self.name, row.uid, name) if sealed else ""

    def write_related(self, work: Work, talent_id: int, uid: str, values: Mapping[str, Any], *, is_new: bool) -> None:
        """Write the lists, skills and network addresses among the answers."""
        self.write_lists(work, talent_id, values, is_new=is_new)
        if "skills" in values:
            rows = [{"talent_id": talent_id, "skill_id": skill_id} for skill_id in values["skills"]]
            replace(work, self.skills, talent_id, rows, is_new=is_new)
        if any(name in values for name in self.networks):
            rows = [self._link(talent_id, uid, name, values[name]) for name in self.networks if values.get(name)]
            replace(work, self.links, talent_id, rows, is_new=is_new)

    def write_lists(self, work: Work, talent_id: int, values: Mapping[str, Any], *, is_new: bool) -> None:
        """Write the facts of several options that are not sealed."""
        raise NotImplementedError

    def read_lists(self, work: Work, talent_id: int) -> dict[str, list[Any]]:
        """Those facts, by name."""
        raise NotImplementedError

    def everything(self, work: Work, row: Any, email: str) -> dict[str, Any]:
        """Every fact in the clear, by name."""
        values: dict[str, Any] = {"email": email, "photo": row.photo_id, "city": row.city_id}
        for known in self.facts.values():
            if known.name in self.sealed:
                values[known.name] = self._unsealed(known, self.opened(row, known.name))
            elif known.kind not in RELATED and known.name != "city":
                values[known.name] = getattr(row, known.name)
        return values | self._related(work, row)

    def raw(self, values: Mapping[str, Any], *, skill_slugs: Mapping[int, str]) -> dict[str, Any]:
        """Facts as a form shows them: texts, and lists of texts."""
        shown: dict[str, Any] = {}
        for name, value in values.items():
            known = self.facts[name]
            if known.kind is Kind.SKILLS:
                shown[name] = [skill_slugs[skill_id] for skill_id in value]
            elif isinstance(value, list):
                shown[name] = [str(one) for one in value]
            else:
                shown[name] = _said(known, value)
        return shown

    def _sealed(self, uid: str, name: str, value: Any) -> dict[str, Any]:
        text = ",".join(value) if isinstance(value, list) else value
        filled = {f"{name}_sealed": self.seal(uid, name, str(text)) if text else None}
        if name in self.indexed:
            filled[self.indexed[name]] = encryption.keyring().blind(name, text) if text else None
        return filled

    def _unsealed(self, known: Fact, text: str) -> Any:
        if known.choices is None:
            return text
        chosen = [known.choices(slug) for slug in text.split(",") if slug]
        return chosen if known.kind is Kind.CHOICES else chosen[0] if chosen else None

    def _link(self, talent_id: int, uid: str, name: str, url: str) -> dict[str, Any]:
        sealed = encryption.keyring().seal(url, str(self.links.__tablename__), uid, name)
        return {"talent_id": talent_id, "network": Network(name), "url_sealed": sealed}

    def _related(self, work: Work, row: Any) -> dict[str, Any]:
        owned: Any = self.skills
        skills = select(owned.skill_id).where(owned.talent_id == row.id).order_by(owned.skill_id)
        pages: Any = self.links
        links = work.session.scalars(select(pages).where(pages.talent_id == row.id))
        place, opened = str(self.links.__tablename__), encryption.keyring().open
        return {
            **self.read_lists(work, row.id),
            "skills": list(work.session.scalars(skills)),
            **{link.network.value: opened(link.url_sealed, place, row.uid, link.network.value) for link in links},
        }


def sealed_names(table: type[SQLModel]) -> tuple[str, ...]:
    """What the sealed columns of a table hold, in order."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return tuple(column.name.removesuffix("_sealed") for column in columns if column.name.endswith("_sealed"))


def replace(work: Work, table: Any, talent_id: int, rows: list[dict[str, Any]], *, is_new: bool) -> None:
    """Put rows of a person in place of those that are there."""
    if not is_new:
        work.session.execute(delete(table).where(table.talent_id == talent_id))
    work.insert_many(table, rows)


def filled_names(values: Mapping[str, Any]) -> set[str]:
    """The names of the facts that hold something."""
    return {name for name, value in values.items() if is_given(value)}


def is_given(value: Any) -> bool:
    """Whether an answer says something; zero does."""
    return value is not None and value is not False and value != "" and value != []


def _said(known: Fact, value: Any) -> str:
    if not is_given(value):
        return ""
    if value is True:
        return "true"
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if known.kind is Kind.MONEY:
        return f"{value:f}".removesuffix(".00")
    return str(value)
