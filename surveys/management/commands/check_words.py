from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys import ready
from surveys.models import Round, Text
from surveys.parts import FIRST_LANGUAGE
from surveys.plain_dutch import MEAN, faults, mean_length


class Command(BaseCommand):
    help = "Kijkt de Nederlandse teksten van een enquête na op lange zinnen en moeilijke woorden."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("round", nargs="?", help="naam van de ronde; leeg: wat klaarstaat")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = self._of_a_round(options["round"]) if options["round"] else ready_texts()
        found = [f"{part}: {fault}" for part, body in texts for fault in faults(body)]
        mean = mean_length(body for _, body in texts)
        if mean > MEAN:
            found.append(f"Een zin heeft gemiddeld {mean:.1f} woorden; {MEAN} is het meeste.")
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} keer iets om nog eens naar te kijken.")
        self.stderr.write(f"Alles leest goed: gemiddeld {mean:.1f} woorden in een zin.")

    def _of_a_round(self, name: str) -> list[tuple[str, str]]:
        round = Round.objects.filter(name=name).first()
        if round is None:
            raise CommandError(f"Er is geen ronde '{name}'.")
        rows = Text.objects.filter(round=round, language=FIRST_LANGUAGE)
        return list(rows.values_list("part", "body"))


def ready_texts() -> list[tuple[str, str]]:
    """The Dutch that stands ready, each with the part that it is of."""
    return [
        (part, body)
        for part, said in ready.languages()[FIRST_LANGUAGE]["texts"].items()
        for body in ready.words_of(said).values()
    ]
