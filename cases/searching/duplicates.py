"""Who is likely known already, before someone is registered anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from cases.models import Family, FamilyMember, SearchKey

from .finding import having
from .pieces import pieces_of_day, pieces_of_email, pieces_of_name, pieces_of_phone

MOST_COMPARED = 200  # by each way of looking
ALIKE, MUCH_ALIKE = 0.5, 0.75  # shared pieces of two names, of all that they have together


class Someone(Protocol):
    first_name: str
    last_name: str
    email: str
    phone: str
    birth_date: date | None


@dataclass(frozen=True)
class Duplicate:
    """Somebody who is known, and why it may be the same person. `by_name`: and not only by a
    telephone or an e-mail address that a family may share."""

    person: UUID
    family: UUID
    why: str
    by_name: bool


def likely_duplicates(someone: Someone, besides: Collection[UUID] = ()) -> list[Duplicate]:
    """Everybody who may be `someone`, wherever they are but in the families `besides` (those that
    are shut to who asks): other rights are not asked here."""
    name = pieces_of_name(f"{someone.first_name} {someone.last_name}")
    day = pieces_of_day(someone.birth_date)
    reach = _whole(pieces_of_phone(someone.phone) | pieces_of_email(someone.email))
    found = {}
    for person, pieces in _compared(name, day, reach).items():
        if why := _why(name, day, reach, set(pieces)):
            found[person] = why
    members = FamilyMember.objects.standing().filter(person__in=list(found))
    members = members.exclude(family__in=besides)
    rows = members.order_by("person__number").values_list("person_id", "family_id")
    return [
        Duplicate(person, family, found[person], "naam" in found[person]) for person, family in rows
    ]


def _compared(name: set[str], day: set[str], reach: set[str]) -> dict[UUID, list[str]]:
    """Looked for in ways that the index answers at once; each on its own, so that a common name
    doesn't crowd out who has the same telephone."""
    keys, whole = SearchKey.objects.all(), sorted(_whole(day))
    ways = [keys.filter(pieces__overlap=sorted(reach))] if reach else []
    if whole:
        ways.append(keys.filter(pieces__contains=whole))
    if name:
        ways.append(keys.filter(pieces__contains=sorted(name)))
        ways.append(keys.filter(having(sorted(name), MUCH_ALIKE)))
    return {
        person: pieces
        for way in ways
        for person, pieces in way.values_list("person_id", "pieces")[:MOST_COMPARED]
    }


def _why(name: set[str], day: set[str], reach: set[str], known: set[str]) -> str:
    """In words; nothing when it is somebody else."""
    reasons = []
    like = _likeness(name, {piece for piece in known if ":" not in piece})
    known_day = {piece for piece in known if piece[:2] in ("b:", "m:", "d:")}
    if like >= ALIKE and _whole(day) & known_day:
        reasons.append("naam en geboortedatum")
    elif like >= MUCH_ALIKE and day & known_day:
        reasons.append("naam en bijna dezelfde geboortedatum")
    elif like >= MUCH_ALIKE and not (day and known_day):
        reasons.append("naam")
    shared = reach & known
    if any(piece.startswith("t:") for piece in shared):
        reasons.append("telefoonnummer")
    if any(piece.startswith("e:") for piece in shared):
        reasons.append("e-mailadres")
    return ", ".join(reasons)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _whole(pieces: Iterable[str]) -> set[str]:
    """Without halves of a date and ends of a number: these are shared by many."""
    return {piece for piece in pieces if piece[:2] in ("b:", "t:", "e:")}


def likely_in(family: Family) -> dict[UUID, str]:
    """Other families in which someone of `family` likely is too, and why. Some queries for each
    person; rights are not asked here."""
    found: dict[UUID, str] = {}
    members = FamilyMember.objects.standing().filter(family=family).select_related("person")
    for member in members.order_by("person__number"):
        member.person.birth_date = member.birth_date
        for one in likely_duplicates(member.person):
            if one.family != family.pk:
                found.setdefault(one.family, one.why)
    return found
