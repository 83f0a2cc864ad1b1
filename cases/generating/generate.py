"""All families, in one transaction, a batch at a time."""

from collections.abc import Callable

from django.db import connection

from cases.models import Registration
from facts.recording import recording

from .chance import Chance
from .household import Numbers, write_household
from .registrations import draw_course, write_registration
from .rows import TABLES, Rows
from .shares import FIRST_DAY, LAST_DAY, SECOND_REGISTRATION
from .staff import write_staff
from .support import write_file

FAMILIES_A_BATCH = 5_000

Progress = Callable[[int], None]


class Refused(Exception):
    """Registrations stand already. The message is for the person at the command line."""


def generate_families(*, registrations: int, seed: int, progress: Progress | None = None) -> int:
    """Write `registrations` invented registrations with their families. Returns how many families.

    All or nothing. Raises Refused where registrations stand already.
    """
    chance = Chance(seed)
    rows, numbers = Rows(chance), Numbers()
    with recording(by=None):
        _refuse_where_registrations_stand()
        _check_each_batch_at_once()
        supervisors = write_staff(rows, registrations)
        written = families = 0
        while written < registrations:
            written += _write_family(rows, numbers, supervisors, room=registrations - written)
            families += 1
            if families % FAMILIES_A_BATCH == 0 or written == registrations:
                rows.copy()
                if progress:
                    progress(written)
    _renew_statistics()
    return families


def _write_family(rows: Rows, numbers: Numbers, supervisors: list[str], room: int) -> int:
    """One family with everything in its file. Returns how many registrations it has."""
    chance = rows.chance
    courses = [draw_course(chance, chance.day(FIRST_DAY, LAST_DAY))]
    if room > 1 and chance.happens(SECOND_REGISTRATION):
        courses.append(draw_course(chance, chance.day(courses[0].registered, LAST_DAY)))
    started = min((course.started for course in courses if course.started), default=None)
    household = write_household(rows, numbers, courses[0].registered, started=started is not None)
    for course in courses:
        write_registration(rows, numbers, household, course, supervisors)
    if started:
        write_file(rows, numbers, household, started)
    return len(courses)


def _refuse_where_registrations_stand() -> None:
    standing = Registration.objects.count()
    if not standing:
        return
    ours = Registration.objects.filter(number__startswith=Numbers.REGISTRATION).count()
    if ours == standing:
        raise Refused(f"Er staan al gegenereerde aanmeldingen ({ours}). Neem een lege database.")
    raise Refused(
        f"Er staan aanmeldingen die niet gegenereerd zijn ({standing - ours}). "
        "Verzonnen gezinnen horen niet bij echte: neem een lege database."
    )


def _check_each_batch_at_once() -> None:
    """Foreign keys and moves of status are checked at commit by default: millions at once, late."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _renew_statistics() -> None:
    """The planner must know of the rows. Only the owner of the tables may tell it; for the
    application's own role PostgreSQL skips this with a warning, and autovacuum follows."""
    names = ", ".join(f'"{table._meta.db_table}"' for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
