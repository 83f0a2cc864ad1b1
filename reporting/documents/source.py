"""What every form of a report is made of: one source, so that each says the same."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from facts.dates import AMSTERDAM, Dates, end_of_day
from reporting.documents.rows import FigureRow, rows_of
from reporting.figures import Number
from reporting.presenting import Page, present

TITLE = "Kwartaalcijfers"
INTRODUCTION = "inleiding"


@dataclass(frozen=True)
class Source:
    """`known_on`: as it was asked, a day or an instant (None: a whole day as its day). `hidden`:
    keys whose number isn't shown. `texts`: chapter (or `INTRODUCTION`) -> paragraphs."""

    figures: dict[str, Number]
    dates: Dates
    known_on: date | datetime | None = None
    hidden: frozenset[str] = frozenset()
    title: str = TITLE
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def page(self) -> Page:
        return present(self.figures, self.dates, hidden=self.hidden)

    @cached_property
    def rows(self) -> list[FigureRow]:
        return rows_of(self.figures, self.dates, self.hidden)

    @property
    def public(self) -> dict[str, Number]:
        """The figures without what is hidden."""
        return {key: None if key in self.hidden else one for key, one in self.figures.items()}

    @property
    def as_known_on(self) -> date | datetime:
        """A day when the whole of it is meant, and else the instant on the Dutch clock."""
        known_on = self.known_on or self.dates.known_on
        if not isinstance(known_on, datetime):
            return known_on
        local = known_on.astimezone(AMSTERDAM)
        return local.date() if known_on == end_of_day(local.date()) else local
