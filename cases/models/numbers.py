"""Readable numbers: G00412 for a family, A00512 for a registration, KL003 for a complaint."""

import re
from collections.abc import Iterable

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest

from facts.privacy import Retention, declare


class NumberSeries(models.Model):
    """The last number given out in a series. The row is locked while a number is taken."""

    prefix = models.CharField(primary_key=True, max_length=5)
    digits = models.PositiveSmallIntegerField(default=5)
    last = models.PositiveIntegerField(default=0)

    privacy = declare(Retention.SETTING, neutral="prefix digits last")

    class Meta:
        verbose_name = "nummerreeks"

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:0{self.digits}d}"


def take_number(prefix: str) -> str:
    """The next number of a series. Gapless within a transaction that commits."""
    NumberSeries.objects.filter(prefix=prefix).update(last=F("last") + 1)
    return str(NumberSeries.objects.get(prefix=prefix))


def keep_clear_of(numbers: Iterable[str]) -> None:
    """See to it that numbers given out later don't collide with `numbers` from elsewhere."""
    highest: dict[str, int] = {}
    for number in numbers:
        if match := re.fullmatch(r"([A-Z]+)(\d+)", number):
            prefix, count = match[1], int(match[2])
            highest[prefix] = max(count, highest.get(prefix, 0))
    for prefix, count in highest.items():
        NumberSeries.objects.filter(prefix=prefix).update(last=Greatest("last", count))
