"""What a family asks, gets and reaches; the explanatory analysis; complaints."""

from django.db import models
from django.db.models import F, Q

from facts.models import DatedFact
from facts.privacy import declare_fact

from .codes import code_field, from_list
from .family import Family, Person

RETURNED_HOME = "result.child_returned_home"


class SupportRequest(DatedFact):
    """Something a family asks support with (ondersteuningsvraag)."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="support_requests")
    request = code_field("support_request", "vraag")

    privacy = declare_fact(personal="request happened_on", neutral="family")

    class Meta(DatedFact.Meta):
        verbose_name = "ondersteuningsvraag"
        verbose_name_plural = "ondersteuningsvragen"
        constraints = [*DatedFact.Meta.constraints, from_list("request", "support_request")]

    def __str__(self) -> str:
        return f"{self.family_id} vraagt {self.request_id}"


class Support(DatedFact):
    """A form of support that a family got."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="supports")
    form = code_field("support_form", "vorm")

    privacy = declare_fact(personal="form happened_on", neutral="family")

    class Meta(DatedFact.Meta):
        verbose_name = "ondersteuning"
        verbose_name_plural = "ondersteuning"
        constraints = [*DatedFact.Meta.constraints, from_list("form", "support_form")]

    def __str__(self) -> str:
        return f"{self.family_id} krijgt {self.form_id}"


class Result(DatedFact):
    """Something that a family reached, as the process supervisor observes it."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="results")
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="results")
    result = code_field("result", "resultaat")

    privacy = declare_fact(personal="result happened_on", neutral="family child")

    class Meta(DatedFact.Meta):
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        constraints = [
            *DatedFact.Meta.constraints,
            from_list("result", "result"),
            models.CheckConstraint(
                name="result_a_returned_child_is_named",
                condition=~Q(result=RETURNED_HOME) | Q(child__isnull=False),
                violation_error_message="Noem het kind dat is teruggeplaatst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_id} bereikt {self.result_id}"


class ExplanatoryAnalysis(DatedFact):
    """An explanatory analysis (verklarende analyse): asked for, begun, finished."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="analyses")
    begun_on = models.DateField("gestart op", null=True, blank=True)
    finished_on = models.DateField("afgerond op", null=True, blank=True)

    privacy = declare_fact(personal="happened_on begun_on finished_on", neutral="family")

    class Meta(DatedFact.Meta):
        verbose_name = "verklarende analyse"
        verbose_name_plural = "verklarende analyses"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="explanatoryanalysis_dates_follow_each_other",
                condition=(Q(begun_on__isnull=True) | Q(begun_on__gte=F("happened_on")))
                & (Q(finished_on__isnull=True) | Q(finished_on__gte=F("happened_on")))
                & (
                    Q(begun_on__isnull=True)
                    | Q(finished_on__isnull=True)
                    | Q(finished_on__gte=F("begun_on"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"verklarende analyse bij {self.family_id}"


class Complaint(DatedFact):
    """A complaint, received on `happened_on`."""

    number = models.CharField("klachtnummer", max_length=20)
    family = models.ForeignKey(
        Family, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    handled_on = models.DateField("afgehandeld op", null=True, blank=True)
    subject = models.TextField("onderwerp", blank=True)
    measure_taken = models.TextField("maatregel", blank=True)

    privacy = declare_fact(
        personal="happened_on handled_on",
        free_text="subject measure_taken",
        neutral="number family",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "klacht"
        verbose_name_plural = "klachten"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="complaint_handled_after_received",
                condition=Q(handled_on__isnull=True) | Q(handled_on__gte=F("happened_on")),
            ),
            models.UniqueConstraint(
                name="complaint_one_a_number",
                fields=["number"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number
