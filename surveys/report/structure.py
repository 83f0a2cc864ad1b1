"""What a report is made of: from this alone come its page and its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from facts.dates import AMSTERDAM
from facts.numbers import Number
from facts.words import short_day
from surveys.models import Round

from .changing import Change, Share, said
from .figures import Figure, Unit

TOO_FEW = "Minder dan 10 antwoorden."
WHY_HIDDEN = "Minder dan 10 mensen antwoordden hierop. Daarom staat hier niets."
NOTHING_RELEASED = (
    "Hiervan is nog niets vrijgegeven. De functionaris gegevensbescherming leest eerst wat mensen "
    "schreven."
)


@dataclass(frozen=True)
class Line:
    """A figure of everybody, or of one `group`. No `share`: it rests on fewer than ten answers."""

    figure: Figure
    share: Share | None
    group: str = ""
    change: Change | None = None

    @property
    def value(self) -> Number:
        return self.share.value if self.share else None

    @property
    def number(self) -> str:
        return said(self.figure.unit, self.value)

    @property
    def detail(self) -> str:
        """35 van 42"""
        if self.share is None or self.figure.unit == Unit.COUNT:
            return ""
        if self.figure.unit == Unit.MEAN:
            return f"van {self.share.base} antwoorden"
        return f"{self.share.of} van {self.share.base}"

    @property
    def empty(self) -> str:
        return TOO_FEW if self.share is None else ""


@dataclass(frozen=True)
class GroupLines:
    """What was said in one group: as its section, of these people alone. `answers`: None where
    nothing is told of them."""

    name: str
    answers: int | None
    leading: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return *self.leading, *self.lines


@dataclass(frozen=True)
class Section:
    """The response, or one question. `leading`: what sums it up; `lines`: the rest, as a table.
    `of_all`: how many sent something in. `remarks`: what was released of what people wrote; None
    where nothing is written, or it was erased."""

    slug: str
    title: str
    leading: tuple[Line, ...]
    lines: tuple[Line, ...]
    groups: tuple[GroupLines, ...] = ()
    answers: int | None = None
    of_all: int = 0
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] | None = None

    @property
    def hidden(self) -> bool:
        return self.answers is None

    @property
    def instead(self) -> str:
        """What stands where there is nothing: of the section, or of what people wrote."""
        if self.hidden:
            return WHY_HIDDEN
        return NOTHING_RELEASED if self.remarks == () else ""

    @property
    def answered(self) -> str:
        """How many answered it; '' of the response, which says so itself."""
        if self.leading and not self.leading[0].figure.question:
            return ""
        return f"{self.answers} van de {self.of_all} mensen antwoordden hierop."

    @property
    def bars(self) -> bool:
        """Whether its lines are the answers to a question, to be laid side by side."""
        return any(line.figure.question and line.figure.unit == Unit.PERCENT for line in self.lines)

    @property
    def all_lines(self) -> Iterator[Line]:
        yield from (*self.leading, *self.lines)
        for one in self.groups:
            yield from one.all_lines


@dataclass(frozen=True)
class SurveyReport:
    round: Round
    previous: Round | None
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        return f"Enquête {self.round.name}"

    @property
    def begun(self) -> str:
        return _day(self.round.started_at)

    @property
    def ended(self) -> str:
        return _day(self.round.ended_at)

    @property
    def answers(self) -> int:
        return self.sections[0].answers or 0

    @property
    def leading(self) -> list[Line]:
        return [line for section in self.sections for line in section.leading if line.share]

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it."""
        compared = (
            f"De vorige ronde is {self.previous.name}. Vergeleken wordt wat toen hetzelfde heette."
            if self.previous
            else "Er is geen vorige ronde met minstens 10 antwoorden om mee te vergelijken."
        )
        return (
            f"Dit zeggen de {self.answers} mensen die antwoordden. Wie niet antwoordde, kan er "
            "anders over denken.",
            "Over minder dan 10 antwoorden staat hier niets, ook niet per groep.",
            compared,
        )


def _day(moment: datetime | None) -> str:
    return short_day(moment.astimezone(AMSTERDAM).date()) if moment else ""
