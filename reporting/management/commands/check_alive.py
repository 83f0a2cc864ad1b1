"""`check_alive beat`: for whoever watches over the processes, such as docker compose."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from reporting.models import Heartbeat
from reporting.services.heartbeats import signs


class Command(BaseCommand):
    help = "Geeft 1 als een van deze onderdelen zwijgt (zonder onderdeel: van alle), en anders 0."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("parts", nargs="*", metavar="onderdeel", help="beat, worker of broker")

    def handle(self, *args: Any, parts: list[str], **options: Any) -> None:
        asked = set(parts or Heartbeat.Part.values)
        if unknown := asked - set(Heartbeat.Part.values):
            raise CommandError(
                f"Er is geen onderdeel {', '.join(sorted(unknown))}. Kies uit "
                f"{', '.join(Heartbeat.Part.values)}.",
                returncode=2,
            )
        try:
            silent = [one.title for one in signs() if one.part in asked and not one.alive]
        except DatabaseError as error:
            raise CommandError("De database geeft geen antwoord.") from error
        if silent:
            raise CommandError(f"Geen teken van: {', '.join(silent)}.")
