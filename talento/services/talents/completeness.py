"""How complete a general profile is."""

from talento.models.talents import Talent
from talento.services.completeness import Completeness

SCORE = Completeness(Talent)
WEIGHTED, score, next_best = SCORE.weighted, SCORE.score, SCORE.next_best
