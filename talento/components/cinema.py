"""A cinema talent on the page: the badge of a kind of part, photos that open large, everything a casting team sees."""

from typing import Any

import reflex as rx

from talento.components.actions import link_button
from talento.components.badges import BADGE, avatar, badge, code_text
from talento.components.links import web_link
from talento.components.modules import Lightbox
from talento.components.people import fact_name, lines, part, tags
from talento.components.progress import progress_bar
from talento.components.surfaces import key_values
from talento.components.text import LANGUAGE, date, label, t
from talento.services.cinema.profile import CreditLine, DaysOff, Panel, Photo
from talento.services.wording import Line
from talento.vocabulary.casting import PhotoCategory, ProductionType, TalentType

THUMB = (
    "block aspect-3/4 w-full overflow-hidden rounded-control bg-sunken focus-visible:outline-2 "
    "focus-visible:outline-offset-2 focus-visible:outline-ring"
)


def kind_badge(kind: Any) -> rx.Component:
    """A kind of part in its own colours; `kind` is a slug of `TalentType`."""
    if not isinstance(kind, rx.Var):
        return _kind(TalentType(kind))
    return rx.match(kind, *((one.value, _kind(one)) for one in TalentType), rx.fragment())


def _kind(kind: TalentType) -> rx.Component:
    colors = {"background": kind.background, "color": kind.text, "borderColor": kind.border}
    return rx.el.span(label(kind), class_name=f"{BADGE} border", style=colors)


def category_label(slug: Any) -> rx.Var[str]:
    """What a photo shows, in words; `slug` of `PhotoCategory`."""
    return rx.match(slug, *((one.value, label(one)) for one in PhotoCategory), "").to(str)


def production_label(slug: Any) -> rx.Var[str]:
    """A type of production in words; empty for none."""
    return rx.match(slug, *((one.value, label(one)) for one in ProductionType), "").to(str)


def lightbox(*content: Any, **props: Any) -> rx.Component:
    """Photos in it (`photo_button`, or anything with `data-photo` and `data-caption`) open large."""
    texts = {
        "label": t("Photos"),
        "photo": t("Photo"),
        "previous": t("Previous photo"),
        "next": t("Next photo"),
        "close": t("Close"),
    }
    return Lightbox.create(*content, texts=texts, **props)


def photo_button(url: Any, caption: Any, *content: Any, class_name: Any = THUMB, **props: Any) -> rx.Component:
    """What opens one photo of a `lightbox`."""
    return rx.el.button(
        *content,
        type="button",
        aria_label=rx.cond(caption, t("Enlarge: {what}", what=caption), t("Enlarge the photo")),
        custom_attrs={"data-photo": url, "data-caption": caption},
        class_name=class_name,
        **props,
    )


def photo_thumb(photo: rx.Var[Photo]) -> rx.Component:
    """One photo of a gallery, small."""
    image = rx.el.img(
        src=photo.url + "?size=small", alt="", loading="lazy", decoding="async", class_name="size-full object-cover"
    )
    return photo_button(photo.url, category_label(photo.category), image, key=photo.key)


def gallery_strip(photos: rx.Var[list[Photo]]) -> rx.Component:
    """The photos of a gallery, four in a row."""
    return rx.el.div(rx.foreach(photos, photo_thumb), class_name="grid grid-cols-4 gap-2")


def cinema_panel(person: rx.Var[Panel], *, is_own: bool = False) -> rx.Component:
    """Everything that a casting team may know of a person: for a side panel, or for the person to look at."""
    return lightbox(
        rx.el.div(
            _head(person, is_own),
            rx.cond(person.gallery.length() > 0, part(t("Gallery"), gallery_strip(person.gallery))),
            rx.cond(person.reels.length() > 0, part(t("Reels"), _reels(person.reels))),
            rx.cond(person.bio, rx.el.p(person.bio, class_name="text-sm break-words whitespace-pre-line text-ink")),
            rx.cond(person.measures.length() > 0, part(t("Measurements"), measures(person.measures))),
            rx.cond(person.skills.length() > 0, part(t("Skills"), tags(person.skills))),
            rx.cond(person.languages.length() > 0, part(t("Languages"), tags(person.languages))),
            rx.cond(person.accents.length() > 0, part(t("Accents"), tags(person.accents))),
            rx.cond(person.credits.length() > 0, part(t("Credits"), credit_list(person.credits))),
            rx.cond(person.contact.length() > 0, part(t("Contact"), lines(person.contact))),
            rx.cond(person.is_minor, _under_age()),
            rx.cond(person.days_off.length() > 0, part(t("Not available"), days_off_list(person.days_off))),
            part(t("Profile"), lines(person.facts)),
            rx.cond(person.links.length() > 0, part(t("Links"), lines(person.links))),
            part(
                t("Registration"),
                progress_bar(person.completeness, t("Completeness of the profile")),
                key_values((t("Registered on"), date(person.registered_on.to(str)))),
            ),
            class_name="flex flex-col gap-6",
        )
    )


