"""What a report lists beside its figures: activities and publications, and the data linkage."""

from django.db import models

from cases.models.codes import code_field, from_list
from facts.models import DatedFact
from facts.privacy import Retention, declare_fact


class Activity(DatedFact):
    """An activity or publication with which the team shares what it learns."""

    section = code_field("activity_section", "onderdeel")
    title = models.CharField("titel", max_length=300)
    form = models.CharField("vorm", max_length=100, blank=True)
    organiser = models.CharField("organisator", max_length=200, blank=True)
    audience = models.CharField("doelgroep", max_length=200, blank=True)
    date_in_words = models.CharField("datum in woorden", max_length=100, blank=True)

    privacy = declare_fact(
        Retention.PUBLICATION,
        free_text="title organiser audience date_in_words",
        neutral="section form happened_on",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [*DatedFact.Meta.constraints, from_list("section", "activity_section")]

    def __str__(self) -> str:
        return self.title


class LinkageBatch(DatedFact):
    """One time that placements were linked to the wronged parents, as counts and letters. The
    lists themselves, with names, never come in here."""

    label = models.CharField("naam", max_length=100)
    parents = models.PositiveIntegerField("ouders")
    children = models.PositiveIntegerField("kinderen")
    letters = models.PositiveIntegerField("brieven", default=0)

    privacy = declare_fact(
        Retention.PUBLICATION, neutral="label parents children letters happened_on"
    )

    class Meta(DatedFact.Meta):
        verbose_name = "datakoppeling"
        verbose_name_plural = "datakoppelingen"

    def __str__(self) -> str:
        return self.label
