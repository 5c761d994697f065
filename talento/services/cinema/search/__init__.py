"""Finding cinema talents: the search that every roster has, over the criteria of a casting sheet."""

from talento.services.cinema.search.find import Casting, allowed, find, follow, heard, index, matching
from talento.services.cinema.search.query import AMOUNTS, CinemaHaving, CinemaQuery
from talento.services.cinema.search.roster import CINEMA, TRAITS
from talento.services.cinema.search.rows import FaceRow
from talento.services.cinema.search.words import said

__all__ = [
    "AMOUNTS",
    "CINEMA",
    "TRAITS",
    "Casting",
    "CinemaHaving",
    "CinemaQuery",
    "FaceRow",
    "allowed",
    "find",
    "follow",
    "heard",
    "index",
    "matching",
    "said",
]
