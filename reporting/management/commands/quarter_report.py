"""`quarter_report`: the figures of any two dates, computed in this process."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from facts.dates import AMSTERDAM, Dates, end_of_day
from facts.recording import instant_of_a_draw
from reporting.documents import FORMS, Source
from reporting.documents.output import OutputError, write
from reporting.figures.engine import Progress
from reporting.services.drawing import draw
from reporting.services.running import as_json

KnownOn = date | datetime


class Fout(CommandError):
    """What is wrong with the question, in one Dutch sentence. Django prints the name before it."""


class Command(BaseCommand):
    help = "Berekent de kwartaalcijfers en schrijft ze naar een bestand of naar de uitvoer (-)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--period-start", required=True, help="eerste dag, zoals 2024-05-01")
        parser.add_argument("--reference-date", required=True, help="peildatum, zoals 2024-07-31")
        parser.add_argument(
            "--known-on", help="wat er op deze dag of dit tijdstip bekend was; zonder: nu"
        )
        parser.add_argument("--format", required=True, choices=tuple(FORMS))
        parser.add_argument("--output", required=True, help="een bestand, of - voor de uitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        start = _day("--period-start", options["period_start"])
        last = _day("--reference-date", options["reference_date"])
        known_on = _known_on(options["known_on"])
        dates = _dates(start, last, known_on)
        if dates.known_on > timezone.now():
            self.stderr.write(
                "Let op: 'bekend op' is nog niet voorbij. Wat tot dan wordt vastgelegd, telt een "
                "volgende keer mee."
            )
        with _progress() as say_progress:
            figures = as_json(draw(dates, progress=say_progress))
        content = FORMS[options["format"]].make(Source(figures, dates, known_on))
        try:
            write(content, options["output"], self.stdout)
        except OutputError as error:
            raise Fout(str(error)) from error


def _dates(start: date, last: date, known_on: KnownOn) -> Dates:
    try:
        instant = known_on if isinstance(known_on, datetime) else end_of_day(known_on)
        return Dates(start, last, instant)
    except ValueError as error:
        raise Fout(str(error)) from error


def _known_on(given: str | None) -> KnownOn:
    """A day, or an instant: now when nothing is given, and on the Dutch clock without a zone."""
    if given is None:
        return instant_of_a_draw()
    if len(given) <= len("2024-08-05"):
        return _day("--known-on", given)
    instant = _parsed("--known-on", given, datetime.fromisoformat)
    return instant if instant.tzinfo else instant.replace(tzinfo=AMSTERDAM)


def _day(option: str, given: str) -> date:
    return _parsed(option, given, lambda text: datetime.strptime(text, "%Y-%m-%d").date())


def _parsed(option: str, given: str, parse: Callable[[str], Any]) -> Any:
    """The value of an option; years that no registration can have are refused with it."""
    try:
        value = parse(given)
    except ValueError:
        raise Fout(f"{option} '{given}' is geen datum; schrijf hem als 2024-07-31.") from None
    if not 1900 <= value.year <= 2999:
        raise Fout(f"{option} '{given}' ligt te ver weg; kies een jaar van 1900 tot en met 2999.")
    return value


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; elsewhere silence."""
    with tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:

        def say_progress(step: int, steps: int, label: str) -> None:
            bar.total, bar.n = steps, step
            bar.set_description(f"{label} tellen" if label else "Klaar")

        yield say_progress
