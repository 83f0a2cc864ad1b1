"""What is asked of others and agreed on paper: formal requests, consents, transfers, documents."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from facts.dates import age_on
from facts.models import DatedFact, LastingFact
from facts.privacy import declare_fact

from .codes import code_field, from_list
from .family import FamilyMember, Person, Role
from .registration import Registration

CONTACT = "consent_kind.contact"  # may the team seek contact; 'no' is a contact block


class FormalRequest(DatedFact):
    """A request to an institution, a court or the Legal Aid Board, made on `happened_on`.

    `due_on`: the day by which they have to answer. A review (herziening) is possible only while a
    supervision order runs: no rule here, because that order isn't held. The workbook and the
    figures know of a measure only whether there was one, and only of a placement.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="formal_requests")
    kind = code_field("formal_request", "verzoek")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="formal_requests",
        verbose_name="voor",
    )  # fmt: skip
    addressed_to = models.CharField("gericht aan", max_length=200)
    due_on = models.DateField("antwoord uiterlijk", null=True, blank=True)
    answered_on = models.DateField("beantwoord op", null=True, blank=True)
    outcome = models.TextField("uitkomst", max_length=5_000, blank=True)

    privacy = declare_fact(
        personal="kind happened_on due_on answered_on",
        free_text="addressed_to outcome",
        neutral="registration person",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "formeel verzoek"
        verbose_name_plural = "formele verzoeken"
        constraints = [
            *DatedFact.Meta.constraints,
            from_list("kind", "formal_request"),
            models.CheckConstraint(
                name="formalrequest_is_addressed", condition=~Q(addressed_to="")
            ),
            models.CheckConstraint(
                name="formalrequest_dates_follow_each_other",
                condition=(Q(due_on__isnull=True) | Q(due_on__gte=F("happened_on")))
                & (Q(answered_on__isnull=True) | Q(answered_on__gte=F("happened_on"))),
                violation_error_message="Een antwoord of termijn ligt niet voor het verzoek.",
            ),
            models.CheckConstraint(
                name="formalrequest_outcome_of_an_answer",
                condition=Q(outcome="") | Q(answered_on__isnull=False),
                violation_error_message="Vul in wanneer het antwoord kwam.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} bij {self.registration_id}"


def why_no_parent_may_answer(role: str, born: date | None, day: date) -> str:
    """From an age on (settings.CONSENT_FROM_AGE) a child says so itself. Empty: a parent may."""
    if role != Role.CHILD:
        return "Een volwassene geeft zelf toestemming. Kies 'Zelf'."
    own = settings.CONSENT_FROM_AGE
    if born is None:
        return (
            f"Van dit kind is geen geboortedatum in beeld. Vul die eerst in: vanaf {own} jaar "
            "geeft een kind zelf toestemming."
        )
    age = age_on(day, born)
    if age >= own:
        return (
            f"Dit kind is op die dag {age} jaar. Vanaf {own} jaar geeft een kind zelf "
            "toestemming. Vraag het aan het kind en kies 'Zelf'."
        )
    return ""


def _no_parent_for_who_answers_itself() -> str:
    """PL/pgSQL: as `why_no_parent_may_answer`. Another age is another migration."""
    return f"""
        IF NEW.given_by = 'parent' AND NEW.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM cases_familymember
            WHERE person_id = NEW.person_id AND withdrawn_at IS NULL AND role = 'child'
            AND NEW.happened_on < birth_date + interval '{int(settings.CONSENT_FROM_AGE)} years'
        ) THEN
            RAISE EXCEPTION 'Deze persoon geeft zelf toestemming.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_by_who_it_is_about';
        END IF;
        RETURN NULL;
    """


class Consent(LastingFact):
    """What a person agrees to, or refuses, from `happened_on`. From twelve a child says so itself.

    Ended: taken back.
    """

    class GivenBy(models.TextChoices):
        SELF = "self", "Zelf"
        PARENT = "parent", "Een ouder met gezag"

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    kind = code_field("consent_kind", "toestemming voor")
    given = models.BooleanField("geeft toestemming")
    given_by = models.CharField("gegeven door", max_length=6, choices=GivenBy)
    about = models.CharField("aan of over wie", max_length=200, blank=True)

    privacy = declare_fact(
        personal="kind given given_by happened_on ended_on",
        free_text="about",
        neutral="registration person",
    )

    class Meta(LastingFact.Meta):
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            *LastingFact.Meta.constraints,
            from_list("kind", "consent_kind"),
            models.CheckConstraint(
                name="consent_giver_is_known", condition=Q(given_by__in=["self", "parent"])
            ),
            models.UniqueConstraint(
                name="consent_one_open_answer_a_subject",
                fields=["person", "kind", "about"],
                condition=Q(withdrawn_at__isnull=True, ended_on__isnull=True),
                violation_error_message="Hierover staat al een antwoord. Beëindig dat eerst.",
            ),
        ]
        triggers = [
            *LastingFact.Meta.triggers,
            pgtrigger.Trigger(
                name="consent_by_who_it_is_about",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_no_parent_for_who_answers_itself(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} van {self.person_id}"

    def clean(self) -> None:
        super().clean()
        if self.given_by != self.GivenBy.PARENT or not (self.person_id and self.happened_on):
            return
        member = FamilyMember.objects.standing().filter(person=self.person_id).first()
        role, born = (member.role, member.birth_date) if member else ("", None)
        if refusal := why_no_parent_may_answer(role, born, self.happened_on):
            raise ValidationError({"given_by": refusal})


class Transfer(DatedFact):
    """A family goes on with a municipal support point (steunpunt)."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="transfers")
    municipality = models.CharField("gemeente", max_length=100)
    support_point = models.CharField("steunpunt", max_length=200)
    contact_name = models.CharField("contactpersoon", max_length=200, blank=True)
    agreements = models.TextField("afspraken", max_length=5_000, blank=True)
    accepted_on = models.DateField("aangenomen op", null=True, blank=True)

    privacy = declare_fact(
        personal="municipality support_point happened_on accepted_on",
        free_text="contact_name agreements",
        neutral="registration",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "overdracht aan een steunpunt"
        verbose_name_plural = "overdrachten aan een steunpunt"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="transfer_accepted_after_offered",
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("happened_on")),
            ),
            models.CheckConstraint(
                name="transfer_goes_somewhere", condition=~Q(municipality="") & ~Q(support_point="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} naar {self.municipality}"


class Document(DatedFact):
    """A letter or report in the file, dated `happened_on`. Its bytes stand outside the database
    and the web root, under `stored_as`; they are only opened through the door."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="documents")
    title = models.CharField("titel", max_length=200)
    media_type = models.CharField("soort bestand", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("hash", max_length=64)
    stored_as = models.CharField("bewaard als", max_length=100)

    privacy = declare_fact(
        personal="happened_on",
        free_text="title",
        neutral="registration media_type size sha256 stored_as",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "document"
        verbose_name_plural = "documenten"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="document_is_whole",
                condition=~Q(title="") & Q(size__gt=0) & Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"document bij {self.registration_id}"
