"""How complete a profile is, and what would help most. Source: incumbent facts §7.4, normalized to 100."""

from collections.abc import Set as AbstractSet

from talento.models.facts import Fact, facts_of
from talento.models.talents import Talent

WEIGHTED = [known for known in facts_of(Talent) if known.weight]
TOTAL = sum(known.weight for known in WEIGHTED)


def score(filled: AbstractSet[str]) -> int:
    """0 to 100 from the names of the facts that are filled in."""
    return round(100 * sum(known.weight for known in WEIGHTED if known.name in filled) / TOTAL)


def next_best(filled: AbstractSet[str]) -> tuple[Fact, int] | None:
    """The missing fact that adds most, and by how many points; None when nothing is missing."""
    missing = [known for known in WEIGHTED if known.name not in filled]
    if not missing:
        return None
    best = max(missing, key=lambda known: known.weight)
    return best, score(filled | {best.name}) - score(filled)
