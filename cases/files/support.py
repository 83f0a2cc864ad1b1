"""What a family asks, gets and reaches, side by side by theme; and what else is known of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Model, QuerySet

from cases.models import (
    Complaint,
    DesiredSituation,
    ExplanatoryAnalysis,
    Family,
    FamilyComposition,
    InstitutionInvolvement,
    PlacementReason,
    Result,
    Support,
    SupportRequest,
)
from facts.words import short_day, spell

from .held import held

NO_THEME = "Zonder thema"


class Item(NamedTuple):
    """A fact on the page: where it is corrected (`slug`, `id`), what it says, and when."""

    slug: str
    id: UUID
    what: str
    when: str = ""


@dataclass
class Theme:
    """One row of the three columns."""

    label: str
    requests: list[Item] = field(default_factory=list)
    supports: list[Item] = field(default_factory=list)
    results: list[Item] = field(default_factory=list)


def themes_of(family: Family, at: datetime | None = None) -> list[Theme]:
    """The themes in which something was asked, given or reached; three queries."""
    themes: dict[tuple[int, str], Theme] = {}
    for column, slug, model, name in (
        ("requests", "vragen", SupportRequest, "request"),
        ("supports", "ondersteuning", Support, "form"),
        ("results", "resultaten", Result, "result"),
    ):
        extra = ("child__first_name",) if model is Result else ()
        rows = _of(model, family, at).order_by("happened_on", f"{name}__position")
        for position, theme, label, day, pk, *child in rows.values_list(
            f"{name}__theme__position", f"{name}__theme__label", f"{name}__label", "happened_on",
            "pk", *extra,
        ):  # fmt: skip
            key = (position if theme else 99, theme or NO_THEME)
            row = themes.setdefault(key, Theme(key[1]))
            about = f"{label} ({child[0]})" if child and child[0] else label
            getattr(row, column).append(Item(slug, pk, about, short_day(day)))
    return [themes[key] for key in sorted(themes)]


@dataclass(frozen=True)
class Background:
    """The rest of a file, in words. `composition`: one, or none."""

    composition: list[Item]
    wishes: list[Item]
    reasons: list[Item]
    institutions: list[Item]
    analyses: list[Item]
    complaints: list["ComplaintInWords"]


@dataclass(frozen=True)
class ComplaintInWords:
    id: UUID
    number: str
    dates: str
    subject: str
    measure: str


def background_of(family: Family, at: datetime | None = None) -> Background:
    """Six queries."""
    involvements = _of(InstitutionInvolvement, family, at).order_by("-happened_on")
    return Background(
        composition=_labels(FamilyComposition, family, "composition", "samenstelling", at),
        wishes=_labels(DesiredSituation, family, "situation", "wensen", at),
        reasons=_labels(PlacementReason, family, "reason", "redenen", at),
        institutions=[
            Item("instellingen", pk, f"{institution}, {region}", spell(first, last))
            for pk, institution, region, first, last in involvements.values_list(
                "pk", "institution__label", "region__label", "happened_on", "ended_on"
            )
        ],
        analyses=_analyses(family, at),
        complaints=_complaints(family, at),
    )


def _labels(
    model: type[Model], family: Family, name: str, slug: str, at: datetime | None
) -> list[Item]:
    rows = _of(model, family, at).order_by(f"{name}__position")
    return [Item(slug, pk, label) for pk, label in rows.values_list("pk", f"{name}__label")]


def _analyses(family: Family, at: datetime | None) -> list[Item]:
    """Of each: 'aangevraagd 3 dec 2024, gestart …, afgerond …'."""
    rows = _of(ExplanatoryAnalysis, family, at).order_by(F("happened_on").desc())
    steps = ("aangevraagd", "gestart", "afgerond")
    return [
        Item(
            "analyses",
            pk,
            ", ".join(
                f"{step} {short_day(day)}" for step, day in zip(steps, days, strict=True) if day
            ),
        )
        for pk, *days in rows.values_list("pk", "happened_on", "begun_on", "finished_on")
    ]


def _complaints(family: Family, at: datetime | None) -> list[ComplaintInWords]:
    rows = _of(Complaint, family, at).order_by("-happened_on")
    return [
        ComplaintInWords(pk, number, _dates(received, handled), subject, measure)
        for pk, number, received, handled, subject, measure in rows.values_list(
            "pk", "number", "happened_on", "handled_on", "subject", "measure_taken"
        )
    ]


def _dates(received: date, handled: date | None) -> str:
    end = f"afgehandeld {short_day(handled)}" if handled else "nog niet afgehandeld"
    return f"ontvangen {short_day(received)}, {end}"


def _of(model: type[Model], family: Family, at: datetime | None) -> QuerySet:
    return held(model, at).filter(family=family)
