"""A finished document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A document, the name it is saved under, and what it is."""

    name: str
    data: bytes
    media_type: str = "application/pdf"
