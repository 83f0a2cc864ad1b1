"""What every form of a report is made of: one source, so that each says the same."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from facts.dates import AMSTERDAM, Dates, end_of_day
from reporting.documents.rows import FigureRow, rows_of
from reporting.figures import Number
from reporting.presenting import Page, present, words

TITLE = "Kwartaalcijfers"
INTRODUCTION = "inleiding"
# What an edition tells after its figures; the other texts stand at the chapter of that name.
AFTERWARDS = {"samenwerken": "Samenwerken", "inspireren": "Inspireren", "borgen": "Borgen"}
QUOTED = "Cijfers uit enquêtes"

HIDDEN = (
    "Waar ‘verborgen’ staat, is het getal zo klein dat het te herleiden kan zijn tot mensen, of is "
    "een klein getal er anders uit te rekenen."
)


@dataclass(frozen=True)
class Listing:
    """A table of the appendix, as text. `widths`: of its columns, beside each other."""

    title: str
    about: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row with the name of the column beside each cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Source:
    """`known_on`: as it was asked, a day or an instant (None: a whole day as its day). `hidden`:
    keys whose number isn't shown. `texts`: chapter (or `INTRODUCTION`) -> paragraphs.
    `quoted`: the numbers of surveys in these texts; what each means is a sentence on its source.
    `appendix`: the tables after all else.
    `number` and `correction`: which edition of its period, and what it corrects. `described`: as
    open data, each figure explained."""

    figures: dict[str, Number]
    dates: Dates
    known_on: date | datetime | None = None
    hidden: frozenset[str] = frozenset()
    title: str = TITLE
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    quoted: tuple[FigureRow, ...] = ()
    number: int = 1
    correction: str = ""
    described: bool = False
    appendix: tuple[Listing, ...] = ()

    @cached_property
    def page(self) -> Page:
        return present(self.figures, self.dates, hidden=self.hidden)

    @cached_property
    def rows(self) -> list[FigureRow]:
        return rows_of(self.figures, self.dates, self.hidden)

    @property
    def introduction(self) -> tuple[str, ...]:
        """What a document begins with: the correction, the words of the editor, what is hidden."""
        corrected = f"Editie {self.number}. Hersteld: {self.correction}" if self.correction else ""
        said = (corrected, *self.texts.get(INTRODUCTION, ()), self.about_hidden)
        return tuple(line for line in said if line)

    @property
    def about_hidden(self) -> str:
        """What 'verborgen' means, where it stands; else ''."""
        in_appendix = any(words.HIDDEN in row for one in self.appendix for row in one.rows)
        return HIDDEN if self.hidden or in_appendix else ""

    @property
    def afterwards(self) -> list[tuple[str, tuple[str, ...]]]:
        """(title, paragraphs) of what is told after the figures."""
        told = [
            (title, self.texts[part]) for part, title in AFTERWARDS.items() if self.texts.get(part)
        ]
        sources = tuple(one.meaning for one in self.quoted)
        return [*told, (QUOTED, sources)] if sources else told

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
