"""Placement out of home, and the institutions that are involved with a family."""

from django.db import models

from facts.models import LastingFact
from facts.privacy import declare_fact

from .codes import code_field, from_list
from .family import Family, Person


class Placement(LastingFact):
    """A spell (uithuisplaatsing) during which a child lived elsewhere.

    `measure`: with (True) or without (False) a child protection measure; null: not in view.
    Two spells of one child may overlap: the workbook has such rows, and they are no fault there
    (a placement goes on while a child is elsewhere for a while). The figures count the child once,
    and where it lives by the open spell that began last (rule 5).
    """

    child = models.ForeignKey(Person, models.PROTECT, related_name="placements")
    measure = models.BooleanField("jeugdbeschermingsmaatregel", null=True, blank=True)
    residence = code_field("residence", "verblijfplaats", null=True, blank=True)

    privacy = declare_fact(personal="measure residence happened_on ended_on", neutral="child")

    class Meta(LastingFact.Meta):
        verbose_name = "uithuisplaatsing"
        verbose_name_plural = "uithuisplaatsingen"
        constraints = [*LastingFact.Meta.constraints, from_list("residence", "residence")]

    def __str__(self) -> str:
        return f"{self.child_id} uit huis vanaf {self.happened_on}"


class InstitutionInvolvement(LastingFact):
    """A certified institution (GI) of a youth region, involved with a family."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="involvements")
    institution = code_field("certified_institution", "gecertificeerde instelling")
    region = code_field("youth_region", "jeugdzorgregio")

    privacy = declare_fact(personal="institution region happened_on ended_on", neutral="family")

    class Meta(LastingFact.Meta):
        verbose_name = "betrokken instelling"
        verbose_name_plural = "betrokken instellingen"
        constraints = [
            *LastingFact.Meta.constraints,
            from_list("institution", "certified_institution"),
            from_list("region", "youth_region"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} bij {self.family_id} vanaf {self.happened_on}"
