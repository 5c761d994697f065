"""Who may do what: the permission matrix as data. Source: product decisions, section 3."""

from enum import StrEnum
from types import MappingProxyType

from talento.vocabulary.choice import Choice


class Role(Choice):
    """The one role an account holds."""

    ADMIN = "admin", "Admin", "Administrateur"
    RECRUITER = "recruiter", "Recruiter", "Recruteur"
    PRESENCE = "presence", "Presence", "Présence"
    USER = "user", "Talent", "Talent"


class Permission(StrEnum):
    """One thing a person may be allowed to do; a row of the matrix."""

    OWN_PROFILE = "own_profile"
    SEARCH_TALENTS = "search_talents"
    CONTACT_DETAILS = "contact_details"
    SHORTLISTS = "shortlists"
    EXPORT = "export"
    CASTING = "casting"
    RECORD_PRESENCE = "record_presence"
    SEE_SHEET = "see_sheet"
    ADMINISTER = "administer"
    REVEAL_IDENTITY = "reveal_identity"


_USER = frozenset({Permission.OWN_PROFILE})
_PRESENCE = _USER | {Permission.RECORD_PRESENCE, Permission.SEE_SHEET}
_RECRUITER = _USER | {
    Permission.SEARCH_TALENTS,
    Permission.CONTACT_DETAILS,
    Permission.SHORTLISTS,
    Permission.EXPORT,
    Permission.CASTING,
    Permission.SEE_SHEET,
}

GRANTS = MappingProxyType(
    {
        Role.USER: _USER,
        Role.PRESENCE: _PRESENCE,
        Role.RECRUITER: _RECRUITER,
        Role.ADMIN: frozenset(Permission),
    }
)

OF_DEVICES = frozenset({Permission.RECORD_PRESENCE, Permission.SEE_SHEET})
"""What a paired tablet may do, at the desks it was paired for."""


def allowed(role: Role | None, permission: Permission) -> bool:
    """Whether `role` (None: a visitor) is granted `permission`; anything unlisted is refused."""
    return role is not None and permission in GRANTS.get(role, frozenset())
