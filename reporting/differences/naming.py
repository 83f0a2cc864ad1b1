"""The numbers of records that may be gone by now: those of a merged file stay to be found."""

from collections.abc import Iterable
from uuid import UUID

from cases.models import Family, FamilyMember, Intake, Person, Registration
from facts.among import among
from reporting.figures.units import CHILD, FAMILY, PARENT, REGISTRATION, Unit

Named = tuple[str, str, UUID]  # its number, that of its family, the id of the family
OF_UNIT = {
    REGISTRATION: (Registration, Intake, "registration_id"),
    CHILD: (Person, FamilyMember, "person_id"),
    PARENT: (Person, FamilyMember, "person_id"),
}


def named(unit: Unit, ids: Iterable[str]) -> list[Named]:
    """In the order of their numbers. The family is the one in which they stand, or stood last."""
    ids = [UUID(one) for one in ids]
    if unit is FAMILY:
        rows = Family.objects.filter(pk__in=among(ids)).order_by("number")
        return [(number, number, pk) for pk, number in rows.values_list("pk", "number")]
    model, link, column = OF_UNIT[unit]
    links = link.objects.filter(**{f"{column}__in": among(ids)}).order_by("recorded_at")
    family = {
        which: (number, pk)
        for which, number, pk in links.values_list(column, "family__number", "family_id")
    }
    rows = model.objects.filter(pk__in=among(ids)).order_by("number")
    return [(number, *family[pk]) for pk, number in rows.values_list("pk", "number")]
