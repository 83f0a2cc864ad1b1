"""All figures of a report come from one snapshot, in a constant number of statements (T90)."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, connections
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from cases.models import Family
from facts.dates import Dates
from reporting.figures import REPORT, count
from reporting.services.drawing import draw, one_snapshot
from tests.cast import a_registration

DATES = Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2030, 1, 1))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_recorded_during_a_draw_does_not_show_in_half_of_it():
    """Between every two statements someone registers and commits; no figure may see it."""
    a_registration()

    def someone_registers(step: int, steps: int, label: str) -> None:
        if step == 0:
            return  # before the first statement there is no snapshot yet
        drawing = connections["default"]
        del connections["default"]  # a connection of their own, as another process has
        try:
            a_registration()
        finally:
            connections["default"].close()
            connections["default"] = drawing

    figures = draw(DATES, progress=someone_registers)

    assert figures["registrations.total"] == 1
    assert figures["registrations.status.not_started"] == 1
    assert figures["registrations.by_month.2024-05"] == 1
    assert draw(DATES)["registrations.total"] > 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_draw_cannot_write():
    with pytest.raises((InternalError, ProgrammingError), match="read-only"), one_snapshot():
        Family.objects.create(number="G9")


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_registrations():
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            count(REPORT, DATES)
        return len(captured)

    a_registration()
    with_one = statements()
    for _ in range(5):
        a_registration()
    assert statements() == with_one == 7
