"""Answers to rows and back: the columns, the sealed values, the related tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from talento.models.facts import Fact, Kind, facts_of
from talento.models.talents import SocialLink, Talent, TalentLanguage, TalentSkill
from talento.services import encryption
from talento.services.talents import completeness
from talento.services.work import Work
from talento.vocabulary.networks import Network

FACTS = {known.name: known for known in facts_of(Talent)}
SEALED = ("passport_number", "residence_card", "phone", "whatsapp", "address")
INDEXED = {"phone": "phone_index", "passport_number": "passport_index", "residence_card": "residence_card_index"}
RELATED = {Kind.CHOICES, Kind.SKILLS, Kind.NETWORK, Kind.PHOTO, Kind.CV, Kind.EMAIL}
NETWORKS = [network.value for network in Network]


def columns(uid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `talent` that some answers fill."""
    filled: dict[str, Any] = {}
    for name, value in values.items():
        if name in SEALED:
            filled |= _sealed(uid, name, value)
        elif name == "city":
            filled["city_id"] = value
        elif name in FACTS and FACTS[name].kind not in RELATED or name in ("city_typed", "currency"):
            filled[name] = value
    return filled


def _sealed(uid: str, name: str, value: str | None) -> dict[str, Any]:
    keyring = encryption.keyring()
    filled = {f"{name}_sealed": keyring.seal(value, "talent", uid, name) if value else None}
    if name in INDEXED:
        filled[INDEXED[name]] = keyring.blind(name, value) if value else None
    return filled


def opened(talent: Talent, name: str) -> str:
    """A sealed value in the clear; empty when there is none.

    Raises:
        encryption.Unreadable: the key is wrong or the value was altered; never an empty text.
    """
    sealed = getattr(talent, f"{name}_sealed")
    return encryption.keyring().open(sealed, "talent", talent.uid, name) if sealed else ""


def write_related(work: Work, talent_id: int, uid: str, values: Mapping[str, Any], *, is_new: bool) -> None:
    """Write the languages, skills and network addresses among the answers."""
    if "languages" in values:
        rows = [{"talent_id": talent_id, "language": language} for language in values["languages"]]
        _replace(work, TalentLanguage, talent_id, rows, is_new)
    if "skills" in values:
        rows = [{"talent_id": talent_id, "skill_id": skill_id} for skill_id in values["skills"]]
        _replace(work, TalentSkill, talent_id, rows, is_new)
    if any(name in values for name in NETWORKS):
        seal = encryption.keyring().seal
        rows = [
            {
                "talent_id": talent_id,
                "network": Network(name),
                "url_sealed": seal(values[name], "social_link", uid, name),
            }
            for name in NETWORKS
            if values.get(name)
        ]
        _replace(work, SocialLink, talent_id, rows, is_new)


def _link_row(talent_id: int, uid: str, name: str, url: str) -> dict[str, Any]:
    sealed = encryption.keyring().seal(url, "social_link", uid, name)
    return {"talent_id": talent_id, "network": Network(name), "url_sealed": sealed}


def _replace(work: Work, table: Any, talent_id: int, rows: list[dict[str, Any]], is_new: bool) -> None:
    if not is_new:
        work.session.execute(delete(table).where(table.talent_id == talent_id))
    work.insert_many(table, rows)


def filled_names(values: Mapping[str, Any]) -> set[str]:
    """The names of the facts that hold something."""
    return {name for name, value in values.items() if value not in (None, "", [])}


def everything(work: Work, talent: Talent, email: str) -> dict[str, Any]:
    """Every fact of a talent in the clear, by name."""
    values: dict[str, Any] = {"email": email, "photo": talent.photo_id, "cv": talent.cv_id, "city": talent.city_id}
    for known in FACTS.values():
        if known.name in SEALED:
            values[known.name] = opened(talent, known.name)
        elif known.kind not in RELATED and known.name != "city":
            values[known.name] = getattr(talent, known.name)
    return values | _related(work, talent)


def _related(work: Work, talent: Talent) -> dict[str, Any]:
    languages = select(TalentLanguage.language).where(TalentLanguage.talent_id == talent.id)
    skills = select(TalentSkill.skill_id).where(TalentSkill.talent_id == talent.id).order_by(TalentSkill.skill_id)
    links = work.session.scalars(select(SocialLink).where(SocialLink.talent_id == talent.id))
    return {
        "languages": sorted(work.session.scalars(languages)),
        "skills": list(work.session.scalars(skills)),
    } | {
        row.network.value: encryption.keyring().open(row.url_sealed, "social_link", talent.uid, row.network.value)
        for row in links
    }


def complete(values: Mapping[str, Any]) -> int:
    """The completeness score of these facts."""
    return completeness.score(filled_names(values))


def raw(values: Mapping[str, Any], *, skill_slugs: Mapping[int, str]) -> dict[str, Any]:
    """Facts as a form shows them: texts, and lists of texts."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        known = FACTS[name]
        if known.kind is Kind.SKILLS:
            shown[name] = [skill_slugs[skill_id] for skill_id in value]
        elif isinstance(value, list):
            shown[name] = [str(one) for one in value]
        else:
            shown[name] = _said(known, value)
    return shown


def _said(known: Fact, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if known.kind is Kind.MONEY:
        return f"{value:f}".removesuffix(".00")
    return str(value)
