from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.bounces import came_back_in
from surveys.services.sending import note_bounce


class Command(BaseCommand):
    help = (
        "Leest wat terugkwam bij het adres van de enquêtes (een map met een bestand per mail, "
        "zoals een Maildir) en zet die brieven op 'teruggekomen'. Twee keer lezen mag."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", help="de map")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"De map {folder} is er niet.")
        noted = sum(note_bounce(one.number, at=one.at) for one in came_back_in(folder))
        self.stderr.write(f"{noted} brieven teruggekomen.")
