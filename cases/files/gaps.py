"""What isn't in view yet, as a short list of what to fill in: each leads to its form."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from cases.models import Family
from facts.words import many

from .family import Member, People
from .support import Background


@dataclass(frozen=True)
class Gap:
    words: str
    address: str


def gaps_of(family: Family, people: People, background: Background) -> list[Gap]:
    """In the order in which the page tells them. No queries."""
    gaps = [*_of_people(family, people), *_of_custody(family, people)]
    for child in people.children:
        gaps += _of_placements(family, child)
    if not background.composition:
        gaps.append(Gap("gezinssamenstelling", _new(family, "samenstelling")))
    if not background.wishes:
        gaps.append(Gap("wat het gezin wil", _new(family, "wensen")))
    if not background.reasons and any(child.placements for child in people.children):
        gaps.append(Gap("reden van de uithuisplaatsing", _new(family, "redenen")))
    return gaps


def _of_people(family: Family, people: People) -> list[Gap]:
    gaps = []
    for member in [*people.adults, *people.children]:
        address = reverse("correct_of_family", args=[family.pk, "gezinsleden", member.membership])
        if not member.role:
            gaps.append(Gap(f"rol van {member.name}", address))
        if member in people.children and not member.birth_date:
            gaps.append(Gap(f"geboortedatum van {member.name}", address))
    if not people.children:
        gaps.append(Gap("kinderen", _new(family, "gezinsleden", role="child")))
    return gaps


def _of_custody(family: Family, people: People) -> list[Gap]:
    """One line, to the first pair that isn't in view."""
    unknown = [
        (child, pair) for child in people.children for pair in child.pairs if pair.holds is None
    ]
    if not unknown:
        return []
    child, pair = unknown[0]
    of = many(len({child.id for child, _ in unknown}), "kind", "kinderen")
    address = _new(family, "gezag", parent=pair.parent.number, child=child.number)
    return [Gap(f"gezag bij {of}", address)]


def _of_placements(family: Family, child: Member) -> list[Gap]:
    gaps = []
    for spell in child.placements:
        address = reverse("correct_of_family", args=[family.pk, "plaatsingen", spell.id])
        if spell.last is None and not spell.residence:
            gaps.append(Gap(f"verblijfplaats van {child.name}", address))
        if spell.measure is None:
            gaps.append(Gap(f"maatregel bij {child.name}", address))
    return gaps


def _new(family: Family, slug: str, **filled_in: str) -> str:
    address = reverse("add_of_family", args=[family.pk, slug])
    return f"{address}?{urlencode(filled_in)}" if filled_in else address
