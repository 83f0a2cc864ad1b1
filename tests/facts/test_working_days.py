"""Terms in working days, over weekends and Dutch holidays."""

from datetime import date

import pytest

from facts.working_days import after_working_days, easter_sunday, holidays, is_working_day


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2024, 11, 4), date(2024, 11, 11)),  # a Monday: five days, over a weekend
        (date(2024, 11, 9), date(2024, 11, 15)),  # a Saturday
        (date(2024, 12, 20), date(2024, 12, 31)),  # over Christmas
        (date(2025, 4, 16), date(2025, 4, 25)),  # over Good Friday and Easter
        (date(2025, 5, 2), date(2025, 5, 12)),  # over 5 May
        (date(2025, 12, 29), date(2026, 1, 6)),  # into another year
    ],
)
def test_five_working_days(opened, due):
    assert after_working_days(opened, 5) == due


def test_the_kings_day_moves_off_a_sunday():
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert not is_working_day(date(2026, 4, 27))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter(year, day):
    assert easter_sunday(year) == day
