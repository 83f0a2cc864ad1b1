"""What a family asks, gets and reaches, side by side by theme; and what else is known of it."""

from dataclasses import dataclass, field
from datetime import date

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

Item = tuple[str, str]  # what, and when
NO_THEME = "Zonder thema"


@dataclass
class Theme:
    """One row of the three columns."""

    label: str
    requests: list[Item] = field(default_factory=list)
    supports: list[Item] = field(default_factory=list)
    results: list[Item] = field(default_factory=list)


def themes_of(family: Family) -> list[Theme]:
    """The themes in which something was asked, given or reached; three queries."""
    themes: dict[tuple[int, str], Theme] = {}
    for column, model, name in (
        ("requests", SupportRequest, "request"),
        ("supports", Support, "form"),
        ("results", Result, "result"),
    ):
        extra = ("child__first_name",) if model is Result else ()
        rows = _of(model, family).order_by("happened_on", f"{name}__position")
        for position, theme, label, day, *child in rows.values_list(
            f"{name}__theme__position", f"{name}__theme__label", f"{name}__label", "happened_on",
            *extra,
        ):  # fmt: skip
            key = (position if theme else 99, theme or NO_THEME)
            row = themes.setdefault(key, Theme(key[1]))
            about = f"{label} ({child[0]})" if child and child[0] else label
            getattr(row, column).append((about, short_day(day)))
    return [themes[key] for key in sorted(themes)]


@dataclass(frozen=True)
class Background:
    """The rest of a file, in words."""

    composition: str
    wishes: list[str]
    reasons: list[str]
    institutions: list[Item]
    analyses: list[list[str]]
    complaints: list["ComplaintInWords"]


@dataclass(frozen=True)
class ComplaintInWords:
    number: str
    dates: str
    subject: str
    measure: str


def background_of(family: Family) -> Background:
    """Six queries."""
    compositions = list(_labels(FamilyComposition, family, "composition"))
    involvements = _of(InstitutionInvolvement, family).order_by("-happened_on")
    return Background(
        composition=compositions[0] if compositions else "niet in beeld",
        wishes=_labels(DesiredSituation, family, "situation"),
        reasons=_labels(PlacementReason, family, "reason"),
        institutions=[
            (f"{institution}, {region}", spell(first, last))
            for institution, region, first, last in involvements.values_list(
                "institution__label", "region__label", "happened_on", "ended_on"
            )
        ],
        analyses=_analyses(family),
        complaints=_complaints(family),
    )


def _labels(model: type[Model], family: Family, name: str) -> list[str]:
    rows = _of(model, family).order_by(f"{name}__position")
    return list(rows.values_list(f"{name}__label", flat=True))


def _analyses(family: Family) -> list[list[str]]:
    """Of each: 'aangevraagd 3 dec 2024', 'gestart …', 'afgerond …'."""
    rows = _of(ExplanatoryAnalysis, family).order_by(F("happened_on").desc())
    steps = ("aangevraagd", "gestart", "afgerond")
    return [
        [f"{step} {short_day(day)}" for step, day in zip(steps, days, strict=True) if day]
        for days in rows.values_list("happened_on", "begun_on", "finished_on")
    ]


def _complaints(family: Family) -> list[ComplaintInWords]:
    rows = _of(Complaint, family).order_by("-happened_on")
    return [
        ComplaintInWords(number, _dates(received, handled), subject, measure)
        for number, received, handled, subject, measure in rows.values_list(
            "number", "happened_on", "handled_on", "subject", "measure_taken"
        )
    ]


def _dates(received: date, handled: date | None) -> str:
    end = f"afgehandeld {short_day(handled)}" if handled else "nog niet afgehandeld"
    return f"ontvangen {short_day(received)}, {end}"


def _of(model: type[Model], family: Family) -> QuerySet:
    return model._default_manager.standing().filter(family=family)
