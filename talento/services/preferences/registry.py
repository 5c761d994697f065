"""Every setting that admins change on a page, declared once.

The code reads a setting by its name here (`preferences.value(registry.SITE_NAME)`), which is how a test knows that
each one is obeyed. To add one: a line in its group, its French, and the place that reads it.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from talento.i18n import phrase
from talento.services.preferences import kinds
from talento.services.preferences.kinds import Kind
from talento.vocabulary.announcements import Tone
from talento.vocabulary.mailing import Tls, Way
from talento.vocabulary.networks import Network
from talento.vocabulary.recap import RecapField, Weekday

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together; `key` is the end of their page's address."""

    key: str
    label: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True, eq=False)
class Preference(Generic[V]):
    """One setting.

    Args:
        group: where it stands.
        kind: what it can be.
        default: its value while nobody chose another.
        label: what it is called; `text` says what it does. Both written with `phrase()`.
        environment: the variable of the environment that counts while this is empty.
    """

    key: str
    group: Group
    kind: Kind[V]
    default: V
    label: str
    text: str = ""
    environment: str = ""

    @property
    def is_secret(self) -> bool:
        return isinstance(self.kind, kinds.Secret)


# Site and brand

SITE = Group("site", phrase("Site and brand"), phrase("What the site is called and how it looks, everywhere."), "globe")
SITE_NAME = Preference(
    "site_name", SITE, kinds.Line(40, is_required=True), "Talento",
    phrase("Name of the site"), phrase("On every page, in titles, mails and documents."),
)  # fmt: skip
TAGLINE_EN = Preference(
    "tagline_en", SITE, kinds.Line(80), "Talent registry and casting",
    phrase("Tagline in English"), phrase("Beside the name, at the foot of public pages."),
)  # fmt: skip
TAGLINE_FR = Preference(
    "tagline_fr", SITE, kinds.Line(80), "Registre de talents et casting",
    phrase("Tagline in French"), phrase("The same for readers of French."),
)  # fmt: skip
CONTACT_EMAIL = Preference(
    "contact_email", SITE, kinds.Email(), "",
    phrase("Contact e-mail"), phrase("Shown to everybody at the foot of public pages."),
)  # fmt: skip
CONTACT_PHONE = Preference(
    "contact_phone", SITE, kinds.Phone(), "",
    phrase("Contact phone"), phrase("With its country prefix, such as +212 5 22 00 00 00."),
)  # fmt: skip
BRAND_COLOR = Preference(
    "brand_color", SITE, kinds.Color(), "#4a3ad6",
    phrase("Brand color"), phrase("Buttons, links and the mark. It must be dark enough for white text."),
)  # fmt: skip
LOGO = Preference(
    "logo", SITE, kinds.Picture(), "",
    phrase("Logo"), phrase("Before the name on every page, on light and on dark ground. Without one stands our mark."),
)  # fmt: skip
LOGO_ALONE = Preference(
    "logo_alone", SITE, kinds.Switch(), False,
    phrase("The logo alone"), phrase("For a logo that says the name itself."),
)  # fmt: skip

SITE_ZONE = Preference(
    "site_zone", SITE, kinds.Zone(), "Africa/Casablanca",
    phrase("Time zone of the site"), phrase("The clock by which announcements begin and end, and of new projects."),
)  # fmt: skip

# Announcements and switches

