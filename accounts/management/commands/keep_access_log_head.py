from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.access_log.heads import HeadsError, keep_head


class Command(BaseCommand):
    help = "Schrijft de kop van het leeslogboek naar een bestand buiten de database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(keep_head().as_line())
        except HeadsError as error:
            raise CommandError(str(error)) from None
