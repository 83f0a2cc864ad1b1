import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.access_log.heads import HeadsError, read_heads
from accounts.access_log.protection import weaknesses
from accounts.access_log.verifying import verify


class Fout(CommandError):
    """What is wrong with the log, in one Dutch sentence."""


class Command(BaseCommand):
    help = "Controleert het leeslogboek regel voor regel en noemt de eerste die niet klopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads", type=Path, metavar="BESTAND", help="de koppen die elders werden bewaard"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when anything is wrong."""
        path = options["heads"] or Path(settings.ACCESS_LOG_HEADS)
        known = bool(options["heads"]) or path.exists()
        try:
            with read_heads(path) if known else nullcontext(()) as heads, _bar() as bar:
                fault, checked = verify(heads, lambda done, total: _show(bar, done, total))
        except HeadsError as error:
            raise Fout(str(error)) from None
        if fault:
            raise Fout(f"Het leeslogboek klopt niet. {fault}")
        if found := weaknesses():
            raise Fout(f"Het leeslogboek is niet beschermd: {'; '.join(found)}.")
        if not known:
            self.stderr.write(
                "Let op: er is geen bestand met koppen. Of de hele keten is herschreven, is zo "
                "niet te zien (manage.py keep_access_log_head)."
            )
        self.stdout.write(f"Het leeslogboek klopt: {checked} regels.")


def _bar() -> tqdm:
    return tqdm(disable=not sys.stderr.isatty(), unit=" regels", leave=False)


def _show(bar: tqdm, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