SWITCHES = Group(
    "switches",
    phrase("Announcements and switches"),
    phrase("Everybody sees these at once, on every page."),
    "megaphone",
)
ANNOUNCED = Preference(
    "announced", SWITCHES, kinds.Switch(), False,
    phrase("Show the announcement"), phrase("A banner above every page, for visitors too."),
)  # fmt: skip
ANNOUNCEMENT_EN = Preference(
    "announcement_en", SWITCHES, kinds.Line(300), "",
    phrase("Announcement in English"), phrase("Plain text, such as “We update the site on Sunday at 22:00.”"),
)  # fmt: skip
ANNOUNCEMENT_FR = Preference(
    "announcement_fr", SWITCHES, kinds.Line(300), "",
    phrase("Announcement in French"), phrase("Where one language is empty, its readers see the other."),
)  # fmt: skip
ANNOUNCEMENT_TONE = Preference(
    "announcement_tone", SWITCHES, kinds.OneOf(Tone), Tone.INFO, phrase("Look of the announcement")
)
ANNOUNCED_FROM = Preference(
    "announced_from", SWITCHES, kinds.Moment(), "",
    phrase("Announced from"), phrase("By the clock of the site; empty: at once."),
)  # fmt: skip
ANNOUNCED_UNTIL = Preference(
    "announced_until", SWITCHES, kinds.Moment(), "",
    phrase("Announced until"), phrase("By the clock of the site; empty: until it is switched off."),
)  # fmt: skip
READ_ONLY = Preference(
    "read_only", SWITCHES, kinds.Switch(), False,
    phrase("Read-only"),
    phrase(
        "Nobody but administrators can change anything. Everybody still signs in, reads and searches; unfinished "
        "registrations go on being kept, and tablets keep their scans until this is over."
    ),
)  # fmt: skip
REGISTRATION_PAUSED = Preference(
    "registration_paused", SWITCHES, kinds.Switch(), False,
    phrase("Pause registration"), phrase("The forms stay open and keep what is typed, but nothing can be sent."),
)  # fmt: skip

# Social links

SOCIAL = Group("social", phrase("Social links"), phrase("Shown at the foot of public pages."), "share-2")
LINKEDIN = Preference("linkedin_url", SOCIAL, kinds.Address(Network.LINKEDIN), "", phrase("LinkedIn"))
FACEBOOK = Preference("facebook_url", SOCIAL, kinds.Address(Network.FACEBOOK), "", phrase("Facebook"))
INSTAGRAM = Preference("instagram_url", SOCIAL, kinds.Address(Network.INSTAGRAM), "", phrase("Instagram"))
TWITTER = Preference("twitter_url", SOCIAL, kinds.Address(Network.TWITTER), "", phrase("X (Twitter)"))
YOUTUBE = Preference("youtube_url", SOCIAL, kinds.Address(Network.YOUTUBE), "", phrase("YouTube"))
TIKTOK = Preference("tiktok_url", SOCIAL, kinds.Address(Network.TIKTOK), "", phrase("TikTok"))
TELEGRAM = Preference("telegram_url", SOCIAL, kinds.Address(Network.TELEGRAM), "", phrase("Telegram"))
THREADS = Preference("threads_url", SOCIAL, kinds.Address(Network.THREADS), "", phrase("Threads"))

# Legal texts

LEGAL = Group(
    "legal",
    phrase("Legal texts"),
    phrase("Markdown: # headings, lists, **bold**, [links](https://…). Empty: the text that comes with Talento."),
    "scale",
)
PRIVACY_EN = Preference(
    "privacy_en", LEGAL, kinds.Text(40_000, "markdown"), "",
    phrase("Privacy, in English"), phrase("Shown at /legal/privacy. Every version stays in the history."),
)  # fmt: skip
PRIVACY_FR = Preference("privacy_fr", LEGAL, kinds.Text(40_000, "markdown"), "", phrase("Privacy, in French"))
TERMS_EN = Preference(
    "terms_en", LEGAL, kinds.Text(40_000, "markdown"), "",
    phrase("Terms of use, in English"), phrase("Shown at /legal/terms."),
)  # fmt: skip
TERMS_FR = Preference("terms_fr", LEGAL, kinds.Text(40_000, "markdown"), "", phrase("Terms of use, in French"))
NOTICE_EN = Preference(
    "notice_en", LEGAL, kinds.Text(40_000, "markdown"), "",
    phrase("Legal notice, in English"),
    phrase("Who runs the site. Shown at /legal/notice, and linked once there is a text."),
)  # fmt: skip
NOTICE_FR = Preference("notice_fr", LEGAL, kinds.Text(40_000, "markdown"), "", phrase("Legal notice, in French"))

# Search engines

