"""A year of activities, so that a generated world has every kind of figure."""

from datetime import timedelta

from facts.bulk import add_all
from facts.recording import recording
from reporting.models import Activity
from tests.bench.figures import DATES

SECTIONS = ("inspire", "safeguard", "publication")


def add_activities(many: int = 24) -> None:
    last = DATES.reference_date
    with recording(by=None) as now:
        add_all(
            (
                Activity(
                    section_id=f"activity_section.{SECTIONS[number % len(SECTIONS)]}",
                    title=f"Activiteit {number}",
                    happened_on=last - timedelta(9 * number),
                    recorded_at=DATES.known_on - timedelta(9 * number),
                )
                for number in range(many)
            ),
            at=now,
        )
