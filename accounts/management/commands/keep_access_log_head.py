from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.access_log.heads import HeadsError, keep_head


class Fout(CommandError):
    """Why the head couldn't be kept, in one Dutch sentence."""


class Command(BaseCommand):
    help = "Schrijft de kop van het leeslogboek naar een bestand buiten de database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(keep_head().as_line())
        except HeadsError as error:
            raise Fout(str(error)) from None
