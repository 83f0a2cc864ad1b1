"""What people are found by: made from their names, dates and ways to reach them, by
cases.searching, which alone writes it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from facts.privacy import Retention, declare

from .family import Person


class SearchKey(models.Model):
    """Normalised pieces of what is known of a person: no extension of the database is at hand."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="search_key"
    )
    pieces = ArrayField(models.CharField(max_length=64), default=list)

    privacy = declare(Retention.CASE_FILE, personal="pieces", neutral="person")

    class Meta:
        verbose_name = "zoeksleutel"
        # Each search walks through all that waits to be sorted in: so that is kept short (kB).
        indexes = [GinIndex(fields=["pieces"], name="searchkey_pieces", gin_pending_list_limit=128)]

    def __str__(self) -> str:
        return str(self.person_id)
