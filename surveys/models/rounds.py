"""A round: who is asked, from when to when; and the coarse groups that it ends up with."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare

SMALLEST_GROUP = 10  # people; nothing is told of fewer (docs/adr/0006-enquetes.md)
RULES = (
    "name", "with_running", "with_closed", "closed_since", "parents", "children", "young_people",
    "months_between",
)  # fmt: skip
_FIXED = (*RULES, "started_at", "started_by_id")
_SAME = f"({', '.join(f'NEW.{name}' for name in _FIXED)})"
_AS_IT_WAS = _SAME.replace("NEW.", "OLD.")


# What its letters came to, once, when these go.
_COUNTED_AT_LAST = """
    TG_OP = 'UPDATE' AND OLD.missed IS NULL
    AND to_jsonb(NEW) - 'missed' = to_jsonb(OLD) - 'missed'
    AND EXISTS (SELECT 1 FROM surveys_round AS one WHERE one.id = OLD.round_id AND state = 'ended')
"""
MOST_MONTHS_BETWEEN = 24  # so long stands who was asked (surveys.services.clearing)


def frozen_with_its_round(*, but: str = "FALSE") -> pgtrigger.Trigger:
    """Nothing is added to, moved into, changed in or taken from a round that has started. `but`: in
    SQL, of OLD and NEW, what still may.

    Who starts it is waited for: what was a draft a moment ago, may be one no more.
    """
    return pgtrigger.Trigger(
        name="frozen_with_its_round",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF NOT ({but}) THEN
                PERFORM 1 FROM surveys_round WHERE id IN (OLD.round_id, NEW.round_id) FOR SHARE;
                IF EXISTS (
                    SELECT 1 FROM surveys_round AS one
                    WHERE one.id IN (OLD.round_id, NEW.round_id) AND one.state <> 'draft'
                ) THEN
                    RAISE EXCEPTION 'Deze ronde is gestart en verandert niet meer.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'round_is_frozen';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class Round(models.Model):
    """Questions to the people whom the rules choose. Once started, only its end and its reminder
    still move, and only forward: the database refuses the rest.

    `closed_since`: of trajectories that closed, those that did so on or after this day.
    `months_between`: who was asked in another round less than so many months ago, isn't now.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Concept"
        RUNNING = "running", "Loopt"
        ENDED = "ended", "Beëindigd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=100, unique=True)
    state = models.CharField("stand", max_length=7, choices=State, default=State.DRAFT)
    with_running = models.BooleanField("lopende en heropende trajecten", default=True)
    with_closed = models.BooleanField("afgesloten trajecten", default=True)
    closed_since = models.DateField("afgesloten sinds", null=True, blank=True)
    parents = models.BooleanField("ouders", default=True)
    children = models.BooleanField("kinderen van 12 tot 18 jaar", default=True)
    young_people = models.BooleanField("jongeren vanaf 18 jaar", default=True)
    months_between = models.PositiveSmallIntegerField("maanden na een vorige enquête", default=6)
    ends_on = models.DateField("laatste dag", null=True, blank=True)
    started_at = models.DateTimeField("gestart op", null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField("herinnerd op", null=True, blank=True)
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)
    history = HistoricalRecords()

    privacy = declare(
        Retention.PUBLICATION,
        neutral="id name state with_running with_closed closed_since parents children young_people "
        "months_between ends_on started_at started_by reminded_at ended_at",
    )

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = [F("started_at").desc(nulls_first=True), "name"]
        permissions = [
            ("manage_rounds", "Maakt, start en beëindigt enquêtes"),
            ("review_remarks", "Leest vrije tekst van enquêtes als eerste na"),
            ("read_survey_report", "Leest het rapport van een enquête"),
        ]
        triggers = [
            leaves_history(),
            pgtrigger.Trigger(
                name="started_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.state = 'draft' THEN RETURN OLD; END IF;
                    ELSIF OLD.state = 'draft' OR (
                        {_SAME} IS NOT DISTINCT FROM {_AS_IT_WAS}
                        AND (OLD.state, NEW.state) IN (('running', 'running'), ('running', 'ended'))
                        AND NEW.ends_on >= OLD.ends_on
                        AND (OLD.reminded_at IS NULL OR NEW.reminded_at = OLD.reminded_at)
                    ) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'Deze ronde is gestart en verandert niet meer.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'round_is_frozen';
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="round_asks_someone",
                condition=(Q(with_running=True) | Q(with_closed=True))
                & (Q(parents=True) | Q(children=True) | Q(young_people=True)),
                violation_error_message="Kies minstens één soort traject en minstens één groep "
                "mensen.",
            ),
            models.CheckConstraint(
                name="round_months_between_are_remembered",
                condition=~Q(state="draft") | Q(months_between__lte=MOST_MONTHS_BETWEEN),
                violation_error_message=f"Hoogstens {MOST_MONTHS_BETWEEN} maanden: langer bewaren "
                "we niet wie is gevraagd.",
            ),
            models.CheckConstraint(
                name="round_state_is_whole",
                condition=Q(state="draft", started_at__isnull=True, reminded_at__isnull=True)
                | Q(state="running", started_at__isnull=False, ends_on__isnull=False)
                & Q(ended_at__isnull=True)
                | Q(state="ended", started_at__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class Group(models.Model):
    """How finely answers may be told apart, fixed at the start. Never of fewer than ten people.

    `missed`: how many letters ended in which state without arriving; None while the letters are
    there to be counted, which is until they are deleted (surveys.services.clearing).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    key = models.CharField("sleutel", max_length=50)
    label = models.CharField("naam", max_length=100)
    invited = models.PositiveIntegerField("uitgenodigd")
    missed = models.JSONField("niet bereikt", null=True, blank=True)

    privacy = declare(Retention.PUBLICATION, neutral="id round key label invited missed")

    class Meta:
        verbose_name = "grove groep"
        verbose_name_plural = "grove groepen"
        ordering = ["key"]
        triggers = [frozen_with_its_round(but=_COUNTED_AT_LAST)]
        constraints = [
            models.UniqueConstraint(name="group_once_a_round", fields=["round", "key"]),
            models.CheckConstraint(
                name="group_is_never_small", condition=Q(invited__gte=SMALLEST_GROUP)
            ),
        ]

    def __str__(self) -> str:
        return self.label
