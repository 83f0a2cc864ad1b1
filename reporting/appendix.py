"""What stands after the figures of an edition: activities and publications of the year so far, and
how much work there is and who waits. As known when the figures were drawn."""

from collections.abc import Iterator
from itertools import groupby

from facts.dates import Dates
from facts.words import short_day
from reporting.documents import Listing
from reporting.figures.units import ACTIVITIES
from reporting.models import Activity
from reporting.presenting import words
from reporting.workload import hidden_in, said, workload

STATUSES = "registrations.status."


def appendix(dates: Dates, hidden: frozenset[str]) -> tuple[Listing, ...]:
    """As the public may see it, who doesn't see the figures that are `hidden`. Four queries."""
    return (*_activities(dates), _workload(dates, hidden))


def _activities(dates: Dates) -> Iterator[Listing]:
    """One table a section, in the order of the list."""
    found = ACTIVITIES.read(dates).select_related("section")
    in_order = found.order_by("section__position", "section", "happened_on", "title")
    for section, ones in groupby(in_order, lambda one: one.section):
        yield Listing(
            title=f"Overzicht {dates.reference_date.year}, {section.label.lower()}",
            about=f"Tot en met {words.long_day(dates.reference_date)}.",
            columns=("Titel", "Vorm", "Organisator", "Doelgroep", "Datum"),
            widths=(5, 2, 3, 3, 2),
            rows=tuple(map(_activity, ones)),
        )


def _activity(one: Activity) -> tuple[str, ...]:
    when = one.date_in_words or short_day(one.happened_on)
    return one.title, one.form, one.organiser, one.audience, when


def _workload(dates: Dates, hidden: frozenset[str]) -> Listing:
    lines = workload(dates)
    small = hidden_in(lines, any(key.startswith(STATUSES) for key in hidden))
    return Listing(
        title="Werkdruk en wachttijden",
        about=f"Op {words.long_day(dates.reference_date)}.",
        columns=("Cijfer", "Waarde", "Eenheid", "Hoe geteld"),
        widths=(4, 2, 3, 7),
        rows=tuple(
            (line.label, words.HIDDEN if line.key in small else said(line), line.unit, line.meaning)
            for line in lines
        ),
    )