SEO = Group("seo", phrase("Search engines"), phrase("How the site appears where people look for it."), "search")
FINDABLE = Preference(
    "findable", SEO, kinds.Switch(), True,
    phrase("Found by search engines"), phrase("When off, every page asks not to be listed, and robots.txt says so."),
)  # fmt: skip
HOME_TITLE_EN = Preference(
    "home_title_en", SEO, kinds.Line(60), "Register once, be found",
    phrase("Title of the first page, in English"), phrase("Stands before the name of the site, in tabs and results."),
)  # fmt: skip
HOME_TITLE_FR = Preference(
    "home_title_fr", SEO, kinds.Line(60), "Inscrivez-vous une fois, soyez trouvé",
    phrase("Title of the first page, in French"),
)  # fmt: skip
DESCRIPTION_EN = Preference(
    "description_en", SEO, kinds.Line(200),
    "The register of talents for castings and crews: one code for life, found by recruiters while they type.",
    phrase("Description in English"), phrase("The lines under the title in results."),
)  # fmt: skip
DESCRIPTION_FR = Preference(
    "description_fr", SEO, kinds.Line(200),
    "Le registre des talents pour castings et équipes : un code pour la vie, trouvé par les recruteurs pendant "
    "qu’ils tapent.",
    phrase("Description in French"),
)  # fmt: skip

# Documents

PAPERS = Group("papers", phrase("PDF footers"), phrase("What stands at the foot of printed pages."), "file-text")
LIST_FOOTER = Preference(
    "list_footer", PAPERS, kinds.Line(100), "",
    phrase("Foot of lists"), phrase("Cast lists, contact sheets and hours. Empty: the name of the site."),
)  # fmt: skip
CARD_FOOTER = Preference(
    "card_footer", PAPERS, kinds.Line(60), "",
    phrase("Foot of cards"), phrase("A talent's card and comp card. Empty: the name of the site."),
)  # fmt: skip

# Registration

REGISTRATION = Group(
    "registration", phrase("Registration"), phrase("Who can register, and what they are asked."), "user-plus"
)
GENERAL_OPEN = Preference(
    "general_open", REGISTRATION, kinds.Switch(), True,
    phrase("General registration"), phrase("Whether people can register as talents of any trade."),
)  # fmt: skip
CINEMA_OPEN = Preference(
    "cinema_open", REGISTRATION, kinds.Switch(), True,
    phrase("Cinema registration"), phrase("Whether people can register for castings."),
)  # fmt: skip
SKILLS_LEAST = Preference(
    "skills_least", REGISTRATION, kinds.Whole(0, 5, phrase("skills")), 1,
    phrase("Skills at least"), phrase("How many skills somebody must choose to register, or to save them later."),
)  # fmt: skip
SKILLS_MOST = Preference(
    "skills_most", REGISTRATION, kinds.Whole(1, 20, phrase("skills")), 5,
    phrase("Skills at most"), phrase("Profiles that have more keep them until they are next edited."),
)  # fmt: skip
REFUSED_DOMAINS: Preference[list[str]] = Preference(
    "refused_domains", REGISTRATION, kinds.Lines(kinds.domain, 500), [],
    phrase("Refused e-mail domains"),
    phrase("One a line, such as example.com. New registrations with such an address are refused, in words."),
)  # fmt: skip

# Presence

PRESENCE = Group(
    "presence", phrase("Presence"), phrase("What counts as late, absent or too old at a desk."), "scan-line"
)
LATE_AFTER = Preference(
    "late_after", PRESENCE, kinds.Whole(0, 120, phrase("minutes")), 5,
    phrase("Late after"), phrase("How long after the call time somebody who has not arrived is late."),
)  # fmt: skip
NO_SHOW_AFTER = Preference(
    "no_show_after", PRESENCE, kinds.Whole(1, 24, phrase("hours")), 3,
    phrase("No-show after"), phrase("How long after the call time somebody is not expected any more."),
)  # fmt: skip
DAY_BREAK = Preference(
    "day_break", PRESENCE, kinds.Whole(0, 12, phrase("h")), 5,
    phrase("A shooting day begins at"),
    phrase("For new projects; each can have its own. A night shoot belongs to the day it began."),
)  # fmt: skip
SCANS_KEPT = Preference(
    "scans_kept", PRESENCE, kinds.Whole(1, 168, phrase("hours")), 72,
    phrase("Oldest scan"), phrase("How old a scan may be that a tablet kept while it had no network."),
)  # fmt: skip