def _head(person: rx.Var[Panel], is_own: bool) -> rx.Component:
    return rx.el.div(
        rx.cond(person.photo_url, _portrait(person), avatar(person.name, "", "xl")),
        rx.el.div(
            rx.el.p(_ages(person), class_name="text-sm font-medium text-ink"),
            rx.el.p(person.headline, class_name="text-sm text-muted"),
            rx.cond(
                person.name != person.full_name, rx.el.p(person.full_name, class_name="text-sm text-muted")
            ),
            rx.el.div(code_text(person.code), class_name="mt-1"),
            rx.el.div(rx.foreach(person.kinds, kind_badge), class_name="mt-2.5 flex flex-wrap gap-1.5"),
            rx.el.div(
                *([] if is_own else [_comp_card(person)]),
                rx.cond(
                    person.public_url,
                    link_button(
                        t("Public card"), href=person.public_url, size="sm", before="external-link", external=True
                    ),
                ),
                class_name="mt-3 flex flex-wrap gap-2 empty:hidden",
            ),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex items-start gap-4",
    )  # fmt: skip


def _portrait(person: rx.Var[Panel]) -> rx.Component:
    image = rx.el.img(src=person.photo_url, alt="", class_name="size-full object-cover")
    return photo_button(
        person.photo_url, person.name, image, class_name=f"{THUMB} aspect-square! w-28! shrink-0 sm:w-36!"
    )


def _ages(person: rx.Var[Panel]) -> rx.Component:
    return rx.fragment(
        t("{age} years old", age=person.age),
        rx.cond(person.playing_age, rx.fragment(" · ", t("plays {ages}", ages=person.playing_age))),
    )


def _under_age() -> rx.Component:
    return rx.el.p(
        badge(t("Under 18"), tone="warning"),
        rx.el.span(
            t("Contact goes through the guardian. Photos are for teams that consider or employ them."),
            class_name="mt-1.5 block text-sm text-muted",
        ),
    )


def _comp_card(person: rx.Var[Panel]) -> rx.Component:
    return link_button(
        t("Comp card (PDF)"),
        href="/documents/comp-card/" + person.id.to(str) + ".pdf?lang=" + LANGUAGE,
        size="sm",
        before="file-down",
        external=True,
        download=person.code + "-comp-card.pdf",
    )


def _reels(reels: rx.Var[list[Line]]) -> rx.Component:
    def reel(one: rx.Var[Line]) -> rx.Component:
        return rx.el.a(
            fact_name(one),
            rx.el.span(one.value, class_name="block truncate text-xs font-normal text-muted"),
            href=one.url,
            target="_blank",
            rel="noopener nofollow noreferrer",
            class_name="block rounded-control border border-line px-3 py-2 text-sm font-medium text-brand-ink "
            "hover:border-control",
        )

    return rx.el.div(rx.foreach(reels, reel), class_name="grid gap-2 sm:grid-cols-2")


def measures(found: rx.Var[list[Line]]) -> rx.Component:
    """Measurements in columns: they are compared at a glance."""

    def one(line: rx.Var[Line]) -> rx.Component:
        return rx.el.div(
            rx.el.dt(fact_name(line), class_name="truncate text-xs text-muted"),
            rx.el.dd(line.value, class_name="text-sm font-medium break-words text-ink tabular-nums"),
            class_name="min-w-0",
        )

    return rx.el.dl(rx.foreach(found, one), class_name="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3")


def credit_list(credits: rx.Var[list[CreditLine]]) -> rx.Component:
    """Credits, one under the other."""

    def one(credit: rx.Var[CreditLine]) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.cond(credit.year, credit.year.to(str), "—"), class_name="w-10 shrink-0 text-muted tabular-nums"
            ),
            credit_words(credit),
            class_name="flex gap-3",
            key=credit.key,
        )

    return rx.el.ul(rx.foreach(credits, one), class_name="flex flex-col gap-2.5 text-sm")


def credit_words(credit: rx.Var[CreditLine]) -> rx.Component:
    """The title, the type of production and the part of a credit."""
    return rx.el.span(
        rx.el.span(
            rx.cond(credit.url, web_link(credit.url, credit.title), credit.title),
            class_name="block font-medium break-words text-ink",
        ),
        rx.el.span(
            production_label(credit.kind),
            rx.cond((credit.kind != "") & (credit.part != ""), " · ", ""),
            credit.part,
            class_name="block text-xs break-words text-muted empty:hidden",
        ),
        class_name="min-w-0 flex-1",
    )


def days_off_list(entries: rx.Var[list[DaysOff]]) -> rx.Component:
    """Days on which somebody can't work."""

    def one(entry: rx.Var[DaysOff]) -> rx.Component:
        return rx.el.li(days_off_words(entry), key=entry.id.to(str))

    return rx.el.ul(rx.foreach(entries, one), class_name="flex flex-col gap-1.5 text-sm text-ink")


def days_off_words(entry: rx.Var[DaysOff]) -> rx.Component:
    """From … to …, and why."""
    return rx.el.span(
        date(entry.starts_on),
        rx.cond(entry.ends_on != entry.starts_on, rx.fragment(" – ", date(entry.ends_on))),
        rx.cond(entry.note, rx.el.span(" · ", entry.note, class_name="text-muted")),
    )
