"""How the house is: what is looked at, what was found, and what to do about it."""

from talento.services.health.checks import looked_over, missing
from talento.services.health.findings import Finding, State, Words
from talento.services.health.integrity import STEPS, Stopped, checked_through

__all__ = ["STEPS", "Finding", "State", "Stopped", "Words", "checked_through", "looked_over", "missing"]
