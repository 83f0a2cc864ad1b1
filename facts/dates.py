"""The three dates that rule every count."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def start_of_day(day: date) -> datetime:
    """The first instant of `day` on the Dutch clock: what was recorded that day is known then."""
    return datetime.combine(day, time.min, AMSTERDAM)


def end_of_day(day: date) -> datetime:
    """The last instant of `day` on the Dutch clock."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


@dataclass(frozen=True)
class Dates:
    """What a report asks for.

    `period_start`: first day of the period that flows are counted in.
    `reference_date` (peildatum): the state at the end of this day counts.
    `known_on`: what was written down by this instant, and not withdrawn by then, is all we know.

    Raises ValueError, in Dutch, when they don't follow each other.
    """

    period_start: date
    reference_date: date
    known_on: datetime

    def __post_init__(self) -> None:
        if self.known_on.tzinfo is None:
            raise ValueError("'Bekend op' heeft een tijdzone nodig.")
        if self.period_start > self.reference_date:
            raise ValueError(
                f"De periode begint ({self.period_start}) na de peildatum ({self.reference_date})."
            )
        if self.known_on.astimezone(AMSTERDAM).date() < self.reference_date:
            raise ValueError(
                f"'Bekend op' ({self.known_on:%Y-%m-%d}) ligt voor de peildatum "
                f"({self.reference_date}): de cijfers van een dag zijn pas daarna bekend."
            )

    @classmethod
    def by_day(cls, period_start: date, reference_date: date, known_on: date) -> "Dates":
        """As above, with the whole of the day `known_on` known."""
        return cls(period_start, reference_date, end_of_day(known_on))


def age_on(day: date, birth_date: date) -> int:
    """Whole years. Who was born on 29 February has a birthday on 1 March in other years."""
    had_it = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_it)