# Recap

RECAP = Group(
    "recap", phrase("Weekly recap"), phrase("A mail that tells administrators who registered since the last one."),
    "calendar-clock",
)  # fmt: skip
RECAP_GENERAL = Preference(
    "recap_general", RECAP, kinds.Switch(), True, phrase("Tell of general talents"),
    phrase("Nothing is sent in a week in which nobody registered."),
)  # fmt: skip
RECAP_CINEMA = Preference("recap_cinema", RECAP, kinds.Switch(), True, phrase("Tell of cinema talents"))
RECAP_FIELDS: Preference[list[str]] = Preference(
    "recap_fields", RECAP, kinds.Lines(kinds.slug_of(RecapField), 12), ["name", "code", "city", "registered"],
    phrase("Columns for general talents"),
    phrase("One a line: name, code, registered, city, country, gender, age, email, phone. No contact of minors."),
)  # fmt: skip
RECAP_CINEMA_FIELDS: Preference[list[str]] = Preference(
    "recap_cinema_fields", RECAP, kinds.Lines(kinds.slug_of(RecapField), 12), ["name", "code", "kinds", "city"],
    phrase("Columns for cinema talents"), phrase("The same, and kinds: the kinds of part."),
)  # fmt: skip
RECAP_TO: Preference[list[str]] = Preference(
    "recap_to", RECAP, kinds.Lines(kinds.Email().checked, 50), [],
    phrase("Recipients"), phrase("One address a line; empty: every administrator."),
)  # fmt: skip
RECAP_DAY: Preference[Weekday] = Preference(
    "recap_day", RECAP, kinds.OneOf(Weekday), Weekday.SUNDAY, phrase("Day of the week")
)
RECAP_HOUR = Preference(
    "recap_hour", RECAP, kinds.Hour(), "12:59", phrase("Time of day"), phrase("By the clock of the site.")
)

# Privacy

PRIVACY = Group("privacy", phrase("Privacy and retention"), phrase("How long things are kept."), "shield")
DRAFT_DAYS = Preference(
    "draft_days", PRIVACY, kinds.Whole(1, 365, phrase("days")), 30,
    phrase("Unfinished registrations"),
    phrase("Deleted, with their files, so many days after the last answer. A change counts from the next answer on."),
)  # fmt: skip

LOG_DAYS = Preference(
    "log_days", PRIVACY, kinds.Whole(30, 3650, phrase("days")), 365,
    phrase("Logs"), phrase("Entries of the activity log and the security log are deleted so many days later."),
)  # fmt: skip

# Security

SECURITY = Group("security", phrase("Security"), phrase("What it takes to sign in."), "lock")
FACTOR_REQUIRED = Preference(
    "factor_required", SECURITY, kinds.Switch(), False,
    phrase("Second factor for administrators and recruiters"),
    phrase(
        "From their next sign-in on they need a passkey, or the code of an app besides the password; whoever has "
        "neither sets one up first."
    ),
)  # fmt: skip

# Suspicious activity

