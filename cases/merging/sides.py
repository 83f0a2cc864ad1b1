"""The two files side by side, as the page shows them, and who in them is likely the same."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.access import Need, visible_to
from cases.files.listing import STATUS_WORDS, with_stand
from cases.models import Applicant, Family, FamilyMember, Intake, Role
from cases.timeline.sentences import name
from facts.words import short_day


@dataclass(frozen=True)
class Side:
    """`intakes`: of the registrations that whoever looks may assign, each with its `stand` in
    words; `hidden`: how many more there are. `applicants`: of each registration, who."""

    family: Family
    members: list[FamilyMember]
    intakes: list[Any]
    hidden: int
    applicants: dict[UUID, list[UUID]]

    def who(self, member: FamilyMember) -> str:
        """Sanne Dorpstraat (P00002), moeder, geboren 4 mrt 1985"""
        role = Role(member.role).label.lower() if member.role else "rol niet in beeld"
        born = f", geboren {short_day(member.birth_date)}" if member.birth_date else ""
        died = f", overleden {short_day(member.died_on)}" if member.died_on else ""
        return f"{name(member.person)} ({member.person.number}), {role}{born}{died}"

    @property
    def people(self) -> list[str]:
        return [self.who(member) for member in self.members]

    def same_as(self, kept: "Side") -> dict[UUID, UUID]:
        """Who has the same name, and no other birth date or role; and what they registered."""
        people: dict[UUID, UUID] = {}
        for one in self.members:
            for other in kept.members:
                if _alike(one, other) and other.person_id not in people.values():
                    people.setdefault(one.person_id, other.person_id)
        registrations = {
            mine: theirs
            for mine, applicants in self.applicants.items()
            for theirs, others in kept.applicants.items()
            if {people.get(person) for person in applicants} & set(others)
        }
        return {**people, **registrations}


def side_of(family: Family, user: Any) -> Side:
    """Four queries."""
    members = FamilyMember.objects.standing().filter(family=family).select_related("person")
    own = visible_to(user, Need.ASSIGN).filter(family=family)
    intakes = list(with_stand(own).select_related("registration").order_by("registration__number"))
    for intake in intakes:
        intake.stand = _stand(intake)
    ids = [intake.registration_id for intake in intakes]
    applicants: dict[UUID, list[UUID]] = {pk: [] for pk in ids}
    for row in Applicant.objects.standing().filter(registration__in=ids):
        applicants[row.registration_id].append(row.person_id)
    every = Intake.objects.standing().filter(family=family).count()
    return Side(
        family,
        list(members.order_by("birth_date", "person__number")),
        intakes,
        every - len(intakes),
        applicants,
    )


def _stand(intake: Any) -> str:
    """A00002, lopend sinds 3 mei 2024, begeleider Bob"""
    status = STATUS_WORDS[intake.status].lower()
    who = f"begeleider {intake.supervisor}" if intake.supervisor else "nog zonder begeleider"
    return f"{intake.registration.number}, {status} sinds {short_day(intake.since)}, {who}"


def _alike(one: FamilyMember, other: FamilyMember) -> bool:
    same_name = name(one.person).casefold() == name(other.person).casefold()
    known = one.person.first_name or one.person.last_name
    born = one.birth_date in (None, other.birth_date) or other.birth_date is None
    role = one.role in ("", other.role) or other.role == ""
    return bool(known) and same_name and born and role
