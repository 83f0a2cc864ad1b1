"""What was said. No person, no time, no number in an order, no history: see
docs/adr/0006-enquetes.md before anything is added here."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, QuerySet

from facts.privacy import Retention, declare

from .questions import Question
from .rounds import SMALLEST_GROUP, Group, Round


class Progress(models.Model):
    """Half filled in. The key of the row and that of its contents both follow from the link, which
    stands nowhere: nobody can say whose it is, or read it, but who has the link."""

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    sealed = models.TextField("inhoud, versleuteld")

    privacy = declare(Retention.SURVEY_ANSWERS, free_text="sealed", neutral="id round")

    class Meta:
        verbose_name = "half ingevulde enquête"
        verbose_name_plural = "half ingevulde enquêtes"

    def __str__(self) -> str:
        return "half ingevuld"


class Dropped(models.Model):
    """An answer in the drop box: sealed, all of one length. Whose it is stands within the seal
    only. `once` follows from the invitation by a key outside the database: a second one of the
    same invitation is refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    once = models.CharField("merk tegen dubbel insturen", max_length=64, unique=True)
    sealed = models.TextField("inhoud, versleuteld")

    privacy = declare(Retention.SURVEY_ANSWERS, free_text="sealed", neutral="id round once")

    class Meta:
        verbose_name = "antwoord in de bus"
        verbose_name_plural = "antwoorden in de bus"

    def __str__(self) -> str:
        return "in de bus"


class Response(models.Model):
    """Somebody of this group filled the survey in: to be counted. No group: too few of one of them
    answered for any to be told apart (surveys.services.batches)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = declare(Retention.SURVEY_ANSWERS, neutral="id round group")

    class Meta:
        verbose_name = "ingevulde enquête"
        verbose_name_plural = "ingevulde enquêtes"

    def __str__(self) -> str:
        return "ingevuld"


class Given(models.Model):
    """One answer to one question; not tied to the other answers of who gave it. `question` is of
    the round; `group` as of a response."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    options = ArrayField(models.CharField(max_length=30), default=list)
    number = models.PositiveSmallIntegerField("getal", null=True, blank=True)

    privacy = declare(Retention.SURVEY_ANSWERS, neutral="id group question options number")

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [
            models.CheckConstraint(
                name="given_says_something",
                condition=Q(options__len__gte=1, number__isnull=True)
                | Q(options__len=0, number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "antwoord"


class RemarkQuerySet(QuerySet):
    def readable(self) -> Self:
        """Of rounds that ten people or more answered; of others nobody reads a word. Nor of one
        that was erased."""
        many = Response.objects.order_by().values("round").annotate(many=Count("pk"))
        enough = many.filter(many__gte=SMALLEST_GROUP)
        return self.filter(question__round__in=enough.values("round")).exclude(sealed="")

    def erased(self) -> Self:
        """Of which only stands that something was written (services.clearing)."""
        return self.filter(sealed="")

    def waiting(self) -> Self:
        """What the privacy officer has still to read: as many as the list of rounds adds up to."""
        return self.readable().filter(state=Remark.State.NEW)

    def in_round(self, round: Round) -> Self:
        return self.readable().filter(question__round=round)

    def told_in(self, round: Round) -> Self:
        """To questions that ten or more answered: of others nobody hears how many."""
        asked = self.in_round(round).order_by().values("question").annotate(many=Count("pk"))
        enough = asked.filter(many__gte=SMALLEST_GROUP)
        return self.in_round(round).filter(question__in=enough.values("question"))

    def released_in(self, round: Round) -> Self:
        """What others than the privacy officer may read; the words stand in `surveys.remarks`."""
        return self.in_round(round).filter(state=Remark.State.RELEASED)


class Remark(models.Model):
    """Free text: of no group. Sealed; the privacy officer reads it first.

    `shown`: as it was released, with what was blacked out; sealed too. A year after its round both
    are emptied and the row stays: how many wrote is kept.
    """

    class State(models.TextChoices):
        NEW = "new", "Nog na te lezen"
        RELEASED = "released", "Vrijgegeven"
        WITHHELD = "withheld", "Blijft dicht"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    sealed = models.TextField("tekst, versleuteld")
    shown = models.TextField("vrijgegeven tekst, versleuteld", blank=True)
    state = models.CharField("stand", max_length=8, choices=State, default=State.NEW)

    objects = RemarkQuerySet.as_manager()

    privacy = declare(
        Retention.SURVEY_ANSWERS, free_text="sealed shown", neutral="id question state"
    )

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        indexes = [  # how many wait stands in a menu, on every page of the privacy officer
            models.Index(fields=["question"], condition=Q(state="new"), name="remark_to_be_read"),
        ]
        constraints = [
            models.CheckConstraint(
                name="remark_is_shown_when_released",
                condition=Q(state="released") & ~Q(shown="") | ~Q(state="released") & Q(shown=""),
            ),
        ]

    def __str__(self) -> str:
        return "opmerking"
