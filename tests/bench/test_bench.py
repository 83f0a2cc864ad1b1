"""The bench in small: three ways of counting agree, and the generator keeps its promises."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.generating import generate_families
from cases.models import Registration
from facts.dates import Dates
from reporting.figures import REPORT, broken_rules, count
from tests.bench import duck, naive
from tests.bench.activities import add_activities
from tests.bench.figures import DATES, above_zero

EARLIER = Dates.by_day(date(2023, 1, 1), date(2023, 3, 31), date(2023, 3, 31))
HINDSIGHT = Dates.by_day(date(2023, 1, 1), date(2023, 3, 31), date(2024, 12, 31))

pytestmark = pytest.mark.django_db


def in_a_world_of(registrations: int, seed: int, look: Callable):
    """What `look` sees among generated families, of which nothing is left afterwards."""
    with transaction.atomic():
        generate_families(registrations=registrations, seed=seed)
        seen = look()
        transaction.set_rollback(True)
    return seen


def test_our_way_the_naive_way_and_the_limit_give_the_same_figures():
    generate_families(registrations=300, seed=1)
    add_activities()
    copy = duck.copy_of_the_rows()
    for dates in (DATES, EARLIER, HINDSIGHT):
        ours = count(REPORT, dates)
        assert above_zero(ours) == above_zero(naive.count(REPORT, dates))
        assert above_zero(ours) == above_zero(duck.count(copy, dates))
        assert broken_rules(REPORT, ours) == []
    assert count(REPORT, EARLIER) != count(REPORT, HINDSIGHT), "nothing was recorded late"


def test_one_seed_gives_the_same_rows_and_another_seed_others():
    def look():
        return count(REPORT, DATES), set(Registration.objects.values_list("id", "number"))

    first = in_a_world_of(100, 1, look)
    assert first[0]["registrations.total"] > 90
    assert in_a_world_of(100, 1, look) == first
    figures, ids = in_a_world_of(100, 2, look)
    assert figures != first[0]
    assert ids.isdisjoint(first[1])


def test_the_number_of_queries_does_not_grow_with_the_registrations():
    def look() -> int:
        with CaptureQueriesContext(connection) as captured:
            count(REPORT, DATES)
        return len(captured)

    assert in_a_world_of(30, 1, look) == in_a_world_of(300, 1, look) <= 40


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("A00001", "die niet gegenereerd zijn \\(1\\)"), ("SA0000001", "al gegenereerde .* \\(1\\)")],
)
def test_it_refuses_where_registrations_stand(number, sentence):
    Registration.objects.create(number=number)
    with pytest.raises(CommandError, match=sentence):
        call_command("generate_families", registrations=10, seed=1)
    assert Registration.objects.count() == 1
