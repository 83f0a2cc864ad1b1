"""index_people: make everybody findable again, in a database that was filled before."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cases.models import Person
from cases.searching.index import index_everybody


class Command(BaseCommand):
    help = "Maak de zoeksleutels van alle personen opnieuw. Kan op elk moment, ook twee keer."

    def handle(self, **options) -> None:
        people = Person.objects.count()
        with tqdm(total=people, unit=" personen", disable=not sys.stderr.isatty()) as bar:
            for done in index_everybody():
                bar.update(done)
        self.stdout.write(f"{people} personen zijn vindbaar.")
