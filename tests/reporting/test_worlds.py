"""Every figure, over small random worlds: ours, through workbook and database, against by hand."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracle.worlds import worlds
from tests.reporting.worlds import differences, imported


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_every_figure_equals_a_count_by_hand(world, tmp_path):
    book, dates = world
    with imported(book, tmp_path):
        assert differences(book, dates) == {}
