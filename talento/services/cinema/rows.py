"""How a cinema talent is stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, exists, func, select

from talento.models.cinema import CinemaChoice, CinemaLink, CinemaPhoto, CinemaSkill, CinemaTalent, Credit
from talento.models.facts import Kind
from talento.services.cinema.portfolio import CreditItem, PhotoItem
from talento.services.completeness import Completeness
from talento.services.rows import Rows, filled_names, replace
from talento.services.work import Work


class CinemaRows(Rows):
    """Adds what only cinema talents have: one table for every list, consents, photos and credits."""

    @property
    def listed(self) -> list[str]:
        """The facts of several options that are not sealed."""
        is_list = (known for known in self.facts.values() if known.kind is Kind.CHOICES)
        return [known.name for known in is_list if known.name not in self.sealed]

    def write_lists(self, work: Work, talent_id: int, values: Mapping[str, Any], *, is_new: bool) -> None:
        given = [name for name in self.listed if name in values]
        if not is_new and given:
            work.session.execute(
                delete(CinemaChoice).where(CinemaChoice.talent_id == talent_id, CinemaChoice.fact.in_(given))
            )
        rows = [{"talent_id": talent_id, "fact": name, "value": str(value)} for name in given for value in values[name]]
        work.insert_many(CinemaChoice, rows)

    def read_lists(self, work: Work, talent_id: int) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {name: [] for name in self.listed}
        for row in work.session.scalars(select(CinemaChoice).where(CinemaChoice.talent_id == talent_id)):
            choices = self.facts[row.fact].choices
            if choices is not None:
                found[row.fact].append(choices(row.value))
        return {name: _in_order(self.facts[name].choices, values) for name, values in found.items()}

    def everything(self, work: Work, row: Any, email: str) -> dict[str, Any]:
        return super().everything(work, row, email) | {
            "traits_consent": row.traits_consented_at is not None,
            "gallery": bool(work.session.scalar(select(exists().where(CinemaPhoto.talent_id == row.id)))),
            "credits": bool(work.session.scalar(select(exists().where(Credit.talent_id == row.id)))),
        }


INDEXED = {"phone": "phone_index", "document_number": "document_index"}
ROWS = CinemaRows(CinemaTalent, skills=CinemaSkill, links=CinemaLink, indexed=INDEXED)
SCORE = Completeness(CinemaTalent)


def complete(values: Mapping[str, Any]) -> int:
    """The completeness score of these facts."""
    return SCORE.score(filled_names(values))


def photos(work: Work, talent_id: int) -> list[PhotoItem]:
    """The gallery, in order."""
    rows = select(CinemaPhoto).where(CinemaPhoto.talent_id == talent_id).order_by(CinemaPhoto.place, CinemaPhoto.id)
    return [PhotoItem(row.file_id, row.category) for row in work.session.scalars(rows)]


def write_photos(work: Work, talent_id: int, items: list[PhotoItem], *, is_new: bool = False) -> None:
    """Put these photos in place of the gallery."""
    rows = [
        {"talent_id": talent_id, "file_id": item.key, "category": item.category, "place": place}
        for place, item in enumerate(items)
    ]
    replace(work, CinemaPhoto, talent_id, rows, is_new=is_new)


def credits(work: Work, talent_id: int) -> list[CreditItem]:
    """The credits, in order."""
    rows = select(Credit).where(Credit.talent_id == talent_id).order_by(Credit.place, Credit.id)
    return [
        CreditItem(str(row.id), row.title, row.year or 0, row.kind, row.part, row.imdb_id)
        for row in work.session.scalars(rows)
    ]


def write_credits(work: Work, talent_id: int, items: list[CreditItem], *, is_new: bool = False) -> None:
    """Put these credits in place of the ones that are there; those that stay keep their keys."""
    if not is_new:
        kept = [int(item.key) for item in items if item.key.isdigit()]
        work.session.execute(delete(Credit).where(Credit.talent_id == talent_id, Credit.id.not_in(kept)))
    for place, item in enumerate(items):
        values = {
            "title": item.title, "year": item.year or None, "kind": item.kind, "part": item.part,
            "imdb_id": item.imdb_id, "place": place,
        }  # fmt: skip
        known = work.session.get(Credit, int(item.key)) if item.key.isdigit() and not is_new else None
        if known is None or known.talent_id != talent_id:
            work.insert(Credit, talent_id=talent_id, **values)
        else:
            for name, value in values.items():
                setattr(known, name, value)


def count_photos(work: Work, talent_id: int) -> int:
    """How many photos the gallery has."""
    return work.session.scalar(select(func.count()).where(CinemaPhoto.talent_id == talent_id)) or 0


def _in_order(choices: Any, values: list[Any]) -> list[Any]:
    order = list(choices)
    return sorted(values, key=order.index)
