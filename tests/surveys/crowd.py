"""Thousands of mothers who may be mailed, written at once. Everyone is invented."""

from django.utils import timezone

from cases.models import (
    Applicant,
    Consent,
    Family,
    FamilyMember,
    Intake,
    Person,
    Registration,
    StatusChange,
)
from cases.status import Status
from tests.surveys.asking import LAST_YEAR

MAY = {"kind_id": "consent_kind.survey_mail", "given": True, "given_by": "self"}


def a_crowd(many: int) -> None:
    """So many, each in a family of her own with a trajectory that runs."""
    at = {"recorded_at": timezone.now()}
    on = at | {"happened_on": LAST_YEAR}
    people = [Person(number=f"M{n:06}", email=f"m{n}@example.org") for n in range(many)]
    families = [Family(number=f"MG{n:06}") for n in range(many)]
    files = [Registration(number=f"MA{n:06}") for n in range(many)]
    whole = list(zip(people, families, files, strict=True))
    for rows in (
        people,
        families,
        files,
        [FamilyMember(person=p, family=f, role="mother", **at) for p, f, _ in whole],
        [Intake(registration=r, family=f, **on) for _, f, r in whole],
        [Applicant(registration=r, person=p, position=1, **at) for p, _, r in whole],
        [StatusChange(registration=r, status=Status.RUNNING, **on) for r in files],
        [Consent(registration=r, person=p, **MAY, **on) for p, _, r in whole],
    ):
        type(rows[0]).objects.bulk_create(rows, batch_size=1_000)
