"""Every table, imported once so that the metadata is whole."""

from talento.models import accounts, drafts, files, operations, reference, talents

__all__ = ["accounts", "drafts", "files", "operations", "reference", "talents"]