ALERTS = Group(
    "alerts", phrase("Suspicious activity"),
    phrase("From how many on administrators are alerted. With 0, never."), "siren",
)  # fmt: skip
ALERT_MANY_ACCOUNTS = Preference(
    "alert_many_accounts", ALERTS, kinds.Whole(0, 1000, phrase("accounts")), 15,
    phrase("Accounts tried from one address"),
    phrase("On how many different accounts sign-ins failed within ten minutes. More where many people share an "
           "address."),
)  # fmt: skip
BLOCKS_BY_RULE = Preference(
    "blocks_by_rule", ALERTS, kinds.Switch(), True,
    phrase("Block such an address by itself"),
    phrase("Never this machine, a proxy of ours, a private network, or where an administrator works at the moment."),
)  # fmt: skip
BLOCK_HOURS = Preference(
    "block_hours", ALERTS, kinds.Whole(1, 720, phrase("hours")), 1,
    phrase("Blocked for"), phrase("How long a block lasts that nobody made by hand."),
)  # fmt: skip
ALERT_ONE_ACCOUNT = Preference(
    "alert_one_account", ALERTS, kinds.Whole(0, 1000), 20,
    phrase("Failed sign-ins on one account"), phrase("Within an hour, from anywhere."),
)  # fmt: skip
ALERT_REGISTRATIONS = Preference(
    "alert_registrations", ALERTS, kinds.Whole(0, 1000), 30,
    phrase("Registrations from one address"), phrase("Within an hour. Raise it for an open day."),
)  # fmt: skip
ALERT_CONTACTS = Preference(
    "alert_contacts", ALERTS, kinds.Whole(0, 10_000, phrase("people")), 200,
    phrase("Contact details opened by one account"), phrase("Of how many different people, within an hour."),
)  # fmt: skip
ALERT_EXPORTS = Preference(
    "alert_exports", ALERTS, kinds.Whole(0, 1000), 10,
    phrase("Exports by one account"), phrase("Logs, hours, cast lists and contact sheets, within an hour."),
)  # fmt: skip
ALERT_ADMIN_NETWORK = Preference(
    "alert_admin_network", ALERTS, kinds.Switch(), True,
    phrase("Administrators in a new network"),
    phrase("When one signs in from a network (/24, or /48 for IPv6) where they never did before."),
)  # fmt: skip
ALERT_COPIED = Preference(
    "alert_copied", ALERTS, kinds.Switch(), True,
    phrase("Copied passkeys"), phrase("When the counter of a security key shows that there are two of it."),
)  # fmt: skip
ALERT_FORGED = Preference(
    "alert_forged", ALERTS, kinds.Whole(0, 1000), 10,
    phrase("Forged badges and refused devices"), phrase("From one address, within ten minutes."),
)  # fmt: skip
ALERT_WEBHOOK = Preference(
    "alert_webhook", ALERTS, kinds.Whole(0, 1000), 10,
    phrase("Mail events with a wrong signature"), phrase("From one address, within an hour."),
)  # fmt: skip

# Limits

LIMITS = Group(
    "limits", phrase("Limits"), phrase("How often one address may do things that could be misused."), "gauge"
)
FORMS_PER_HOUR = Preference(
    "forms_per_hour", LIMITS, kinds.Whole(10, 10_000), 120,
    phrase("Forms in an hour"),
    phrase("Registrations, password requests and look-ups from one network address. Raise it for an open day."),
)  # fmt: skip
UPLOADS_PER_HOUR = Preference(
    "uploads_per_hour", LIMITS, kinds.Whole(10, 10_000), 200,
    phrase("Uploads in an hour"), phrase("Photos and CVs from one network address."),
)  # fmt: skip
MAILS_PER_HOUR = Preference(
    "mails_per_hour", LIMITS, kinds.Whole(1, 20), 3,
    phrase("Links in an hour"), phrase("How often one address is mailed a link that it asks for."),
)  # fmt: skip

# Mail

