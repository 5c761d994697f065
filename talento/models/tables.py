"""Every table, imported once so that the metadata is whole."""

from talento.models import accounts, casting, cinema, drafts, files, operations, presence, reference, security, talents

__all__ = [
    "accounts",
    "casting",
    "cinema",
    "drafts",
    "files",
    "operations",
    "presence",
    "reference",
    "security",
    "talents",
]
