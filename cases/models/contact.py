"""What is said and what has to be done: conversations and tasks.

They belong to a registration, not to the family: two parents of the same children may each have
one, and what one of them tells isn't shown to the other's supervisor.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.models import DatedFact
from facts.privacy import Retention, declare, declare_fact

from .codes import code_field, from_list
from .family import Person
from .registration import Registration

LONGEST_CONTACT = 24 * 60  # minutes
PHONE_CALL = "contact_kind.phone"


class Contact(DatedFact):
    """A conversation or message, on `happened_on` (`at` o'clock), of so many `minutes`.

    With `person`, of the family, or with whoever `with_whom` names, or both. `first_phone` and
    `welcome_planned`: the clock was set by it (cases.clock), so its day follows this one.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="contacts")
    kind = code_field("contact_kind", "soort contact")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name="met"
    )
    with_whom = models.CharField("met wie", max_length=200, blank=True)
    at = models.TimeField("tijd", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("duur in minuten", null=True, blank=True)
    note = models.TextField("verslag", max_length=20_000)
    first_phone = models.BooleanField("eerste telefonische contact", default=False)
    welcome_planned = models.BooleanField("welkomstgesprek ingepland", default=False)

    privacy = declare_fact(
        personal="kind happened_on at minutes first_phone welcome_planned",
        free_text="with_whom note",
        neutral="registration person",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        indexes = [
            models.Index(
                "registration_id",
                F("happened_on").desc(),
                name="contact_latest_first",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            from_list("kind", "contact_kind"),
            models.CheckConstraint(
                name="contact_is_with_someone",
                condition=Q(person__isnull=False) | ~Q(with_whom=""),
                violation_error_message="Met wie was het contact? Kies iemand of vul een naam in.",
            ),
            models.CheckConstraint(name="contact_says_what_was_said", condition=~Q(note="")),
            models.CheckConstraint(
                name="contact_first_phone_is_a_call",
                condition=Q(first_phone=False) | Q(kind=PHONE_CALL),
                violation_error_message="Alleen een telefoongesprek is een telefonisch contact.",
            ),
            models.CheckConstraint(
                name="contact_lasts_a_day_at_most",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=LONGEST_CONTACT),
            ),
        ]

    def __str__(self) -> str:
        return f"contact bij {self.registration_id} op {self.happened_on}"


class TaskQuerySet(models.QuerySet):
    def to_do(self) -> "TaskQuerySet":
        return self.filter(done_at__isnull=True)


class Task(models.Model):
    """Something to do for a registration, by a day. It follows whoever supports the registration,
    unless it was given to someone (`owner`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="tasks")
    title = models.CharField("taak", max_length=200)
    due_on = models.DateField("uiterlijk")
    remind_on = models.DateField("herinneren op", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name="voor",
    )  # fmt: skip
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField("gedaan op", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE,
        free_text="title",
        neutral="id registration due_on remind_on owner created_at created_by done_at done_by",
    )

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        triggers = [leaves_history()]
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(
                "registration_id", "due_on", name="task_to_do", condition=Q(done_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="task_says_what_to_do", condition=~Q(title="")),
            models.CheckConstraint(
                name="task_reminds_before_it_is_due",
                condition=Q(remind_on__isnull=True) | Q(remind_on__lte=F("due_on")),
            ),
            models.CheckConstraint(
                name="task_done_by_someone",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"taak bij {self.registration_id} voor {self.due_on}"
