"""Who is likely known already, as someone who registers may see it, and what they chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import AccessLine
from cases.access import shut_families
from cases.door import note_list
from cases.files.listing import STATUS_WORDS, with_stand
from cases.models import Family, FamilyMember, Person
from cases.scope import Scope
from cases.searching.duplicates import Duplicate, likely_duplicates
from cases.searching.elsewhere import told
from cases.searching.finding import Hit
from cases.services import NewPerson
from cases.status import Status
from cases.views.searching import note_elsewhere
from facts.words import enumeration, short_day

ANEW = "nieuw"
OPEN = frozenset({Status.NOT_STARTED, Status.RUNNING, Status.REOPENED})


class Row(NamedTuple):
    """A family that one may see, with who in it is likely meant."""

    family: Family
    people: str
    why: str
    standing: str
    registrations: list[tuple[UUID, str]]
    has_open: bool
    joins_as: str


@dataclass
class Known:
    """`rows`: what may be shown. `elsewhere`: what may be said of the rest. `tokens`: what the
    form gives back, so that a later one is noticed; of a person one may not see they tell nothing.
    """

    found: list[list[Duplicate]]
    rows: list[Row] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)

    def unanswered(self, choice: str) -> bool:
        """Whether something must still be chosen: nothing was, or more was found since."""
        every = {one.person for found in self.found for one in found}
        possible = {ANEW, *(str(row.family.pk) for row in self.rows)}
        return bool(every) and (choice not in possible or not every <= self.seen)

    def chosen(
        self, choice: str, new: Sequence[NewPerson]
    ) -> tuple[list[Person | NewPerson], Family | None]:
        """Who applies, and in which family: a new one, or one of those that were shown."""
        family = next((row.family for row in self.rows if str(row.family.pk) == choice), None)
        if family is None:
            return list(new), None
        same = [
            next((one.person for one in found if one.family == family.pk and one.by_name), None)
            for found in self.found
        ]
        people = {person.pk: person for person in Person.objects.filter(pk__in=filter(None, same))}
        return [people.get(pk, someone) for pk, someone in zip(same, new, strict=True)], family


def known_to(request: HttpRequest, new: Sequence[NewPerson], seen: Iterable[str]) -> Known:
    """Who of `new` is likely known, as far as the visitor may know it; each shown is logged."""
    shut = shut_families(request.user)
    known = Known([likely_duplicates(someone, shut) for someone in new])
    every = {one.person: one for found in known.found for one in found}
    known.tokens = tokens_of(request.user, every.values())
    given = set(seen)
    known.seen = {
        one.person
        for one, token in zip(every.values(), known.tokens, strict=True)
        if token in given
    }
    if not every:
        return known
    scope = Scope.of(request.user)
    families = {one.family for one in every.values()}
    visible = with_stand(scope.intakes().filter(family__in=families))
    known.rows = _rows(list(visible.select_related("family", "registration")), list(every.values()))
    note_list(
        request,
        [row.family.pk for row in known.rows],
        part="wie al bekend is",
        action=AccessLine.Action.SEARCH,
        scope=scope,
    )
    shown = {row.family.pk for row in known.rows}
    hidden = told(
        scope,
        [Hit(one.person, one.family, 1.0) for one in every.values() if one.family not in shown],
    )
    note_elsewhere(request, hidden, " ".join(someone.last_name for someone in new))
    known.elsewhere = hidden.lines
    return known


def tokens_of(user: Any, found: Iterable[Duplicate]) -> list[str]:
    return [salted_hmac("cases.known", f"{user.pk} {one.person}").hexdigest()[:20] for one in found]


def _rows(intakes: list[Any], found: list[Duplicate]) -> list[Row]:
    families = {intake.family.pk: intake.family for intake in intakes}
    members = FamilyMember.objects.standing().select_related("person")
    people = {
        member.person_id: member
        for member in members.filter(person__in=[one.person for one in found])
    }
    rows = []
    for pk, family in sorted(families.items(), key=lambda item: item[1].number):
        own = [one for one in found if one.family == pk]
        standing = [intake for intake in intakes if intake.family.pk == pk]
        same = [_name(people[one.person]) for one in own if one.by_name]
        rows.append(
            Row(
                family,
                enumeration([_who(people[one.person]) for one in own]),
                enumeration(sorted({one.why for one in own})),
                enumeration([_stand(intake) for intake in standing]),
                [(intake.registration_id, _stand(intake)) for intake in standing],
                any(intake.status in OPEN for intake in standing),
                enumeration(same) or "nieuw gezinslid",
            )
        )
    return rows


def _stand(intake: Any) -> str:
    return f"{intake.registration.number} ({STATUS_WORDS[intake.status].lower()})"


def _name(member: FamilyMember) -> str:
    return f"{member.person.first_name} {member.person.last_name}".strip() or member.person.number


def _who(member: FamilyMember) -> str:
    born = f", geboren {short_day(member.birth_date)}" if member.birth_date else ""
    died = f", overleden {short_day(member.died_on)}" if member.died_on else ""
    return f"{_name(member)}{born}{died}"
