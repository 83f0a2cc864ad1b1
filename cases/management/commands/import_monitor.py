"""manage.py import_monitor BOOK.xlsx [--dry-run] [--faults FILE.xlsx]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cases.monitor.faults import report
from cases.monitor.importing import import_monitor
from cases.monitor.marking import write_marked_copy
from cases.monitor.outcome import Outcome
from cases.monitor.unreadable import Refused, UnreadableBook

COLUMNS = ("rijen", "nieuw", "gewijzigd", "ingetrokken", "ongewijzigd", "dubbel")


class Fout(CommandError):
    """Django prints the name of the class before the message."""


class Command(BaseCommand):
    help = (
        "Lees een monitorwerkboek in. Bij fouten wordt er niets opgeslagen; alle fouten staan dan "
        "op het scherm en, gemarkeerd, in een kopie van het werkboek."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("book", metavar="WERKBOEK.xlsx", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="controleer en vergelijk, maar sla niets op"
        )
        parser.add_argument(
            "--faults",
            metavar="FOUTEN.xlsx",
            type=Path,
            help="waar de kopie met gemarkeerde fouten komt (anders <werkboek>-fouten.xlsx hier)",
        )

    def handle(self, *, book: Path, dry_run: bool, faults: Path | None, **options: Any) -> None:
        copy = faults or Path(f"{book.stem}-fouten.xlsx")
        if copy.resolve() == book.resolve():
            raise Fout("De kopie met fouten zou het werkboek overschrijven.", returncode=2)
        try:
            with Bar(self.stderr.isatty()) as progress:
                outcome = import_monitor(book, dry_run=dry_run, progress=progress)
        except (UnreadableBook, Refused) as error:
            raise Fout(str(error)) from None
        self._warn(outcome)
        if outcome.faults:
            self._refuse(outcome, copy)
        self._tell(outcome)

    def _warn(self, outcome: Outcome) -> None:
        if outcome.warnings:
            self.stderr.write("Let op, dit houdt de import niet tegen:", self.style.WARNING)
        for line in report(outcome.warnings):
            self.stderr.write(line, self.style.WARNING)

    def _refuse(self, outcome: Outcome, copy: Path) -> None:
        number = len(outcome.faults)
        self.stderr.write("Fouten in het werkboek:" if number > 1 else "Fout in het werkboek:")
        for line in report(outcome.faults):
            self.stderr.write(line)
        count = f"{number} fouten" if number > 1 else "1 fout"
        summary = f"{outcome.book.name} heeft {count}; er is niets opgeslagen."
        try:
            write_marked_copy(outcome, copy)
        except OSError as error:
            raise Fout(
                f"{summary} De gemarkeerde kopie kon niet worden geschreven naar {copy}: "
                f"{error.strerror}."
            ) from None
        raise Fout(f"{summary} De fouten staan gemarkeerd in {copy}.")

    def _tell(self, outcome: Outcome) -> None:
        width = max(len(name) for name in outcome.counts)
        self.stdout.write(" ".join([" " * width, *(f"{name:>11}" for name in COLUMNS)]))
        for name, c in outcome.counts.items():
            numbers = (c.rows, c.new, c.changed, c.withdrawn, c.unchanged, c.double)
            self.stdout.write(" ".join([f"{name:<{width}}", *(f"{n:>11}" for n in numbers)]))
        if not outcome.changed_anything:
            self.stdout.write("Er is niets veranderd: alles stond er al.")
        if outcome.dry_run:
            self.stdout.write("Dit was een proef (--dry-run): er is niets opgeslagen.")
        elif outcome.changed_anything:
            self.stdout.write(f"{outcome.book.name} is ingelezen.")


class Bar:
    """A progress bar on a terminal (stderr); nothing elsewhere."""

    def __init__(self, terminal: bool) -> None:
        self._bar = tqdm(disable=not terminal, unit=" rijen", leave=False)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def __call__(self, what: str, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.set_description(what, refresh=False)
        self._bar.update(done - self._bar.n)
