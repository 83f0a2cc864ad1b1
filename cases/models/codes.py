"""The editable lists: what a field may say, in the team's own words, from a day to a day."""

from datetime import date
from typing import Self

from django.core.validators import validate_slug
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare


class CodeQuerySet(models.QuerySet):
    def in_list(self, name: str) -> Self:
        return self.filter(list=name)

    def valid_on(self, day: date) -> Self:
        """Half-open: not valid any more on the day `valid_until`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class Code(models.Model):
    """One entry of a list. Its key is '<list>.<code>', so a row says of itself what it means, and
    the database can refuse an entry of another list."""

    id = models.CharField(primary_key=True, max_length=100, editable=False)
    list = models.CharField("lijst", max_length=50)
    code = models.CharField("code", max_length=49, validators=[validate_slug])
    label = models.CharField("omschrijving", max_length=200)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    theme = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="items")
    per_child = models.BooleanField("wordt per kind geteld", default=False)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_until = models.DateField("geldig tot", null=True, blank=True)

    objects = CodeQuerySet.as_manager()
    history = HistoricalRecords()

    privacy = declare(
        Retention.SETTING,
        neutral="id list code label position theme per_child valid_from valid_until",
    )

    class Meta:
        verbose_name = "code"
        triggers = [leaves_history()]
        ordering = ["list", "position", "code"]
        constraints = [
            models.CheckConstraint(
                name="code_key_names_list_and_code",
                condition=Q(id=models.functions.Concat("list", Value("."), "code")),
            ),
            models.CheckConstraint(
                name="code_valid_until_after_from",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
            ),
            models.UniqueConstraint(
                name="code_one_current_entry_a_label",
                fields=["list", "label"],
                condition=Q(valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args, **kwargs) -> None:
        self.id = f"{self.list}.{self.code}"
        super().save(*args, **kwargs)


def code_field(list_name: str, verbose_name: str, **options) -> models.ForeignKey:
    """A field that holds an entry of `list_name`. Pair it with `from_list` in the constraints."""
    return models.ForeignKey(
        Code,
        models.PROTECT,
        verbose_name=verbose_name,
        limit_choices_to={"list": list_name},
        related_name="+",
        **options,
    )


def in_list(field: str, list_name: str) -> Func:
    """True when the entry in `field` is one of `list_name` (unknown when it is empty)."""
    return Func(
        F(field), Value(f"{list_name}."), function="starts_with", output_field=BooleanField()
    )


def from_list(field: str, list_name: str) -> models.CheckConstraint:
    """The database refuses an entry of another list in `field`."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_from_its_list", condition=in_list(field, list_name)
    )