MAIL = Group("mail", phrase("Mail"), phrase("How messages leave. A change counts for the next message."), "mail")
MAIL_WAY: Preference[Way] = Preference(
    "mail_way", MAIL, kinds.OneOf(Way), Way.LOCAL,
    phrase("Way of sending"), phrase("Messages that are kept here can be read, with their links, under Mail."),
    environment="mail_way",
)  # fmt: skip
MAIL_FROM = Preference(
    "mail_from", MAIL, kinds.Email(), "",
    phrase("Sender"), phrase("The address that messages come from. The provider must know it as yours."),
    environment="sendgrid_from_email",
)  # fmt: skip
SENDGRID_KEY = Preference(
    "sendgrid_api_key", MAIL,
    kinds.Secret(r"SG\.[A-Za-z0-9_.-]{10,120}", phrase("A SendGrid key begins with SG.")), "",
    phrase("SendGrid key"), phrase("With the right to send mail, and no other."),
    environment="sendgrid_api_key",
)  # fmt: skip
SENDGRID_EVENTS_KEY = Preference(
    "sendgrid_events_key", MAIL, kinds.PublicKey(), "",
    phrase("Public key of SendGrid's events"),
    phrase("From its signed event webhook, which must call /mail/events here: bounces and complaints are then heard."),
)  # fmt: skip
SMTP_HOST = Preference(
    "smtp_host", MAIL, kinds.Host(), "", phrase("SMTP server"), phrase("Such as smtp.example.com."),
    environment="smtp_host",
)  # fmt: skip
SMTP_PORT = Preference("smtp_port", MAIL, kinds.Whole(1, 65_535), 587, phrase("SMTP port"), environment="smtp_port")
SMTP_TLS: Preference[Tls] = Preference(
    "smtp_tls", MAIL, kinds.OneOf(Tls), Tls.STARTTLS,
    phrase("Encryption"), phrase("The server's certificate is always checked."), environment="smtp_tls",
)  # fmt: skip
SMTP_USER = Preference(
    "smtp_user", MAIL, kinds.Line(254), "", phrase("SMTP user"), phrase("Empty: the server asks for nobody."),
    environment="smtp_user",
)  # fmt: skip
SMTP_PASSWORD = Preference(
    "smtp_password", MAIL, kinds.Secret(r"[ -~]{1,500}", phrase("Letters, digits and signs of the keyboard only.")), "",
    phrase("SMTP password"), environment="smtp_password",
)  # fmt: skip
MAILS_PER_DAY = Preference(
    "mails_per_day", MAIL, kinds.Whole(0, 1_000_000, phrase("messages")), 0,
    phrase("Messages in a day"),
    phrase("What is beyond waits until midnight by the clock of the site; 0: as many as there are."),
)  # fmt: skip
MAIL_COPY_TO = Preference(
    "mail_copy_to", MAIL, kinds.Email(), "",
    phrase("Copies go to"), phrase("Which kinds are copied is chosen under Mail. A copy never holds a link."),
)  # fmt: skip

# Other services

SERVICES = Group("services", phrase("Film database"), phrase("Looks titles up for credits."), "clapperboard")
OMDB_KEY = Preference(
    "omdb_api_key", SERVICES,
    kinds.Secret(r"[A-Za-z0-9]{6,40}", phrase("An OMDb key has 6 to 40 letters and digits.")), "",
    phrase("OMDb key"),
    phrase("With it, people look up the films and series of their credits. Without one they type them."),
    environment="omdb_api_key",
)  # fmt: skip

# Monitoring

MONITORING = Group(
    "monitoring", phrase("Monitoring"), phrase("Who may read the figures at /metrics, beside administrators."),
    "activity",
)  # fmt: skip
METRICS_TOKEN = Preference(
    "metrics_token", MONITORING,
    kinds.Secret(r"[A-Za-z0-9_-]{20,100}", phrase("A token has 20 to 100 letters, digits, - or _.")), "",
    phrase("Token of the figures"),
    phrase("Prometheus shows it as a bearer token. Without one, only this machine itself may read them."),
)  # fmt: skip

GROUPS = (
    SITE,
    SWITCHES,
    REGISTRATION,
    PRESENCE,
    RECAP,
    PRIVACY,
    SECURITY,
    ALERTS,
    LEGAL,
    SEO,
    SOCIAL,
    PAPERS,
    LIMITS,
    MAIL,
    SERVICES,
    MONITORING,
)
"""In the order of the page."""

ALL: dict[str, Preference[Any]] = {one.key: one for one in list(vars().values()) if isinstance(one, Preference)}
"""Every setting by its key, in the order in which they stand above."""


def of_group(group: Group) -> list[Preference[Any]]:
    """The settings of a group, in order."""
    return [one for one in ALL.values() if one.group is group]
