"""The cinema dashboard: what is cast, how far it is, who is on the roster; live."""

from typing import Any

import reflex as rx

from talento.components.badges import code_text
from talento.components.charts import bar_chart, day_chart, fill_bar
from talento.components.cinema import kind_badge
from talento.components.feedback import empty
from talento.components.links import anchor
from talento.components.progress import skeleton
from talento.components.shells import screen
from talento.components.surfaces import CARD, grid, panel, stack, stat, stats
from talento.components.text import date, number, plural, t
from talento.pages.frame import inside, only
from talento.services.casting.dashboard import Dashboard, Fill, Shoot
from talento.services.presence.here import Here
from talento.state.cinema_dashboard import CinemaDashboardState
from talento.vocabulary.permissions import Permission

LINE = "flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0"


def cinema_dashboard() -> rx.Component:
    """The page."""
    shown = CinemaDashboardState.shown
    content = rx.cond(shown, _numbers(shown), _skeletons())
    return inside(screen(t("Cinema dashboard"), only(Permission.CASTING, content), width="full"))


def _numbers(shown: rx.Var[Dashboard]) -> rx.Component:
    return stack(
        stats(
            stat(t("Cinema talents"), number(shown.talents), before="users", href="/cinema"),
            stat(t("Active productions"), number(shown.productions), before="building-2", href="/productions"),
            stat(t("Active projects"), number(shown.projects), before="clapperboard", href="/projects"),
            stat(
                t("Open roles"),
                number(shown.open_roles),
                before="user-plus",
                note=t("{booked} of {wanted} people booked", booked=shown.booked, wanted=shown.wanted),
            ),
        ),
        rx.cond(CinemaDashboardState.here.length() > 0, _on_set()),
        grid(
            panel(t("Open roles"), _roles(shown), text=t("The emptiest first.")),
            panel(t("Upcoming shooting days"), _shooting(shown)),
            columns="xl:grid-cols-2 items-start",
        ),
        rx.el.div(
            _chart(t("Projects by status"), shown.by_status),
            _chart(t("Talents by kind of part"), shown.charts["kinds"], "kind"),
            _chart(t("Talents by age"), shown.charts["age"], "age"),
            _chart(t("Talents by gender"), shown.charts["gender"], "gender"),
            _chart(t("Talents by country of residence"), shown.charts["residence"], "country"),
            _chart(t("Talents by language"), shown.charts["languages"], "lang"),
            class_name="gap-5 md:columns-2 2xl:columns-3",
        ),
    )


def _on_set() -> rx.Component:
    """Who is there now, project by project; each scan changes it."""
    return panel(
        t("On set now"),
        rx.el.ul(rx.foreach(CinemaDashboardState.here, _there), class_name="grid gap-x-8 sm:grid-cols-2"),
    )


def _there(one: rx.Var[Here]) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name="size-2 shrink-0 rounded-pill bg-success", aria_hidden="true"),
        anchor(
            one.name,
            href="/presence/" + one.code,
            class_name="min-w-0 flex-1 truncate text-sm font-medium text-ink hover:underline",
        ),
        rx.el.span(
            plural(one.people, one="{n} person here", other="{n} people here"),
            class_name="shrink-0 text-sm tabular-nums text-ink",
        ),
        class_name="flex items-center gap-3 py-2",
        key=one.code,
    )


def _chart(title: Any, bars: rx.Var, parameter: str = "") -> rx.Component:
    chart = bar_chart(title, bars, href=f"/cinema?{parameter}=" if parameter else "")
    return panel(title, chart, class_name="mb-5 break-inside-avoid")


def _roles(shown: rx.Var[Dashboard]) -> rx.Component:
    nothing = empty(
        t("No open role on your projects"), t("Roles that still need people appear here."), before="user-plus"
    )
    foreign = plural(
        shown.foreign_roles,
        one="{n} more open role on a project of another team.",
        other="{n} more open roles on projects of other teams.",
    )
    return rx.fragment(
        rx.cond(shown.roles.length() > 0, rx.el.ul(rx.foreach(shown.roles, _role)), nothing),
        rx.cond(shown.foreign_roles > 0, rx.el.p(foreign, class_name="mt-4 text-sm text-muted")),
    )


def _role(role: rx.Var[Fill]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                anchor(
                    role.name,
                    href="/board/" + role.id.to(str),
                    class_name="truncate text-sm font-medium text-ink hover:underline",
                ),
                kind_badge(role.kind),
                class_name="flex min-w-0 items-center gap-2",
            ),
            anchor(
                role.project,
                href="/projects/" + role.project_id.to(str),
                class_name="block truncate text-xs text-muted hover:underline",
            ),
            class_name="min-w-0 flex-1 max-sm:basis-full",
        ),
        rx.el.div(
            fill_bar(role.percent),
            rx.el.span(
                t("{booked} of {wanted}", booked=role.booked, wanted=role.wanted),
                class_name="shrink-0 text-sm tabular-nums text-muted",
            ),
            class_name="flex w-40 items-center gap-3 max-sm:w-full",
        ),
        class_name=LINE,
        key=role.id.to(str),
    )


def _shooting(shown: rx.Var[Dashboard]) -> rx.Component:
    return rx.fragment(
        day_chart(t("People booked in the next two weeks"), shown.days),
        rx.cond(
            shown.shoots.length() > 0,
            rx.el.ul(rx.foreach(shown.shoots, _shoot), class_name="mt-5"),
            rx.el.p(t("None of your projects has shooting days ahead."), class_name="mt-5 text-sm text-muted"),
        ),
    )


def _shoot(shoot: rx.Var[Shoot]) -> rx.Component:
    days = rx.fragment(
        date(shoot.starts_on.to(str)),
        rx.cond(shoot.ends_on, rx.fragment(" – ", date(shoot.ends_on.to(str)))),
    )
    return rx.el.li(
        rx.el.div(
            anchor(
                shoot.name,
                href="/projects/" + shoot.project_id.to(str),
                class_name="block truncate text-sm font-medium text-ink hover:underline",
            ),
            code_text(shoot.code),
            class_name="min-w-0 flex-1 max-sm:basis-full",
        ),
        rx.el.div(
            rx.el.p(days, class_name="text-sm text-ink"),
            rx.el.p(
                plural(shoot.people, one="{n} person booked", other="{n} people booked"),
                class_name="text-xs text-muted",
            ),
            class_name="text-end max-sm:w-full max-sm:text-start",
        ),
        class_name=LINE,
        key=shoot.project_id.to(str),
    )


def _skeletons() -> rx.Component:
    tile = rx.el.div(skeleton("h-4 w-24"), skeleton("mt-3 h-7 w-16"), class_name=f"{CARD} p-5")
    block = rx.el.div(skeleton("h-5 w-40"), skeleton("mt-4 h-40 w-full"), class_name=f"{CARD} p-5")
    return rx.el.div(
        rx.el.div(*(tile for _ in range(4)), class_name="grid grid-cols-2 gap-4 xl:grid-cols-4"),
        rx.el.div(*(block for _ in range(4)), class_name="mt-5 grid gap-5 xl:grid-cols-2"),
        aria_hidden="true",
    )
