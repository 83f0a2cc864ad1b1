"""Working days in the Netherlands: Monday to Friday, without the generally recognised holidays.

These are the days of article 3 of the Algemene termijnenwet, Good Friday and 5 May among them.
"""

from datetime import date, timedelta
from functools import cache

A_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def after_working_days(day: date, many: int) -> date:
    """The last day of a term of `many` working days that begins on the day after `day`."""
    while many > 0:
        day += A_DAY
        many -= is_working_day(day)
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    moving = (-2, 0, 1, 39, 49, 50)  # Good Friday, Easter, Ascension, Whitsun
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset({*fixed, _kings_day(year), *(easter + n * A_DAY for n in moving)})


def _kings_day(year: int) -> date:
    """27 April; the day before when that is a Sunday."""
    birthday = date(year, 4, 27)
    return birthday - A_DAY if birthday.weekday() == SUNDAY else birthday


def easter_sunday(year: int) -> date:
    """By the rule of the Gregorian calendar (Butcher's form of it)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
