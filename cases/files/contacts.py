"""The conversations of a family, as words: only those of registrations that one may see."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Consent, Contact, FamilyMember, Person, Role
from cases.models.formal import CONTACT
from facts.words import day, enumeration, many

from .held import held
from .papers import contact_blocks
from .sight import Sight

LATEST = 10  # on the file itself; the rest on a page of its own
ROWS_A_PAGE = 50
ROLE_WORDS = dict(Role.choices)


class ContactInWords(NamedTuple):
    """`may_correct`: whoever looks may write in its registration."""

    id: UUID
    registration: str
    kind: str
    when: str
    with_whom: str
    note: str
    by: str
    may_correct: bool


class Contacts(NamedTuple):
    """`numbered`: they are of several registrations, so it matters of which. `more`: there are
    older ones."""

    shown: list[ContactInWords]
    numbered: bool
    more: bool
    may_note: bool


def contacts_of(
    sight: Sight, page: int = 1, rows: int = LATEST, at: datetime | None = None
) -> Contacts:
    """One page of them, newest first; one query. With `at` as we knew them then, and nothing to
    do."""
    found = (
        held(Contact, at)
        .filter(registration__in=sight.readable)
        .select_related("registration", "kind", "person", "recorded_by")
        .order_by("-happened_on", "-at", "-recorded_at")
    )
    first = (page - 1) * rows
    some = list(found[first : first + rows + 1])
    writable = {} if at else sight.writable
    shown = [in_words(one, one.registration_id in writable) for one in some[:rows]]
    return Contacts(shown, len(sight.readable) > 1, len(some) > rows, bool(writable))


def in_words(contact: Contact, may_correct: bool = False) -> ContactInWords:
    who = [name_of(contact.person)] if contact.person else []
    return ContactInWords(
        contact.pk,
        contact.registration.number,
        contact.kind.label,
        _when(contact.happened_on, contact.at, contact.minutes),
        enumeration([*who, *filter(None, [contact.with_whom])]),
        contact.note,
        contact.recorded_by.name if contact.recorded_by else "",
        may_correct,
    )


def name_of(person: Person) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.number


def people_to_talk_to(
    family_id: UUID, first: Sequence[UUID | None] = ()
) -> list[tuple[Person, str]]:
    """Everybody of the family with their name and role; `first`: who go on top, if they live."""
    members = FamilyMember.objects.standing().filter(family=family_id).select_related("person")

    def place(one: FamilyMember) -> tuple:
        on_top = first.index(one.person_id) if one.person_id in first else len(first)
        return bool(one.died_on), on_top, one.role == Role.CHILD, one.person.number

    return [(member.person, _with_role(member)) for member in sorted(members, key=place)]


def contact_blocks_in(registrations: QuerySet, today: date) -> dict[UUID, date]:
    """Of a person since when they don't want to be approached; one query."""
    said = Consent.objects.standing().filter(registration__in=registrations, kind=CONTACT)
    return contact_blocks(said, today)


def _with_role(member: FamilyMember) -> str:
    name = name_of(member.person)
    words = f"{name} ({ROLE_WORDS[member.role].lower()})" if member.role else name
    return f"{words}, overleden" if member.died_on else words


def _when(on: date, at: time | None, minutes: int | None) -> str:
    """wo 31 jul 2024, 14.03 uur, 20 minuten"""
    hour = f"{at:%H.%M} uur" if at else ""
    lasted = many(minutes, "minuut", "minuten") if minutes else ""
    return ", ".join(filter(None, [day(on), hour, lasted]))
