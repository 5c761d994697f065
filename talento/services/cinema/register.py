"""How a cinema talent is registered."""

from typing import Any

from sqlalchemy import select

from talento.models.cinema import PUBLISHED, CinemaTalent
from talento.models.talents import Talent
from talento.services import codes, live, wording
from talento.services.cinema import faces, form, guardians, rows
from talento.services.cinema.portfolio import PhotoItem
from talento.services.preferences import registry
from talento.services.reference import book
from talento.services.registration import Profile, Registered, Registration, has_profile
from talento.services.rows import is_given
from talento.services.talents import rows as talents
from talento.services.uploads import store
from talento.services.work import Work
from talento.vocabulary.visibility import Visibility

__all__ = ["REGISTRATION", "Registered", "finish", "known", "register"]

_SAME = (
    "first_name", "last_name", "born_on", "gender", "phone", "whatsapp", "origin", "nationality", "residence", "city",
    "languages", "experience", "bio", "photo",
)  # fmt: skip


def known(work: Work) -> dict[str, Any] | None:
    """What a general profile of the reader already says of these questions; None when they have a cinema profile."""
    if has_profile(work, CinemaTalent):
        return None
    talent = work.session.scalars(select(Talent).where(Talent.user_id == work.actor.user_id)).first()
    if talent is None:
        return {}
    values = talents.everything(work, talent, "")
    told = {name: values[name] for name in (*_SAME, *rows.ROWS.networks) if is_given(values.get(name))}
    raw = talents.raw(told, skill_slugs=wording.skill_slugs())
    return raw | {"website": talent.portfolio_url, "stage_name": talent.display_name, "city_typed": talent.city_typed}


def _store(work: Work, made: Profile) -> tuple[int, str]:
    values, columns = made.values, made.columns
    gallery = _claimed(work, made)
    letters = book().cities[values["city"]].letters
    code = str(codes.new_cinema_code(work, origin=values["origin"], gender=values["gender"], city=letters))
    talent_id = work.insert(
        CinemaTalent,
        revision=1,
        visibility=Visibility.RECRUITERS,
        published=PUBLISHED,
        **columns,
        code=code,
        photo_id=values.get("photo"),
        completeness=rows.complete(values),
        traits_consented_at=work.now if values.get("traits_consent") else None,
    )
    rows.ROWS.write_related(work, talent_id, columns["uid"], values, is_new=True)
    rows.write_photos(work, talent_id, gallery, is_new=True)
    rows.write_credits(work, talent_id, values.get("credits") or [], is_new=True)
    talent = work.get(CinemaTalent, talent_id)
    if faces.is_minor(talent):
        guardians.ask(work, talent, made.user)
    live.publish(work, "cinema", talent_id)
    return talent_id, code


def _claimed(work: Work, made: Profile) -> list[PhotoItem]:
    """Make the draft's files the account's; gives the gallery."""
    whose = {"user_id": made.user.id or 0, "draft_id": made.draft.id if made.draft else None}
    if made.values.get("photo"):
        store.claim(work, made.values["photo"], store.FileKind.PHOTO, **whose)
    gallery: list[PhotoItem] = made.values.get("gallery") or []
    for item in gallery:
        store.claim(work, item.key, store.FileKind.GALLERY, **whose)
    return gallery


REGISTRATION = Registration("cinema", form.FORM, rows.ROWS, registry.CINEMA_OPEN, _store)
finish, register = REGISTRATION.finish, REGISTRATION.register
