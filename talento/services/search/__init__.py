"""Finding people: an index in this process's memory, beside the database, that answers while somebody types."""

from talento.services.search.facets import Facet, FacetValue, Wide
from talento.services.search.find import Found, News, Terms, count_new, find, follow, matching
from talento.services.search.general import GENERAL
from talento.services.search.live_index import Index, heard, index
from talento.services.search.query import Having, Query, Sort
from talento.services.search.roster import Roster
from talento.services.search.rows import PersonRow

__all__ = [
    "Facet",
    "FacetValue",
    "Found",
    "GENERAL",
    "Having",
    "Index",
    "News",
    "PersonRow",
    "Query",
    "Roster",
    "Sort",
    "Terms",
    "Wide",
    "count_new",
    "find",
    "follow",
    "heard",
    "index",
    "matching",
]
