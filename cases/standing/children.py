"""Children of the families that ever started, where they live, and under what measure."""

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from cases.models import FamilyMember, Placement, Result, Role
from cases.models.support import RETURNED_HOME
from facts.dates import Dates

from .joins import Subquery, beside, within
from .registrations import started_families


def children_counted(dates: Dates) -> QuerySet:
    """Rule 5: the children in families that ever started, not born after the reference date."""
    kids = FamilyMember.objects.counted(dates).filter(
        Q(birth_date__isnull=True) | Q(birth_date__lte=dates.reference_date), role=Role.CHILD
    )
    return within(kids, "family_id", started_families(dates))


def _spells(dates: Dates) -> Subquery:
    """Of each child that was ever placed: how many spells with and without a measure."""
    spells = (
        Placement.objects.counted(dates)
        .values(person_id=F("child_id"))
        .annotate(
            with_measure=Count("pk", filter=Q(measure=True)),
            without_measure=Count("pk", filter=Q(measure=False)),
        )
    )
    return Subquery(spells, name="spells")


def _open_spell(dates: Dates) -> Subquery:
    """Of each child that is placed now: the open spell that began last. Of two that began on one
    day the one with a known residence goes first, then the order of the list."""
    spells = (
        Placement.objects.counted(dates)
        .open_on(dates.reference_date)
        .order_by("child_id", "-happened_on", F("residence__position").asc(nulls_last=True))
        .distinct("child_id")
    )
    return Subquery(spells.values("residence_id", person_id=F("child_id")), name="open_spell")


def _returned(dates: Dates) -> Subquery:
    results = Result.objects.counted(dates).filter(result_id=RETURNED_HOME)
    return Subquery(results.values(person_id=F("child_id")).distinct(), name="returned")


def _measure() -> Case:
    """Over all spells so far; spells of which it is not known are left out."""
    yes, no = Q(with_measure__gt=0), Q(without_measure__gt=0)
    return Case(
        When(yes & no, then=Value("both")),
        When(yes, then=Value("with_measure")),
        When(no, then=Value("without_measure")),
        output_field=CharField(null=True),
    )


def children(dates: Dates) -> QuerySet:
    """Every child that counts. Columns: `person_id`, `family_id`, `placed_ever`, `placed_now`,
    `measure` (None: not in view), `residence`, `returned_home`."""
    spells, open_spell, returned = _spells(dates), _open_spell(dates), _returned(dates)
    rows = beside(children_counted(dates), "person_id", spells, open_spell, returned)

    return rows.annotate(
        with_measure=Coalesce(spells.col.with_measure, 0),
        without_measure=Coalesce(spells.col.without_measure, 0),
        placed_ever=IsNull(spells.col.person_id, False),
        placed_now=IsNull(open_spell.col.person_id, False),
        returned_home=IsNull(returned.col.person_id, False),
        residence=open_spell.col.residence_id,
    ).annotate(measure=_measure())
