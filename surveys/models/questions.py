"""What is asked, and every sentence in every language: rows of a round, with history."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare
from surveys.tongues import in_dutch

from .rounds import Round, frozen_with_its_round

A_KEY = RegexValidator(r"^[a-z][a-z_]*$", "Gebruik kleine letters, zonder spaties.")


class Audience(models.TextChoices):
    """For whom words are meant; '' is everybody."""

    PARENT = "parent", "Ouders"
    CHILD = "child", "Kinderen van 12 tot 18 jaar"
    YOUNG = "young", "Jongeren vanaf 18 jaar"


class Language(models.Model):
    """A language that a round can be read in. `right_to_left`: as Arabic is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="languages")
    code = models.CharField(
        "taalcode", max_length=10,
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Z]{2})?$", "Zo wel: pl, of pt-BR.")],
    )  # fmt: skip
    name = models.CharField("naam, in de taal zelf", max_length=50)
    right_to_left = models.BooleanField("leest van rechts naar links", default=False)
    to_be_checked = models.BooleanField("nog na te kijken door een vertaler", default=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    history = HistoricalRecords()

    privacy = declare(
        Retention.SETTING, neutral="id round code name right_to_left to_be_checked position"
    )

    class Meta:
        verbose_name = "taal"
        verbose_name_plural = "talen"
        ordering = ["position", "code"]
        triggers = [leaves_history(), frozen_with_its_round()]
        constraints = [
            models.UniqueConstraint(
                name="language_once_a_round",
                fields=["round", "code"],
                violation_error_message="Deze taal staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_dutch(self) -> str:
        """For staff: what it is called in Dutch, or else in the language itself."""
        return in_dutch(self.code, self.name)


class Question(models.Model):
    """`options`: the keys of what can be chosen. `lowest`, `highest`: of a scale. The words stand
    in `Text`."""

    class Kind(models.TextChoices):
        ONE = "one", "Eén keuze"
        SEVERAL = "several", "Meer keuzes"
        SCALE = "scale", "Schaal"
        TEXT = "text", "Vrije tekst"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("volgorde")
    key = models.CharField("sleutel", max_length=30, validators=[A_KEY])
    kind = models.CharField("soort", max_length=7, choices=Kind)
    options = ArrayField(
        models.CharField(max_length=30, validators=[A_KEY]), default=list, blank=True
    )
    lowest = models.PositiveSmallIntegerField("laagste", null=True, blank=True)
    highest = models.PositiveSmallIntegerField("hoogste", null=True, blank=True)
    history = HistoricalRecords()

    privacy = declare(
        Retention.SETTING, neutral="id round position key kind options lowest highest"
    )

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["position", "key"]
        triggers = [leaves_history(), frozen_with_its_round()]
        constraints = [
            models.UniqueConstraint(
                name="question_once_a_round",
                fields=["round", "key"],
                violation_error_message="Er is al een vraag met deze sleutel.",
            ),
            models.CheckConstraint(
                name="question_can_be_answered",
                condition=Q(kind__in=["one", "several"], options__len__gte=2)
                & Q(lowest__isnull=True, highest__isnull=True)
                | Q(kind="scale", options__len=0, lowest__lt=F("highest"))
                | Q(kind="text", options__len=0, lowest__isnull=True, highest__isnull=True),
                violation_error_message="Een keuzevraag heeft twee of meer keuzes, een schaal een "
                "laagste en een hoogste getal.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Text(models.Model):
    """One sentence or letter: which `part` of the round, for whom, in which language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="texts")
    part = models.CharField("onderdeel", max_length=80)
    audience = models.CharField("voor wie", max_length=6, choices=Audience, blank=True)
    language = models.CharField("taal", max_length=10)
    body = models.TextField("tekst", max_length=3_000)
    history = HistoricalRecords()

    privacy = declare(Retention.SETTING, neutral="id round part audience language body")

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "teksten"
        ordering = ["part", "audience", "language"]
        triggers = [leaves_history(), frozen_with_its_round()]
        constraints = [
            models.UniqueConstraint(
                name="text_once", fields=["round", "part", "audience", "language"]
            ),
            models.CheckConstraint(
                name="text_for_a_known_audience", condition=Q(audience__in=["", *Audience.values])
            ),
            models.CheckConstraint(name="text_says_something", condition=~Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.part} ({self.language})"
