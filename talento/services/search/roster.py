"""What makes a list of people searchable: where they are, by what they are narrowed, how one of them is listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from talento.services.search.facets import Property
from talento.services.search.reading import Source
from talento.services.search.segment import AGE_BANDS, Segment
from talento.services.work import Work
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True, eq=False)
class Roster:
    """The people of a kind, as the search needs to know them."""

    topic: str
    """Under which their changes are published."""
    source: Source
    facets: tuple[Property, ...]
    many: tuple[str, ...]
    """Facets of which all the chosen values may be wanted."""
    rows: Callable[[Work, Sequence[int], str], list[Any]]
    """The people with some ids, in this order, in a language."""
    narrowed: Callable[[Any, Segment, date], dict[str, BitMap]]
    """Whom the criteria of a query let through that are no facets, by any name."""
    tag: str
    """Of the skills that people of this roster have."""
    page: int
    permission: Permission
    """What it takes to search."""
    worded: tuple[str, ...] = ("skills",)
    """Facets whose labels are found as words, like skills."""
    spans: Mapping[str, str] = field(default_factory=dict)
    """What criteria that are no facets are called in English, where their values do not speak for themselves."""
    hides_mail_of_minors: bool = False
    """Whether somebody under 18 is not found by their e-mail, which those who search may not know (`GD-08`)."""
    bands: Mapping[str, tuple[int, int]] = field(default_factory=lambda: AGE_BANDS)

    @cached_property
    def by_name(self) -> dict[str, Property]:
        """The facets by name."""
        return {facet.name: facet for facet in self.facets}
