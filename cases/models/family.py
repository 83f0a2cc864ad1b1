"""Who is who: the family around shared children, its people, and what it wishes."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.models import Fact
from facts.privacy import Retention, declare, declare_fact

from .codes import code_field, from_list


class Role(models.TextChoices):
    """What someone is in a family. The rules of the figures name these, so they stand in code."""

    MOTHER = "mother", "Moeder"
    FATHER = "father", "Vader"
    CHILD = "child", "Kind"
    OTHER = "other", "Anders"


class Family(models.Model):
    """A group around shared children; not a household. Everything known of it is a fact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("gezinsnummer", max_length=20, unique=True)
    history = HistoricalRecords()

    privacy = declare(Retention.CASE_FILE, neutral="id number")

    class Meta:
        verbose_name = "gezin"
        verbose_name_plural = "gezinnen"
        triggers = [leaves_history()]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Person(models.Model):
    """Someone, with a name and a way to reach them: these are read as they stand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("persoonsnummer", max_length=20, unique=True)
    first_name = models.CharField("voornaam", max_length=100, blank=True)
    last_name = models.CharField("achternaam", max_length=100, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE, personal="first_name last_name email phone", neutral="id number"
    )

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        triggers = [leaves_history()]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class FamilyMember(Fact):
    """A person belongs to a family, in a role (empty: not in view), born on a day.

    `died_on`: also the day on which we heard it, when the day itself isn't known.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    role = models.CharField("rol", max_length=10, choices=Role, blank=True)
    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    died_on = models.DateField("overleden op", null=True, blank=True)

    privacy = declare_fact(personal="role birth_date died_on", neutral="person family")

    class Meta(Fact.Meta):
        verbose_name = "gezinslid"
        verbose_name_plural = "gezinsleden"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="familymember_role_is_known", condition=Q(role__in=["", *Role.values])
            ),
            models.UniqueConstraint(
                name="familymember_one_family_a_person",
                fields=["person"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Deze persoon hoort al bij een gezin.",
            ),
            models.CheckConstraint(
                name="familymember_died_after_birth",
                condition=Q(died_on__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(died_on__gte=F("birth_date")),
                violation_error_message="De dag van overlijden ligt niet voor die van de geboorte.",
            ),
            models.CheckConstraint(
                name="familymember_died_before_it_was_written",
                condition=Q(died_on__isnull=True) | Q(died_on__lte=TruncDate("recorded_at")),
                violation_error_message="De dag van overlijden ligt niet in de toekomst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.family_id}: {self.role or 'niet in beeld'}"


class Custody(Fact):
    """Whether a parent holds custody (gezag) over a child. No row: not in view."""

    parent = models.ForeignKey(Person, models.PROTECT, related_name="custody_as_parent")
    child = models.ForeignKey(Person, models.PROTECT, related_name="custody_as_child")
    holds = models.BooleanField("gezag")

    privacy = declare_fact(personal="holds", neutral="parent child")

    class Meta(Fact.Meta):
        verbose_name = "gezag"
        verbose_name_plural = "gezag"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="custody_not_over_oneself", condition=~Q(parent=F("child"))
            ),
            models.UniqueConstraint(
                name="custody_one_answer_a_pair",
                fields=["parent", "child"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Over deze ouder en dit kind staat al een antwoord. "
                "Pas dat aan.",
            ),
        ]

    def __str__(self) -> str:
        return f"gezag {self.parent_id} over {self.child_id}: {'ja' if self.holds else 'nee'}"


class FamilyComposition(Fact):
    """What kind of family it is. No row: not in view."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="compositions")
    composition = code_field("family_composition", "gezinssamenstelling")

    privacy = declare_fact(personal="composition", neutral="family")

    class Meta(Fact.Meta):
        verbose_name = "gezinssamenstelling"
        verbose_name_plural = "gezinssamenstellingen"
        constraints = [
            *Fact.Meta.constraints,
            from_list("composition", "family_composition"),
            models.UniqueConstraint(
                name="familycomposition_one_a_family",
                fields=["family"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Er staat al een gezinssamenstelling. Pas die aan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id}: {self.composition_id}"


class DesiredSituation(Fact):
    """One of the situations that a family wishes for."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="desired_situations")
    situation = code_field("desired_situation", "gewenste gezinssituatie")

    privacy = declare_fact(personal="situation", neutral="family")

    class Meta(Fact.Meta):
        verbose_name = "gewenste gezinssituatie"
        constraints = [
            *Fact.Meta.constraints,
            from_list("situation", "desired_situation"),
            models.UniqueConstraint(
                name="desiredsituation_once_a_family",
                fields=["family", "situation"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Deze wens staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id}: {self.situation_id}"


class PlacementReason(Fact):
    """One of the reasons for which a family's children were placed out of home."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="placement_reasons")
    reason = code_field("placement_reason", "reden uithuisplaatsing")

    privacy = declare_fact(personal="reason", neutral="family")

    class Meta(Fact.Meta):
        verbose_name = "reden uithuisplaatsing"
        verbose_name_plural = "redenen uithuisplaatsing"
        constraints = [
            *Fact.Meta.constraints,
            from_list("reason", "placement_reason"),
            models.UniqueConstraint(
                name="placementreason_once_a_family",
                fields=["family", "reason"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Deze reden staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id}: {self.reason_id}"
