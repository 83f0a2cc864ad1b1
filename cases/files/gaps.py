"""What isn't in view yet, as a short list of what to fill in: each leads to its form.

What the figures show as not in view is declared and found elsewhere (cases.in_view and
cases.caseload.missing, as on Vandaag); here it gets a name and an address. After it comes what no
figure asks for and is good to know all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from cases import in_view
from cases.caseload.missing import Blanks, said_of
from cases.models import Family

from .family import Member, People
from .registrations import Trajectories, Trajectory
from .support import Background


@dataclass(frozen=True)
class Gap:
    """`address`: empty where somebody else fills it in."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class OnFile:
    """What was read for the page."""

    family: Family
    people: People
    trajectories: Trajectories


def gaps_of(file: OnFile, background: Background, missing: Blanks) -> list[Gap]:
    """In the order of Vandaag, and then what else is good to know. No queries."""
    gaps = [gap for blank in said_of(missing) for gap in PLACES[blank](file, missing[blank])]
    return gaps + _good_to_know(file.family, file.people, background)


def _route(file: OnFile, ids: set[UUID]) -> list[Gap]:
    return [
        Gap(f"route van {one.number}", _of_road(one) if one.may_write else "")
        for one in file.trajectories.shown
        if one.id in ids
    ]


def _roles(file: OnFile, ids: set[UUID]) -> list[Gap]:
    return [
        Gap(f"rol van {one.name}", _of_member(file.family, one))
        for one in file.people.adults
        if not one.role
    ]


def _composition(file: OnFile, ids: set[UUID]) -> list[Gap]:
    return [Gap(f"gezins{in_view.COMPOSITION.what}", _new(file.family, "samenstelling"))]


def _custody_of_parents(file: OnFile, ids: set[UUID]) -> list[Gap]:
    child = {"child": file.people.children[0].number} if file.people.children else {}
    return [
        Gap(f"gezag van {one.name}", _new(file.family, "gezag", parent=one.number, **child))
        for one in file.people.adults
        if one.id in ids
    ]


def _custody_in_family(file: OnFile, ids: set[UUID]) -> list[Gap]:
    return [Gap(in_view.CUSTODY_IN_FAMILY.what, _new(file.family, "gezag"))]


def _measures(file: OnFile, ids: set[UUID]) -> list[Gap]:
    return [
        Gap(f"maatregel bij {one.name}", _of_spell(file.family, one.placements[0].id))
        for one in file.people.children
        if one.id in ids and one.placements
    ]


def _residences(file: OnFile, ids: set[UUID]) -> list[Gap]:
    """To the spell that began last of those without one."""
    gaps = []
    for one in file.people.children:
        blank = [spell for spell in one.placements if not spell.residence]
        if one.id in ids and blank:
            gaps.append(Gap(f"verblijfplaats van {one.name}", _of_spell(file.family, blank[0].id)))
    return gaps


PLACES: dict[in_view.Blank, Callable[[OnFile, set[UUID]], list[Gap]]] = {
    in_view.ROUTE: _route,
    in_view.ROLE: _roles,
    in_view.COMPOSITION: _composition,
    in_view.CUSTODY_OF_PARENT: _custody_of_parents,
    in_view.CUSTODY_IN_FAMILY: _custody_in_family,
    in_view.MEASURE: _measures,
    in_view.RESIDENCE: _residences,
}


def _good_to_know(family: Family, people: People, background: Background) -> list[Gap]:
    gaps = [
        Gap(f"geboortedatum van {child.name}", _of_member(family, child))
        for child in people.children
        if not child.birth_date
    ]
    if not people.children:
        gaps.append(Gap("kinderen", _new(family, "gezinsleden", role="child")))
    if not background.wishes:
        gaps.append(Gap("wat het gezin wil", _new(family, "wensen")))
    if not background.reasons and any(child.placements for child in people.children):
        gaps.append(Gap("reden van de uithuisplaatsing", _new(family, "redenen")))
    return gaps


def _of_road(trajectory: Trajectory) -> str:
    return reverse("correct_of_registration", args=[trajectory.id, "route", trajectory.intake])


def _of_member(family: Family, member: Member) -> str:
    return reverse("correct_of_family", args=[family.pk, "gezinsleden", member.membership])


def _of_spell(family: Family, spell: UUID) -> str:
    return reverse("correct_of_family", args=[family.pk, "plaatsingen", spell])


def _new(family: Family, slug: str, **filled_in: str) -> str:
    address = reverse("add_of_family", args=[family.pk, slug])
    return f"{address}?{urlencode(filled_in)}" if filled_in else address
