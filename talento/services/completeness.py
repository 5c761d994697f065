"""How complete a profile is, and what would help most. Source: incumbent facts §7.4, normalized to 100."""

from collections.abc import Set as AbstractSet

from sqlmodel import SQLModel

from talento.models.facts import Fact, facts_of


class Completeness:
    """The score of one kind of profile, from the weights of its facts."""

    def __init__(self, table: type[SQLModel]) -> None:
        self.weighted = [known for known in facts_of(table) if known.weight]
        self.total = sum(known.weight for known in self.weighted)

    def score(self, filled: AbstractSet[str]) -> int:
        """0 to 100 from the names of the facts that are filled in."""
        return round(100 * sum(known.weight for known in self.weighted if known.name in filled) / self.total)

    def next_best(self, filled: AbstractSet[str]) -> tuple[Fact, int] | None:
        """The missing fact that adds most, and by how many points; None when nothing is missing."""
        missing = [known for known in self.weighted if known.name not in filled]
        if not missing:
            return None
        best = max(missing, key=lambda known: known.weight)
        return best, self.score(filled | {best.name}) - self.score(filled)
