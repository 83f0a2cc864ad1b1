"""Custody over the children that count, by parent and by family (rule 6)."""

from django.db.models import Count, F, Q, QuerySet

from cases.models import Custody
from facts.dates import Dates

from .children import children_counted
from .joins import Subquery, among


def _answers(dates: Dates) -> QuerySet:
    """The rows about children of rule 5, with the family of the child."""
    kids = Subquery(
        children_counted(dates).values("family_id", child_id=F("person_id")), name="kids"
    )
    rows = among(Custody.objects.counted(dates), "child_id", kids)
    return rows.annotate(family_id=kids.col.family_id)


def custody_by_parent(dates: Dates) -> Subquery:
    """Of each person with a row: over how many children it is known, and over how many held."""
    rows = (
        _answers(dates)
        .values(person_id=F("parent_id"))
        .annotate(known=Count("pk"), held=Count("pk", filter=Q(holds=True)))
    )
    return Subquery(rows, name="custody_by_parent")


def custody_by_family(dates: Dates) -> Subquery:
    """Of each family with a row: how many persons hold custody over at least one child."""
    rows = (
        _answers(dates)
        .values("family_id")
        .annotate(holders=Count("parent_id", distinct=True, filter=Q(holds=True)))
    )
    return Subquery(rows, name="custody_by_family")
