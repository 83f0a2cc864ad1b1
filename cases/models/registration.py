"""A registration (aanmelding): who registered, how its status moved, who supports it."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.status import FIRST, MOVES, REASONS, Status
from facts.history import leaves_history
from facts.models import DatedFact, Fact, LastingFact
from facts.privacy import Retention, declare, declare_fact

from .codes import code_field, from_list, in_list
from .family import Family, Person


class Registration(models.Model):
    """One person, or two parents together, who registered. Everything known of it is a fact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("aanmeldnummer", max_length=20, unique=True)
    history = HistoricalRecords()

    privacy = declare(Retention.CASE_FILE, neutral="id number")

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        triggers = [leaves_history()]
        ordering = ["number"]
        permissions = [
            ("support_families", "Begeleidt gezinnen"),
            ("manage_team", "Leidt een team"),
            ("read_shared", "Mag een gedeeld dossier lezen"),
            ("write_shared", "Mag in een gedeeld dossier schrijven"),
        ]

    def __str__(self) -> str:
        return self.number


class Intake(DatedFact):
    """The registration itself: of which family, since when (`happened_on`), by what road, and
    when the first contacts were. One stands for each registration."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="intakes")
    family = models.ForeignKey(Family, models.PROTECT, related_name="intakes")
    route = code_field("registration_route", "route", null=True, blank=True)
    referrer = code_field("referrer", "verwijzer", null=True, blank=True)
    phone_contact_on = models.DateField("telefonisch contact op", null=True, blank=True)
    welcome_scheduled_on = models.DateField("welkomstgesprek ingepland op", null=True, blank=True)

    privacy = declare_fact(
        personal="happened_on route referrer phone_contact_on welcome_scheduled_on",
        neutral="registration family",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            *DatedFact.Meta.constraints,
            from_list("route", "registration_route"),
            from_list("referrer", "referrer"),
            models.UniqueConstraint(
                name="intake_one_a_registration",
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} aangemeld op {self.happened_on}"


class Applicant(Fact):
    """Someone who registered: one person, or two together."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="applicants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    position = models.PositiveSmallIntegerField("plaats")

    privacy = declare_fact(neutral="registration person position")

    class Meta(Fact.Meta):
        verbose_name = "aanmelder"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(name="applicant_one_or_two", condition=Q(position__in=[1, 2])),
            models.UniqueConstraint(
                name="applicant_one_a_place",
                fields=["registration", "position"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="applicant_once_a_registration",
                fields=["registration", "person"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} bij {self.registration_id}"


def _status_follows_the_table() -> str:
    """PL/pgSQL: the standing changes of the registration, in order, are all moves of the table."""
    first = ", ".join(str(int(status)) for status in sorted(FIRST))
    pairs = ", ".join(f"({int(move.source)}, {int(move.target)})" for move in MOVES)
    return f"""
        IF EXISTS (
            SELECT 1 FROM (
                SELECT status, lag(status) OVER (ORDER BY happened_on, status) AS before
                FROM (
                    SELECT DISTINCT happened_on, status, reason_id FROM cases_statuschange
                    WHERE registration_id = NEW.registration_id AND withdrawn_at IS NULL
                ) AS distinct_changes
            ) AS moves
            WHERE CASE WHEN before IS NULL THEN status NOT IN ({first})
                       ELSE (before, status) NOT IN ({pairs}) END
        ) THEN
            RAISE EXCEPTION 'Deze status kan niet volgen op de vorige.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'status_follows_the_table';
        END IF;
        RETURN NULL;
    """


class StatusChange(DatedFact):
    """From `happened_on` the registration stands at `status`. See cases.status for the moves."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="status_changes")
    status = models.PositiveSmallIntegerField("status", choices=Status)
    reason = models.ForeignKey(
        "cases.Code", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="reden"
    )

    privacy = declare_fact(personal="status reason happened_on", neutral="registration")

    class Meta(DatedFact.Meta):
        verbose_name = "statuswijziging"
        verbose_name_plural = "statuswijzigingen"
        indexes = [
            # The latest change of each registration that a report may count, without the table.
            models.Index(
                "registration_id",
                models.F("happened_on").desc(),
                models.F("status").desc(),
                include=["reason", "recorded_at", "withdrawn_at"],
                name="statuschange_latest_first",
            ),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="statuschange_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="statuschange_reason_where_asked",
                condition=Q(status__in=list(REASONS), reason__isnull=False)
                | ~Q(status__in=list(REASONS)) & Q(reason__isnull=True),
                violation_error_message="Kies een reden: dat hoort bij deze status.",
            ),
            *(
                models.CheckConstraint(
                    name=f"statuschange_{list_name}_from_its_list",
                    condition=~Q(status=status) | Q(in_list("reason", list_name)),
                )
                for status, list_name in REASONS.items()
            ),
        ]
        triggers = [
            *DatedFact.Meta.triggers,
            pgtrigger.Trigger(
                name="status_follows_the_table",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=_status_follows_the_table(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {Status(self.status).label} per {self.happened_on}"


class Assignment(LastingFact):
    """A process supervisor on a registration. A trajectory may run without one: it waits then."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="assignments")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )

    privacy = declare_fact(neutral="registration supervisor happened_on ended_on")

    class Meta(LastingFact.Meta):
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        constraints = [
            *LastingFact.Meta.constraints,
            models.UniqueConstraint(
                name="assignment_one_open_a_registration",
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True, ended_on__isnull=True),
                violation_error_message="Deze aanmelding heeft al een procesbegeleider.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} bij {self.supervisor_id} vanaf {self.happened_on}"
