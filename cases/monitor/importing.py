"""The verb: a monitor workbook into the database, all of it or nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction

from accounts.models import User
from facts.dates import AMSTERDAM
from facts.recording import recording

from .checking import Checking
from .outcome import Outcome
from .reading import Book, read_book
from .storing import store
from .unreadable import Refused

IMPORT_LOCK = 0x0F_1A_B0  # any constant will do, as long as nothing else uses it

Progress = Callable[[str, int, int], None]  # what is under way, steps done, steps in all


class _OnlyTrying(Exception):
    """Rolls a dry run back."""


def import_monitor(
    path: Path | str, *, dry_run: bool, by: User | None = None, progress: Progress | None = None
) -> Outcome:
    """Read, check and store a workbook. With any fault, or on a dry run, nothing is stored.

    Raises UnreadableBook when it is no workbook or not a safe one, and Refused when a book
    without faults can't be stored; both say why in one Dutch sentence.
    """
    book = read_book(Path(path))
    advance = _steps(book, progress)
    checking = Checking(book, today=_today(), advance=advance)
    faults = checking.run()
    outcome = Outcome(book, checking.pages, dry_run, faults.found, faults.warnings)
    if outcome.faults:
        return outcome
    try:
        with transaction.atomic():
            _wait_for_other_imports()
            with recording(by=by, reason=f"Import van {book.name}") as at:
                outcome.counts = store(checking.sheets, checking.lines, at, advance)
            if dry_run:
                raise _OnlyTrying
            outcome.at = at.at
    except _OnlyTrying:
        pass
    except (IntegrityError, DataError) as error:
        raise Refused(_told(error)) from error
    return outcome


def _wait_for_other_imports() -> None:
    """Taken before the clock is read: an import that waited may not write earlier than the one
    it waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _today() -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].astimezone(AMSTERDAM).date()


def _told(error: DatabaseError) -> str:
    """A refusal of the database after all checks passed is an error of this program."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or "onbekend"
    return (
        f"De database weigerde de gegevens (regel '{name}'), terwijl de controle niets vond. Er "
        "is niets opgeslagen. Dit is een fout in het programma; geef deze melding door aan de "
        "beheerder."
    )


def _steps(book: Book, progress: Progress | None) -> Callable[[str, int], None]:
    """Every row is checked once and stored once."""
    total, done = 2 * sum(len(page.rows) for page in book.pages), 0

    def advance(what: str, rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        if progress:
            progress(what, done, total)

    return advance
