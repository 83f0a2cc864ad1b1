"""Who supports one of two families, and may not see the other: a conflict of interest goes along
with the person, and shuts the whole family."""

from cases.access import TODAY
from cases.models import Assignment, ConflictOfInterest, FamilyMember, Intake

from .pairing import Pairing


def shut_out_by(pairing: Pairing) -> list[str]:
    """The names of supervisors who will not get in any more. Three queries."""
    if not pairing.two_families:
        return []
    both = [pairing.kept.pk, pairing.gone.pk]
    members = FamilyMember.objects.standing().filter(family__in=both)
    family_of = dict(members.values_list("person_id", "family_id"))
    conflicts = ConflictOfInterest.objects.standing().open_on(TODAY).filter(person__in=family_of)
    shut = {(one.user_id, family_of[one.person_id]) for one in conflicts}
    intakes = Intake.objects.standing().filter(family__in=both)
    place = dict(intakes.values_list("registration_id", "family_id"))
    held = Assignment.objects.standing().open_on(TODAY).filter(registration__in=place)
    return sorted(
        {
            one.supervisor.name
            for one in held.select_related("supervisor")
            for family in both
            if (one.supervisor_id, family) in shut and family != place[one.registration_id]
        }
    )
