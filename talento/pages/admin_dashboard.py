"""The dashboard of administrators: who registered and who they are, casting at a glance, how the house does; live."""

from typing import Any

import reflex as rx

from talento.components.actions import link_button
from talento.components.badges import badge
from talento.components.charts import bar_chart, count_chart
from talento.components.choices import segmented
from talento.components.links import anchor
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel, stack, stat, stats
from talento.components.text import ago, either, number, plural, t, worded
from talento.pages.frame import inside, only
from talento.services.dashboard import CHARTS, SPANS, TITLES
from talento.state.admin_dashboard import AdminDashboardState
from talento.vocabulary.permissions import Permission

PEOPLE, CINEMA, HOUSE = AdminDashboardState.people, AdminDashboardState.cinema, AdminDashboardState.house
LINE = "flex items-center gap-3 border-b border-line px-5 py-3.5 last:border-b-0 sm:px-6"


def admin_dashboard() -> rx.Component:
    """The page."""
    content = rx.cond(PEOPLE, stack(_glance(), _days(), _house(), _charts()), card(skeleton_rows(8)))
    return inside(
        screen(
            t("Dashboard"),
            only(Permission.ADMINISTER, content),
            actions=link_button(
                t("Download (CSV)"),
                href="/documents/dashboard.csv?days=" + AdminDashboardState.days.to(str),
                external=True,
                before="file-down",
                download="dashboard.csv",
            ),
            width="full",
        )
    )


def _glance() -> rx.Component:
    booked = t("{booked} of {wanted} people booked", booked=CINEMA.booked, wanted=CINEMA.wanted)
    lately = plural(PEOPLE.lately, one="{n} registered within {days} days", other="{n} registered within {days} days",
                    days=AdminDashboardState.days)  # fmt: skip
    return stats(
        stat(t("Talents"), number(PEOPLE.total), before="users", href="/talents", note=lately),
        stat(t("Cinema talents"), number(CINEMA.talents), before="scan-face", href="/cinema"),
        stat(t("Open roles"), number(CINEMA.open_roles), before="user-plus", href="/cinema/dashboard", note=booked),
        stat(t("On set now"), number(CINEMA.on_set), before="scan-line", href="/presence"),
    )


def _days() -> rx.Component:
    choice = segmented(
        "dashboard_days",
        [(str(days), t("{n} days", n=days)) for days in SPANS],
        value=AdminDashboardState.days.to(str),
        on_change=AdminDashboardState.look_back,
        label=t("Period"),
    )
    return panel(worded(TITLES["days"]), count_chart(worded(TITLES["days"]), PEOPLE.days), actions=choice)


def _charts() -> rx.Component:
    charts = [
        panel(
            worded(TITLES[name]),
            bar_chart(worded(TITLES[name]), PEOPLE.charts[name], href=f"/talents?{parameter}="),
            class_name="mb-5 break-inside-avoid",
        )
        for name, parameter in CHARTS.items()
    ]
    return rx.el.div(*charts, class_name="gap-5 md:columns-2 2xl:columns-3")


# The house


def _house() -> rx.Component:
    logs = "/admin/logs?log=security&first=" + HOUSE.yesterday
    mail_words = rx.cond(
        HOUSE.mails_failed > 0,
        plural(HOUSE.mails_failed, one="{n} message could not be sent.", other="{n} messages could not be sent."),
        t("{n} waiting", n=number(HOUSE.mails_waiting)),
    )
    troubled = HOUSE.jobs_failed + HOUSE.jobs_overdue
    job_words = rx.cond(
        troubled > 0,
        t("{failed} failed, {overdue} overdue", failed=HOUSE.jobs_failed, overdue=HOUSE.jobs_overdue),
        t("All run as planned"),
    )
    storage = t("{free} free of {total}", free=_said(HOUSE.free), total=_said(HOUSE.disk))
    sign_ins = plural(HOUSE.failed_sign_ins, one="{n} failed sign-in in a day", other="{n} failed sign-ins in a day")
    critical = plural(HOUSE.critical, one="{n} critical entry in a day", other="{n} critical entries in a day")
    chain = rx.match(
        HOUSE.logs,
        ("whole", rx.el.span(t("Whole"), ", ", ago(HOUSE.logs_at))),
        ("tampered", rx.el.span(t("Tampered with"), ", ", ago(HOUSE.logs_at))),
        rx.el.span(t("Not checked yet")),
    )
    return panel(
        t("Operations"),
        rx.el.ul(
            _line(t("Alerts"), _alerts(), "/admin/security", HOUSE.alerts_open > 0),
            _line(t("Mail"), mail_words, "/admin/mail", HOUSE.mails_failed > 0),
            _line(t("Jobs"), job_words, "/admin/jobs", troubled > 0),
            _line(t("Storage"), storage, "/admin/health", HOUSE.is_disk_low),
            _line(t("Sign-ins"), sign_ins, logs + "&name=failed_login", HOUSE.failed_sign_ins >= 100),
            _line(t("Security"), critical, logs + "&severity=critical", HOUSE.critical > 0),
            _line(t("Logs"), chain, "/admin/logs", HOUSE.logs == "tampered"),
        ),
        flush=True,
    )


def _alerts() -> rx.Component:
    """How many are open, by how much they matter."""
    warnings = HOUSE.alerts_open - HOUSE.alerts_critical
    grave = plural(HOUSE.alerts_critical, one="{n} critical", other="{n} critical")
    lesser = plural(warnings, one="{n} warning", other="{n} warnings")
    return rx.cond(
        HOUSE.alerts_open > 0,
        rx.el.span(
            rx.cond(HOUSE.alerts_critical > 0, grave, ""),
            rx.cond((HOUSE.alerts_critical > 0) & (warnings > 0), ", ", ""),
            rx.cond(warnings > 0, lesser, ""),
        ),
        rx.el.span(t("Nothing is open")),
    )


def _said(words: Any) -> rx.Var[str]:
    return either(words.en, words.fr)


def _line(title: Any, found: Any, href: Any, is_bad: Any) -> rx.Component:
    return rx.el.li(
        anchor(title, href=href, class_name="w-28 shrink-0 text-sm font-medium text-ink hover:underline sm:w-40"),
        rx.el.span(found, class_name="min-w-0 flex-1 text-sm break-words tabular-nums text-muted"),
        rx.cond(is_bad, badge(t("Look at it"), tone="warning")),
        class_name=LINE,
    )
