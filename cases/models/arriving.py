"""How a registration came in: by a colleague's hand or by the public form; and the check whether
it is for this team (doelgroep)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.models import DatedFact, Fact
from facts.privacy import Retention, declare, declare_fact

from .registration import Registration


class Announcer(models.TextChoices):
    """Who tells us of someone."""

    PARENT = "parent", "De ouder zelf"
    YOUNG_PERSON = "young_person", "De jongere zelf"
    PROFESSIONAL = "professional", "Een professional"
    COLLEAGUE = "colleague", "Een collega"
    OTHER = "other", "Iemand anders"


class Channel(models.TextChoices):
    PHONE = "phone", "Telefoon"
    MAIL = "mail", "E-mail of brief"
    COLLEAGUE = "colleague", "Via een collega"
    WEB_FORM = "web_form", "Formulier op de site"


class Arrival(Fact):
    """By whom and by what channel a registration came in, and whether whom it is about agrees."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="arrivals")
    channel = models.CharField("kanaal", max_length=12, choices=Channel)
    announcer = models.CharField("aangemeld door", max_length=12, choices=Announcer)
    announcer_name = models.CharField("naam van wie aanmeldt", max_length=200, blank=True)
    consent = models.BooleanField("toestemming om gegevens vast te leggen")
    note = models.TextField("wat is er verteld", max_length=20_000, blank=True)

    privacy = declare_fact(
        personal="channel announcer consent",
        free_text="announcer_name note",
        neutral="registration",
    )

    class Meta(Fact.Meta):
        verbose_name = "binnenkomst"
        verbose_name_plural = "binnenkomsten"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                name="arrival_one_a_registration",
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="arrival_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="arrival_announcer_is_known", condition=Q(announcer__in=Announcer.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} kwam binnen via {self.channel}"


class Answer(models.TextChoices):
    YES = "yes", "Ja"
    NO = "no", "Nee"
    UNKNOWN = "unknown", "Nog niet bekend"
    WAITING = "waiting", "Wacht op UHT"


class TargetGroupCheck(DatedFact):
    """Whether the registration is for this team: wronged by the affair (`affected`), and a child
    placed out of home (`placement`). By `recorded_by`, on `happened_on`, on a `ground` in words.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="checks")
    affected = models.CharField("gedupeerd", max_length=8, choices=Answer)
    placement = models.CharField("uithuisplaatsing", max_length=8, choices=Answer)
    ground = models.TextField("waaruit blijkt dat", max_length=2_000)

    privacy = declare_fact(
        personal="happened_on affected placement", free_text="ground", neutral="registration"
    )

    class Meta(DatedFact.Meta):
        verbose_name = "doelgroeptoets"
        verbose_name_plural = "doelgroeptoetsen"
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                name="targetgroupcheck_one_a_registration",
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="targetgroupcheck_affected_is_known", condition=Q(affected__in=Answer.values)
            ),
            models.CheckConstraint(
                name="targetgroupcheck_placement_waits_for_nobody",
                condition=Q(placement__in=[Answer.YES, Answer.NO, Answer.UNKNOWN]),
            ),
            models.CheckConstraint(name="targetgroupcheck_has_a_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return f"doelgroeptoets van {self.registration_id}"


class WebRegistration(models.Model):
    """What someone without an account sent in at /aanmelden/: it waits for the team to take it.

    `receipt` is what the sender can name on the phone. Taken: it became `registration`, or was
    joined to it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht"
        ACCEPTED = "accepted", "Aangenomen"
        JOINED = "joined", "Samengevoegd"
        REFUSED = "refused", "Niet aangenomen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt = models.CharField("ontvangstnummer", max_length=20, unique=True)
    received_at = models.DateTimeField("ontvangen op", db_default=Now())
    announcer = models.CharField("wie ben je", max_length=12, choices=Announcer)
    announcer_name = models.CharField("naam van wie aanmeldt", max_length=200, blank=True)
    organisation = models.CharField("organisatie", max_length=200, blank=True)
    first_name = models.CharField("voornaam", max_length=100)
    last_name = models.CharField("achternaam", max_length=100)
    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    story = models.TextField("wat is er aan de hand", max_length=5_000, blank=True)
    consent = models.BooleanField("toestemming")
    state = models.CharField("stand", max_length=8, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_note = models.TextField("toelichting", max_length=2_000, blank=True)
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="web_registrations"
    )
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE,
        personal="announcer first_name last_name birth_date phone email consent",
        free_text="announcer_name organisation story decision_note",
        neutral="id receipt received_at state decided_at decided_by registration",
    )

    class Meta:
        verbose_name = "aanmelding via de site"
        verbose_name_plural = "aanmeldingen via de site"
        triggers = [leaves_history()]
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                name="webregistration_can_be_reached",
                condition=~Q(phone="") | ~Q(email=""),
                violation_error_message="Vul een telefoonnummer of een e-mailadres in.",
            ),
            models.CheckConstraint(name="webregistration_consented", condition=Q(consent=True)),
            models.CheckConstraint(
                name="webregistration_decided_whole",
                condition=Q(
                    state="waiting",
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    registration__isnull=True,
                )
                | Q(
                    state__in=["accepted", "joined"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    registration__isnull=False,
                )
                | Q(
                    state="refused",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    registration__isnull=True,
                )
                & ~Q(decision_note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt
