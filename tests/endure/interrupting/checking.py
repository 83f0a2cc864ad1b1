"""What must hold whatever happened, asked of the database afterwards."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from accounts.access_log.verifying import verify
from accounts.models import AccessLine, Draft, FinishedForm, User
from cases.models import Complaint, Contact, Intake, Registration
from tests.endure.interrupting.stories import Story

HALF = """
    SELECT count(*) FROM {table} gone WHERE gone.withdrawn_at IS NOT NULL AND 1 <> (
        SELECT count(*) FROM {table} came
        WHERE came.recorded_at = gone.withdrawn_at AND came.recorded_by_id = gone.withdrawn_by_id)
"""


def broken(saved: Iterable[tuple[str, Story]], typists: Iterable[User], pages: int) -> list[str]:
    """In words; empty is what we hope for."""
    saved = list(saved)
    faults = [
        f"{story.name} {marker} staat er {written} keer"
        for marker, story in saved
        if (written := story.written(marker)) != 1
    ]
    finished = FinishedForm.objects.exclude(digest="").count()
    if finished != len(saved):
        faults.append(f"{len(saved)} keer opgeslagen, {finished} formulieren afgerond")
    left = Draft.objects.filter(user__in=typists).exclude(content={}).count()
    if left:
        faults.append(f"{left} concepten staan er nog, terwijl alles is opgeslagen")
    return faults + _half_rows() + _read_log(typists, pages)


def _half_rows() -> list[str]:
    """A correction withdraws one and adds one; the first conversation also sets the clock."""
    faults = []
    for model in (Contact, Complaint, Intake):
        with connection.cursor() as cursor:
            cursor.execute(HALF.format(table=model._meta.db_table))
            half = cursor.fetchone()[0]
        if half:
            faults.append(f"{half} halve correcties van {model._meta.verbose_name}")
    standing = Counter(Intake.objects.standing().values_list("registration", flat=True))
    if set(standing.values()) - {1}:
        faults.append("een aanmelding heeft meer dan één binnenkomst")
    for registration in Registration.objects.all():
        (intake,) = Intake.objects.standing().filter(registration=registration)
        said = Contact.objects.filter(registration=registration).exists()
        if said != (intake.phone_contact_on is not None):
            faults.append(f"{registration.number}: het eerste contact en de klok lopen uiteen")
    return faults


def _read_log(typists: Iterable[User], pages: int) -> list[str]:
    fault, lines = verify()
    faults = [f"het leeslogboek klopt niet: {fault}"] if fault else []
    written = AccessLine.objects.filter(actor__in=typists).count()
    if written < pages:
        faults.append(f"{pages} bladzijden getoond, {written} regels in het leeslogboek")
    return faults + ([] if lines else ["het leeslogboek is leeg"])
