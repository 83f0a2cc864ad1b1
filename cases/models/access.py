"""Exceptions to who may see what: cover, a shared file, emergency access, a conflict of interest.

Each has a reason, a giver and an end. The rule itself stands in cases.access.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from guardian.models import UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.models import LastingFact
from facts.privacy import Retention, declare, declare_fact

from .family import Person
from .registration import Registration

LONGEST_EMERGENCY = timedelta(minutes=60)
SHORTEST_REASON = 20  # characters: enough for a sentence


class Cover(LastingFact):
    """Waarneming: someone looks after the families of a colleague who is away, until a day."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="covered", verbose_name="afwezig"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="covering", verbose_name="waarnemer"
    )
    reason = models.CharField("reden", max_length=200)

    privacy = declare_fact(
        Retention.STAFF, free_text="reason", neutral="absent substitute happened_on ended_on"
    )

    class Meta(LastingFact.Meta):
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        constraints = [
            *LastingFact.Meta.constraints,
            models.CheckConstraint(
                name="cover_has_an_end_and_a_reason",
                condition=Q(ended_on__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="cover_is_by_someone_else", condition=~Q(absent=F("substitute"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} neemt waar voor {self.absent_id}"


class ConflictOfInterest(LastingFact):
    """A colleague who is kin of a person, or knows them otherwise: their files stay shut to them,
    whatever their role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts_of_interest"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="conflicts_of_interest")
    reason = models.CharField("reden", max_length=200)

    privacy = declare_fact(
        Retention.STAFF, free_text="reason", neutral="user person happened_on ended_on"
    )

    class Meta(LastingFact.Meta):
        verbose_name = "belangenconflict"
        verbose_name_plural = "belangenconflicten"
        constraints = [
            *LastingFact.Meta.constraints,
            models.CheckConstraint(name="conflict_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} niet bij {self.person_id}"


class RegistrationGrant(UserObjectPermissionBase):
    """A direct object permission of django-guardian on one registration, with an end.

    Only accounts.grants makes, ends and reads these: an expired one stands here still.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_object = models.ForeignKey(Registration, models.PROTECT, related_name="grants")
    reason = models.CharField("reden", max_length=500)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begins_at = models.DateTimeField("vanaf")
    ends_at = models.DateTimeField("tot")
    history = HistoricalRecords()

    privacy = declare(
        Retention.READ_LOG,
        free_text="reason",
        neutral="id user permission content_object given_by begins_at ends_at",
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "gedeeld dossier"
        verbose_name_plural = "gedeelde dossiers"
        triggers = [leaves_history()]
        constraints = [
            models.CheckConstraint(
                name="registrationgrant_ends_after_it_begins",
                condition=Q(ends_at__gte=F("begins_at")),
            ),
            models.CheckConstraint(name="registrationgrant_has_a_reason", condition=~Q(reason="")),
        ]


class EmergencyAccess(models.Model):
    """Noodtoegang: one file, to read, for an hour; told at once, and judged afterwards."""

    class Ground(models.TextChoices):
        SAFETY = "safety", "De veiligheid van een kind of ouder"
        ABSENT = "absent", "De procesbegeleider is onbereikbaar en het kan niet wachten"
        COURT = "court", "Een zitting of termijn vandaag of morgen"

    class Judgement(models.TextChoices):
        RIGHT = "right", "Terecht"
        WRONG = "wrong", "Niet terecht"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="emergency_accesses"
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="emergency_accesses"
    )
    ground = models.CharField("grond", max_length=10, choices=Ground)
    reason = models.TextField("reden")
    begins_at = models.DateTimeField("vanaf")
    ends_at = models.DateTimeField("tot")
    judged_at = models.DateTimeField("beoordeeld op", null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    judgement = models.CharField("oordeel", max_length=5, choices=Judgement, blank=True)
    judgement_note = models.TextField("toelichting", blank=True)
    history = HistoricalRecords()

    privacy = declare(
        Retention.READ_LOG,
        free_text="reason judgement_note",
        neutral="id user registration ground begins_at ends_at judged_at judged_by judgement",
    )

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        triggers = [leaves_history()]
        ordering = ["-begins_at"]
        permissions = [
            ("open_in_emergency", "Mag een dossier openen bij nood"),
            ("judge_emergency", "Beoordeelt noodtoegang"),
        ]
        constraints = [
            models.CheckConstraint(
                name="emergencyaccess_lasts_an_hour_at_most",
                condition=Q(
                    ends_at__gte=F("begins_at"),
                    ends_at__lte=F("begins_at") + LONGEST_EMERGENCY,
                ),
            ),
            models.CheckConstraint(
                name="emergencyaccess_says_why",
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON),
            ),
            models.CheckConstraint(
                name="emergencyaccess_judged_whole_and_by_another",
                condition=Q(judged_at__isnull=True, judged_by__isnull=True, judgement="")
                | Q(judged_at__isnull=False, judged_by__isnull=False)
                & ~Q(judgement="")
                & ~Q(judged_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} bij {self.registration_id}: {self.get_ground_display()}"
