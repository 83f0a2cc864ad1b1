"""In an invented world anything may be done later; of each file one thing, kept in a ledger. Every
record of a comparison has the cause that the ledger has for its file, and no other."""

from collections import defaultdict
from datetime import date
from random import Random

import pytest

from accounts.models import User
from cases.generating.generate import generate_families
from cases.merging.pairing import Pairing
from cases.models import Family, FamilyMember, Intake
from cases.services import correct
from cases.services.merging import merge
from reporting.differences import FigureDifference
from reporting.figures import REPORT
from reporting.figures.units import CHILD, FAMILY, PARENT, REGION, REGISTRATION
from reporting.presenting.explain import unit_of
from tests.cases.office import colleague
from tests.reporting.differing import bytes_of, compared, drawn
from tests.reporting.later_changes import WRONG, changed_later

pytestmark = pytest.mark.django_db
SPAN = date(2024, 5, 1), date(2024, 7, 31)
NEXT = date(2024, 8, 1), date(2024, 10, 31)
BY_ITSELF = {"new", "time", "period"}


@pytest.fixture
def tess() -> User:
    generate_families(registrations=60, seed=11)
    tess = colleague("tess", "teammanager")
    User.objects.exclude(pk=tess.pk).update(team=tess.team)
    return tess


@pytest.mark.parametrize("seed", range(5))
def test_each_record_has_the_cause_of_its_file(tess, seed):
    chance = Random(seed)
    families = list(Family.objects.order_by("number"))
    chance.shuffle(families)
    before = drawn(SPAN)
    frozen = bytes_of(before)

    ledger = changed_later(chance, families[6:], SPAN[1])
    ledger |= moved(*families[:2]) | merged(*families[2:4], tess)
    assert len(set(ledger.values())) == 7, "elke soort komt voor"
    assert bytes_of(before) == frozen

    again = compared(before, drawn(SPAN))
    assert len(again) > 20, "er is iets om over te struikelen"
    assert_as_in(ledger, again, set())
    assert_as_in(ledger, compared(before, drawn(NEXT)), BY_ITSELF)


def moved(to: Family, away: Family) -> dict[str, str]:
    intake = Intake.objects.standing().filter(family=away).order_by("pk").first()
    correct(intake, family=to, **WRONG)
    return {str(one.pk): "moved" for one in (to, away)}


def merged(kept: Family, gone: Family, tess: User) -> dict[str, str]:
    merge(pairing=Pairing(kept, gone, {}, {}), reason="Eén gezin", by=tess)
    return {str(one.pk): "merged" for one in (kept, gone)}


def assert_as_in(ledger: dict[str, str], found: list[FigureDifference], besides: set[str]) -> None:
    families = families_by_record()
    everything = set(ledger.values()) | besides
    for one in found:
        unit = unit_of(REPORT, REPORT.find(one.key)[0])
        for cause, part in one.parts.items():
            for record in (*part.gained, *part.lost):
                if unit in (REGISTRATION, FAMILY, CHILD, PARENT):
                    own = {ledger.get(family) for family in families[record]}
                    assert cause in own | besides, (one.key, record, cause, own)
                else:
                    assert cause in (everything if unit is REGION else besides), one


def families_by_record() -> dict[str, set[str]]:
    """Every family in which a record ever stood."""
    found = defaultdict(set)
    for family in Family.objects.values_list("pk", flat=True):
        found[str(family)].add(str(family))
    for model, column in ((Intake, "registration_id"), (FamilyMember, "person_id")):
        for record, family in model.objects.values_list(column, "family_id"):
            found[str(record)].add(str(family))
    return found
