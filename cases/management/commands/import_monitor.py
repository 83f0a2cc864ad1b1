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
        try:
            with Bar(self.stderr) as progress:
                outcome = import_monitor(book, dry_run=dry_run, progress=progress)
        except (UnreadableBook, Refused) as error:
            raise CommandError(str(error)) from None
        for warning in report(outcome.warnings):
            self.stderr.write(f"Let op {warning}")
        if outcome.faults:
            self._refuse(outcome, faults or Path(f"{book.stem}-fouten.xlsx"))
        self._tell(outcome)

    def _refuse(self, outcome: Outcome, copy: Path) -> None:
        number = len(outcome.faults)
        self.stderr.write(
            f"{outcome.book.name}: {number} {'fout' if number == 1 else 'fouten'}. "
            "Er is niets opgeslagen."
        )
        for line in report(outcome.faults):
            self.stderr.write(line)
        try:
            write_marked_copy(outcome, copy)
        except OSError as error:
            raise CommandError(f"De kopie met fouten kon niet in {copy}: {error.strerror}.") from None
        raise CommandError(f"De fouten staan gemarkeerd in {copy}.")

    def _tell(self, outcome: Outcome) -> None:
        width = max(len(name) for name in outcome.counts)
        self.stdout.write(" ".join([" " * width, *(f"{name:>11}" for name in COLUMNS)]))
        for name, c in outcome.counts.items():
            numbers = (c.rows, c.new, c.changed, c.withdrawn, c.unchanged, c.double)
            self.stdout.write(" ".join([f"{name:<{width}}", *(f"{n:>11}" for n in numbers)]))
        if not outcome.changed_anything:
            words = "Er is niets veranderd: alles stond er al."
        elif outcome.dry_run:
            words = "Dit was een proef (--dry-run): er is niets opgeslagen."
        else:
            words = f"{outcome.book.name} is ingelezen."
        self.stdout.write(words)


class Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, stream: Any) -> None:
        terminal = stream.isatty() if hasattr(stream, "isatty") else False
        self._bar = tqdm(disable=not terminal, unit=" rijen", leave=False)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def __call__(self, what: str, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.set_description(what, refresh=False)
        self._bar.update(done - self._bar.n)
