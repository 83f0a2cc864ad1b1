from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.access_log.heads import HeadsError, keep_head
from accounts.access_log.restoring import begin_heads_anew


class Fout(CommandError):
    """Why the head couldn't be kept, in one Dutch sentence."""


class Command(BaseCommand):
    help = "Schrijft de kop van het leeslogboek naar een bestand buiten de database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after-restore",
            metavar="REDEN",
            help="na het terugzetten van een reservekopie: zet het bestand met koppen apart en "
            "begin een nieuw, met deze reden",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["after_restore"] is not None:
                aside = begin_heads_anew(reason=options["after_restore"])
                self.stderr.write(f"De eerdere koppen staan in {aside.name}.")
            self.stdout.write(keep_head().as_line())
        except HeadsError as error:
            raise Fout(str(error)) from None
