"""The composition root: pages, routes, policy, live updates, scheduled tasks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.app import default_error_boundary

from talento.components.head import STYLESHEETS, head
from talento.components.shells import overlay
from talento.components.text import Text, either, worded
from talento.edge import barrier, changes, http, logs
from talento.edge.headers import layers
from talento.i18n import phrase
from talento.pages.account import account
from talento.pages.admin_dashboard import admin_dashboard
from talento.pages.admin_devices import admin_devices
from talento.pages.admin_health import admin_health
from talento.pages.admin_jobs import admin_jobs
from talento.pages.admin_logs import admin_logs
from talento.pages.admin_mail import admin_mail
from talento.pages.admin_mail_template import admin_mail_template
from talento.pages.admin_people import admin_people
from talento.pages.admin_security import admin_security
from talento.pages.admin_settings import admin_settings
from talento.pages.admin_watch import admin_watch
from talento.pages.answer import answer
from talento.pages.board import board
from talento.pages.card import TITLE, card
from talento.pages.casting_search import casting_search
from talento.pages.cinema_dashboard import cinema_dashboard
from talento.pages.cinema_profile import cinema_profile
from talento.pages.cinema_register import cinema_register
from talento.pages.consent import consent
from talento.pages.forgot import forgot
from talento.pages.landing import landing
from talento.pages.legal import notice, privacy, terms
from talento.pages.my_castings import my_castings
from talento.pages.not_found import not_found
from talento.pages.pair import pair
from talento.pages.password import password
from talento.pages.presence import presence
from talento.pages.presence_desk import presence_desk
from talento.pages.presence_hours import presence_hours
from talento.pages.presence_person import presence_person
from talento.pages.production import production
from talento.pages.productions import productions
from talento.pages.profile import profile
from talento.pages.project import project
from talento.pages.project_papers import project_papers
from talento.pages.projects import projects
from talento.pages.register import register
from talento.pages.second_factor import sign_in_app, sign_in_code
from talento.pages.sign_in import sign_in
from talento.pages.tablet import tablet
from talento.pages.talents import talents
from talento.pages.unsubscribe import unsubscribe
from talento.services import preferences, schedule, search, sessions
from talento.services.cinema import search as cinema_search
from talento.services.live import Feed
from talento.services.security import blocklist
from talento.services.uploads import sandbox
from talento.settings import settings
from talento.state import closed, doors, live, readers
from talento.state.account import AccountState, EntryState
from talento.state.admin_dashboard import AdminDashboardState
from talento.state.admin_devices import DevicesState
from talento.state.admin_health import HealthState
from talento.state.admin_jobs import JobsState
from talento.state.admin_logs import LogsState
from talento.state.admin_mail import MailState
from talento.state.admin_people import PeopleState
from talento.state.admin_security import SecurityState
from talento.state.admin_watch import WatchState
from talento.state.answer import AnswerState
from talento.state.board import BoardState
from talento.state.card import CardState
from talento.state.casting_search import CastingSearchState
from talento.state.cinema_dashboard import CinemaDashboardState
from talento.state.cinema_profile import CinemaProfileState
from talento.state.cinema_register import CinemaRegisterState
from talento.state.consent import ConsentState
from talento.state.desks import DesksState
from talento.state.legal import LegalState
from talento.state.mail_template import MailTemplateState
from talento.state.my_castings import MyCastingsState
from talento.state.pair import PairState
from talento.state.papers import PapersState
from talento.state.presence import PresenceState
from talento.state.presence_desk import DeskState
from talento.state.presence_hours import HistoryState, HoursState
from talento.state.productions import ProductionsState, ProductionState
from talento.state.profile import ProfileState
from talento.state.projects import ProjectsState, ProjectState
from talento.state.register import RegisterState
from talento.state.session import ReaderState
from talento.state.settings import SettingsState
from talento.state.site import SiteState
from talento.state.talents import TalentsState
from talento.state.unsubscribe import MyMailState, UnsubscribeState


@dataclass(frozen=True, slots=True)
class Page:
    """A route: what draws it, what it is called, what runs when it opens."""

    route: str
    draws: Callable[[], rx.Component]
    title: Text
    opens: Sequence[Any] = ()


SITE = SiteState.shown
HOME_TITLE = either(SITE.home_title_en, SITE.home_title_fr)

PAGES = (
    Page("/sign-in", sign_in, phrase("Sign in"), [EntryState.signing_in]),
    Page("/sign-in/code", sign_in_code, phrase("Second step"), [EntryState.signing_in, EntryState.answering]),
    Page("/sign-in/app", sign_in_app, phrase("Set up a second factor"), [EntryState.signing_in]),
    Page("/forgot", forgot, phrase("Forgotten password")),
    Page("/password/[token]", password, phrase("Choose your password"), [EntryState.opening_link]),
    Page("/register", register, phrase("Register as a talent"), [RegisterState.open]),
    Page("/cinema/register", cinema_register, phrase("Register for cinema"), [CinemaRegisterState.open]),
    Page("/cinema/profile", cinema_profile, phrase("Cinema profile"), [CinemaProfileState.open]),
    Page("/consent/[token]", consent, phrase("Consent of a guardian"), [ConsentState.open]),
    Page("/account", account, phrase("Account and security"), [AccountState.open, MyMailState.open]),
    Page("/", landing, HOME_TITLE, [ReaderState.home]),
    Page("/talents", talents, phrase("Find people"), [TalentsState.open]),
    Page("/cinema", casting_search, phrase("Casting search"), [CastingSearchState.open]),
    Page("/cinema/dashboard", cinema_dashboard, phrase("Cinema dashboard"), [CinemaDashboardState.open]),
    Page("/productions", productions, phrase("Productions"), [ProductionsState.open]),
    Page("/productions/[production_key]", production, phrase("Production"), [ProductionState.open]),
    Page("/projects", projects, phrase("Projects"), [ProjectsState.open]),
    Page("/projects/[project]", project, phrase("Project"), [ProjectState.open, DesksState.open]),
    Page("/board/[role_key]", board, phrase("Casting board"), [BoardState.open]),
    Page("/profile", profile, phrase("My profile"), [ProfileState.open]),
    Page("/my-castings", my_castings, phrase("My castings"), [MyCastingsState.open]),
    Page("/answer/[token]", answer, phrase("Are you available?"), [AnswerState.open]),
    Page("/unsubscribe/[token]", unsubscribe, phrase("Messages to you"), [UnsubscribeState.open]),
    Page("/projects/[project]/papers", project_papers, phrase("Documents and mails"), [PapersState.open]),
    Page("/presence", presence, phrase("Presence"), [PresenceState.open]),
    Page("/presence/[desk]", presence_desk, phrase("Presence desk"), [DeskState.open]),
    Page("/presence/[desk]/hours", presence_hours, phrase("Hours"), [HoursState.open]),
    Page("/presence/[desk]/hours/[person]", presence_person, phrase("Hours of a person"), [HistoryState.open]),
    Page("/tablet", tablet, phrase("Presence desk")),
    Page("/t/[scanned]", card, TITLE, [CardState.open]),
    Page("/admin", admin_dashboard, phrase("Dashboard"), [AdminDashboardState.open]),
    Page("/admin/people", admin_people, phrase("Accounts"), [PeopleState.open]),
    Page("/admin/devices", admin_devices, phrase("Devices"), [DevicesState.open]),
    Page("/pair", pair, phrase("Pair this tablet"), [PairState.open]),
    Page("/pair/[pairing]", pair, phrase("Pair this tablet"), [PairState.open]),
    Page("/admin/health", admin_health, phrase("Health"), [HealthState.open]),
    Page("/admin/jobs", admin_jobs, phrase("Jobs"), [JobsState.open]),
    Page("/admin/security", admin_security, phrase("Security"), [SecurityState.open]),
    Page("/admin/watch-list", admin_watch, phrase("Watch-list"), [WatchState.open]),
    Page("/admin/logs", admin_logs, phrase("Logs"), [LogsState.open]),
    Page("/admin/mail", admin_mail, phrase("Mail"), [MailState.open]),
    Page("/admin/mail/templates", admin_mail, phrase("Mail"), [MailState.open]),
    Page(
        "/admin/mail/templates/[mail_kind]", admin_mail_template, phrase("Words of a message"), [MailTemplateState.open]
    ),
    Page("/admin/settings", admin_settings, phrase("Settings"), [SettingsState.open]),
    Page("/admin/settings/[settings_group]", admin_settings, phrase("Settings"), [SettingsState.open]),
    Page("/legal/privacy", privacy, phrase("Privacy"), [LegalState.open]),
    Page("/legal/terms", terms, phrase("Terms of use"), [LegalState.open]),
    Page("/legal/notice", notice, phrase("Legal notice"), [LegalState.open]),
    Page("404", not_found, phrase("Page not found")),
)


@asynccontextmanager
async def background() -> AsyncIterator[None]:
    """The feed of changes and the scheduled tasks, for as long as the process serves."""
    await asyncio.to_thread(preferences.load)
    feed = Feed(
        [
            sessions.heard, preferences.heard, blocklist.heard, barrier.heard, search.heard, cinema_search.heard,
            live.heard, changes.heard,
        ]
    )  # fmt: skip
    tasks = schedule.start()
    feed.start()
    await asyncio.to_thread(blocklist.load)
    loading = [asyncio.create_task(asyncio.to_thread(one.index().load)) for one in (search, cinema_search)]
    sandbox.warm()
    try:
        yield
    finally:
        for task in loading:
            task.cancel()
        feed.stop()
        tasks.shutdown(wait=False)
        sandbox.stop()


def made() -> rx.App:
    """The application."""
    logs.install(as_json=settings().production)
    made = rx.App(
        stylesheets=STYLESHEETS,
        head_components=head(),
        html_lang="en",
        toaster=None,
        app_wraps={
            (55, "ErrorBoundary"): lambda stateful: default_error_boundary(),
            (5, "Overlay"): lambda stateful: overlay(doors.MessageState.messages),
        },
        api_transformer=[http.routes(), *layers()],
    )
    for page in PAGES:
        made.add_page(
            page.draws,
            route=page.route,
            title=f"{worded(page.title)} · {SITE.name}",
            on_load=[ReaderState.enter, *page.opens],
            description=either(SITE.description_en, SITE.description_fr) if page.route == "/" else None,
            meta=[rx.el.meta(name="robots", content=rx.cond(SITE.is_findable, "all", "noindex"))],
        )
    doors.install(made)
    made.register_lifespan_task(live.lifespan)
    made.register_lifespan_task(closed.lifespan)
    made.register_lifespan_task(readers.lifespan)
    made.register_lifespan_task(background)
    return made


app = made()
