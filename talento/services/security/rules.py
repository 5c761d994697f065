"""What is suspicious, as data: each rule says what it counts, about whom, for how long, and from how many on.

To add one: a setting in `preferences/registry.py`, a line here with its French, `suspicion.suspect` where it happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from talento.i18n import phrase
from talento.services.preferences import Preference, registry
from talento.vocabulary.logs import Severity


class Subject(StrEnum):
    """Whom a rule is about."""

    ADDRESS = "address"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Args:
        label: what happened; `text` what it may mean and what to do. Both written with `phrase()`.
        least: from how many on it is raised; 0, or a switch that is off: never.
        window: within how long, counted from the first.
        entry: the entry of the security or activity log that tells each of them, as `log/name`; empty: none does.
        blocks: whether the address is kept out for a while, if the settings say so.
    """

    key: str
    label: str
    text: str
    subject: Subject
    severity: Severity
    least: Preference[Any]
    window: timedelta
    entry: str
    blocks: bool = False


MANY_ACCOUNTS = Rule(
    "many_accounts", phrase("Many accounts tried from one address"),
    phrase("Sign-ins failed on many different accounts. Somebody is guessing passwords, or many people sit behind one "
           "address and mistype. Block the network if it goes on."),
    Subject.ADDRESS, Severity.CRITICAL, registry.ALERT_MANY_ACCOUNTS, timedelta(minutes=10), "security/failed_login",
    blocks=True,
)  # fmt: skip
ONE_ACCOUNT = Rule(
    "one_account", phrase("Many failed sign-ins on one account"),
    phrase("Somebody is after this account, or its owner forgot the password. It waits longer after each try; ask its "
           "owner, and send a password link."),
    Subject.ACCOUNT, Severity.WARNING, registry.ALERT_ONE_ACCOUNT, timedelta(hours=1), "security/failed_login",
)  # fmt: skip
REGISTRATIONS = Rule(
    "registrations", phrase("Many registrations from one address"),
    phrase("An open day looks like this, and so does a script. Look at the new accounts."),
    Subject.ADDRESS, Severity.WARNING, registry.ALERT_REGISTRATIONS, timedelta(hours=1), "activity/registered",
)  # fmt: skip
CONTACTS = Rule(
    "contacts", phrase("Contact details of many people opened"),
    phrase("One account looked at the phone numbers and addresses of very many people. Ask why; suspend the account if "
           "nobody knows."),
    Subject.ACCOUNT, Severity.CRITICAL, registry.ALERT_CONTACTS, timedelta(hours=1), "",
)  # fmt: skip
EXPORTS = Rule(
    "exports", phrase("Many exports by one account"),
    phrase("One account took many lists out of the house in a short time. Ask what they are for."),
    Subject.ACCOUNT, Severity.CRITICAL, registry.ALERT_EXPORTS, timedelta(hours=1), "",
)  # fmt: skip
ADMIN_NETWORK = Rule(
    "admin_network", phrase("Administrator signed in from a new network"),
    phrase("This administrator never signed in from there before. If it was not them, end their sessions and send a "
           "password link at once."),
    Subject.ACCOUNT, Severity.WARNING, registry.ALERT_ADMIN_NETWORK, timedelta(hours=1), "security/successful_login",
)  # fmt: skip
COPIED = Rule(
    "copied", phrase("Passkey that was copied"),
    phrase("Its counter went back, so there are two of it: it was refused. Have its owner remove it, and look at what "
           "the account did lately."),
    Subject.ACCOUNT, Severity.CRITICAL, registry.ALERT_COPIED, timedelta(hours=1), "security/passkey_copied",
)  # fmt: skip
FORGED = Rule(
    "forged", phrase("Forged badges or refused devices"),
    phrase("Badges with a wrong signature, wrong pairing codes, or a device that was revoked and is still in use. Find "
           "the device."),
    Subject.ADDRESS, Severity.WARNING, registry.ALERT_FORGED, timedelta(minutes=10), "",
)  # fmt: skip
WEBHOOK = Rule(
    "webhook", phrase("Mail events with a wrong signature"),
    phrase("Somebody pretends to be the mail provider, or the public key in the settings is not the provider's any "
           "more."),
    Subject.ADDRESS, Severity.WARNING, registry.ALERT_WEBHOOK, timedelta(hours=1), "security/mail_events_refused",
)  # fmt: skip

RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        MANY_ACCOUNTS, ONE_ACCOUNT, REGISTRATIONS, CONTACTS, EXPORTS, ADMIN_NETWORK, COPIED, FORGED, WEBHOOK,
    )
}  # fmt: skip
"""Every rule by its key."""
