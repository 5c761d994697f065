"""Counting what is suspicious, in the transaction that records it: a row or two for each, never a scan of a log."""

from datetime import timedelta

from talento.services import preferences, throttle
from talento.services.preferences import registry
from talento.services.security import alerts, blocks, rules
from talento.services.security.rules import Rule, Subject
from talento.services.work import SYSTEM, Work, run


def suspect(work: Work, rule: Rule, *, user_id: int | None = None, of: str = "") -> None:
    """Count something; from the rule's number on, raise its alert, and block where the rule and the settings say so.

    Args:
        user_id: the account that the rule is about, or that did it.
        of: to whom it happened, when each counts once.
    """
    least = int(preferences.value(rule.least))
    subject = _subject(work, rule, user_id)
    if not subject:
        return
    count = throttle.tally(work, _key(rule, subject), rule.window, of=of)
    if not least or count < least:
        return
    alerts.note(work, rule, subject, user_id=user_id if rule.subject is Subject.ACCOUNT else None, count=count)
    if rule.blocks and preferences.value(registry.BLOCKS_BY_RULE):
        lasts = timedelta(hours=preferences.value(registry.BLOCK_HOURS))
        blocks.add_by_rule(work, subject, rule=rule.key, lasts=lasts)


def suspect_reading(work: Work, rule: Rule, *, of: str = "") -> None:
    """The same for what is only read: counted in a transaction of its own, once this one is over."""
    user_id = work.actor.by_id or work.actor.user_id
    work.after_commit(lambda: run(SYSTEM, suspect, rule, user_id=user_id, of=of))


def has_failed(work: Work) -> bool:
    """Whether a sign-in from the caller's address failed lately."""
    rule = rules.MANY_ACCOUNTS
    return throttle.counted(work, _key(rule, throttle.place(work)), rule.window) > 0


def _key(rule: Rule, subject: str) -> str:
    return f"rule:{rule.key}:{subject}"


def _subject(work: Work, rule: Rule, user_id: int | None) -> str:
    """Whom this counts for; nobody when it was the machine itself."""
    if rule.subject is Subject.ACCOUNT:
        return "" if user_id is None else str(user_id)
    return throttle.place(work) if work.actor.ip else ""
