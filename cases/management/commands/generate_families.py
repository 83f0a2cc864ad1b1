"""generate_families --registrations N --seed S: invented families in bulk, for measuring speed."""

import argparse
import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.generating import Refused, generate_families


class Fout(CommandError):
    """Django prints the name of the class before the message."""


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("geef een aantal van 1 of meer")
    return int(text)


class Command(BaseCommand):
    help = "Schrijf verzonnen gezinnen met hun dossiers, om de snelheid te meten."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--registrations", type=_at_least_one, required=True, help="hoeveel aanmeldingen"
        )
        parser.add_argument(
            "--seed", type=int, required=True, help="hetzelfde getal geeft dezelfde gezinnen"
        )

    def handle(self, *, registrations: int, seed: int, **options) -> None:
        with tqdm(
            total=registrations, unit=" aanmeldingen", disable=not sys.stderr.isatty()
        ) as bar:
            try:
                families = generate_families(
                    registrations=registrations,
                    seed=seed,
                    progress=lambda written: bar.update(written - bar.n),
                )
            except Refused as refusal:
                raise Fout(str(refusal)) from None
        self.stdout.write(f"{registrations} aanmeldingen van {families} gezinnen geschreven.")
