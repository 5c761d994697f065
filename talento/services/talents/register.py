"""How a general talent is registered."""

from typing import Any

from sqlalchemy import select

from talento.models.cinema import CinemaTalent
from talento.models.talents import Talent
from talento.services import codes, live, wording
from talento.services.cinema import rows as cinema
from talento.services.preferences import registry
from talento.services.reference import book
from talento.services.registration import Profile, Registered, Registration, has_profile
from talento.services.talents import form, rows
from talento.services.uploads import store
from talento.services.work import Work
from talento.vocabulary.visibility import Visibility

__all__ = ["REGISTRATION", "Registered", "finish", "known", "register"]

_SAME = (
    "first_name", "last_name", "born_on", "gender", "phone", "whatsapp", "origin", "nationality", "residence", "city",
    "languages", "experience", "bio", "photo",
)  # fmt: skip


def known(work: Work) -> dict[str, Any] | None:
    """What a cinema profile of the reader already says of these questions; None when they have a general profile."""
    if has_profile(work, Talent):
        return None
    talent = work.session.scalars(select(CinemaTalent).where(CinemaTalent.user_id == work.actor.user_id)).first()
    if talent is None:
        return {}
    values = cinema.ROWS.everything(work, talent, "")
    told = {name: values[name] for name in (*_SAME, *cinema.ROWS.networks) if name in values}
    raw = cinema.ROWS.raw(told, skill_slugs=wording.skill_slugs())
    return raw | {"portfolio_url": talent.website, "city_typed": talent.city_typed}


def _store(work: Work, made: Profile) -> tuple[int, str]:
    values, user_id = made.values, made.user.id or 0
    for name, kind in (("photo", store.FileKind.PHOTO), ("cv", store.FileKind.CV)):
        if values.get(name):
            draft_id = made.draft.id if made.draft else None
            values[name] = store.claim(work, values[name], kind, user_id=user_id, draft_id=draft_id)
    letters = book().cities[values["city"]].letters
    code = str(codes.new_talent_code(work, origin=values["origin"], gender=values["gender"], city=letters))
    files = {"photo_id": values.get("photo"), "cv_id": values.get("cv")}
    talent_id = work.insert(Talent, **_DEFAULTS, **made.columns, **files, code=code, completeness=rows.complete(values))
    rows.write_related(work, talent_id, made.columns["uid"], values, is_new=True)
    live.publish(work, "talent", talent_id)
    return talent_id, code


_DEFAULTS = {
    "revision": 1,
    "visibility": Visibility.RECRUITERS,
    "published": "photo,skills,city,languages,bio",
    "display_name": "",
}

REGISTRATION = Registration("register", form.FORM, rows.ROWS, registry.GENERAL_OPEN, _store)
finish, register = REGISTRATION.finish, REGISTRATION.register
