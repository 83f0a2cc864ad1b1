"""Any two files of an invented world, merged and undone: what was known stays known, what is known
now counts one, and afterwards everything reads as it did."""

import re
from datetime import date
from random import Random

import pytest
from django.urls import reverse

from accounts.models import User
from cases.generating.generate import generate_families
from cases.merging.pairing import Pairing
from cases.models import Family, FamilyMember, Intake
from cases.services.merging import merge, preview, undo_merge
from cases.timeline.events import KINDS, events_of
from facts.dates import Dates
from facts.recording import instant_of_a_draw
from reporting.figures import REPORT
from reporting.figures.engine import count
from tests.cases.merging import rows_besides, standing_facts
from tests.cases.office import browser_of, colleague

pytestmark = pytest.mark.django_db
PERIOD = date(2024, 5, 1), date(2024, 7, 31)
IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|value=\"[^\"]{40,}\"")
OF_A_MERGE = {"voegde samen", "draaide terug"}


@pytest.fixture
def manager() -> User:
    """Of everybody in the world, so that any two files are hers to merge."""
    generate_families(registrations=60, seed=7)
    tess = colleague("tess", "teammanager")
    User.objects.exclude(pk=tess.pk).update(team=tess.team)
    return tess


@pytest.mark.parametrize("seed", range(6))
def test_merged_and_undone(manager, seed):
    pairing = two_files(Random(seed), manager)
    before, facts, rows = figures(), standing_facts(), rows_besides()
    known_before = instant_of_a_draw()
    files = as_read(manager, pairing)

    act = merge(pairing=pairing, reason="Bleken er één", by=manager)
    known_merged, merged = instant_of_a_draw(), figures()
    assert figures(known_before) == before
    fewer = before["registrations.total"] - merged["registrations.total"]
    assert fewer == len(pairing.registrations)
    assert not Intake.objects.standing().filter(family=pairing.gone).exists()

    undo_merge(merge=act, by=manager)
    assert figures() == figures(known_before) == before
    assert figures(known_merged) == merged
    assert standing_facts() == facts
    assert rows_besides() == rows
    assert as_read(manager, pairing) == files


def figures(known_on=None) -> dict:
    return count(REPORT, Dates(*PERIOD, known_on or instant_of_a_draw()))


def two_files(chance: Random, manager: User) -> Pairing:
    """Two families, with some of their people and registrations the same, as may be."""
    families = list(Family.objects.order_by("number"))
    while True:
        kept, gone = chance.sample(families, 2)
        people = some_pairs(chance, members(gone), members(kept))
        registrations = some_pairs(chance, intakes(gone), intakes(kept))
        pairing = Pairing(kept, gone, people, registrations)
        _, stops = preview(pairing=pairing, by=manager)
        if not stops and (people or registrations):
            return pairing


def some_pairs(chance: Random, gone: list[tuple], kept: list[tuple]) -> dict:
    """Of what goes, each with something of the same kind, or alone."""
    pairs = {}
    for which, kind in gone:
        alike = [other for other, its_kind in kept if its_kind == kind]
        if alike and chance.random() < 0.6:
            pairs[which] = chance.choice(alike)
    return pairs


def members(family: Family) -> list[tuple]:
    rows = FamilyMember.objects.standing().filter(family=family).order_by("person__number")
    return list(rows.values_list("person_id", "role"))


def intakes(family: Family) -> list[tuple]:
    rows = Intake.objects.standing().filter(family=family).order_by("registration__number")
    return [(which, "") for which in rows.values_list("registration_id", flat=True)]


def as_read(user: User, pairing: Pairing) -> list:
    """Both files and their histories, without the ids: of the timeline what isn't the merge."""
    browser, read = browser_of(user), []
    for family in (pairing.kept, pairing.gone):
        page = browser.get(reverse("file", args=[family.pk])).content.decode()
        lines = sorted(line.strip() for line in IDS.sub("", page).splitlines())
        own = Intake.objects.standing().filter(family=family)
        events = events_of(family, own.values_list("registration_id", flat=True), KINDS)
        told = sorted(str(event) for event in events if event.did not in OF_A_MERGE)
        read.append((lines, told))
    return read
