"""A section as it is read, on the page and in the PDF alike: sentences, and tables with bars."""

from collections.abc import Iterable
from dataclasses import dataclass

from .figures import Unit
from .structure import GroupLines, Line, Section, SurveyReport

PREVIOUS = "Vorige ronde"


@dataclass(frozen=True)
class Bar:
    label: str
    number: str
    share: str
    width: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """`extra`: what the notes of its bars are called; '' where there are none."""

    title: str
    head: str
    unit: str
    rows: tuple[Bar, ...]
    extra: str = ""

    @property
    def heading(self) -> str:
        return f"{self.head}, met de {self.extra.lower()}" if self.extra else self.head

    @property
    def before_note(self) -> str:
        """What a note says by itself already, isn't said again."""
        return "vorige ronde " if self.extra == PREVIOUS else ""


@dataclass(frozen=True)
class Shown:
    section: Section
    sentences: tuple[Line, ...]
    tables: tuple[Table, ...]

    @property
    def of_everybody(self) -> tuple[Table, ...]:
        return self.tables[:1] if self.section.bars else ()

    @property
    def of_groups(self) -> tuple[Table, ...]:
        return self.tables[len(self.of_everybody) :]


def tables_of(section: Section) -> Shown:
    """A question with choices has a table of everybody and one a group; of the response the groups
    stand in one table."""
    if not section.bars:
        return Shown(section, (*section.leading, *section.lines), tuple(_response(section)))
    # Of a scale the mean is compared; ten differences of a few people each would say nothing.
    scale = any(one.figure.unit == Unit.MEAN for one in section.leading)
    compared = not scale and any(one.change for one in section.lines)
    rows = _bars(section.lines, compared=compared)
    extra = PREVIOUS if compared else ""
    everybody = Table("Iedereen", "Antwoord", "Mensen", rows, extra)
    groups = (Table(_title(one), "Antwoord", "Mensen", _bars(one.lines)) for one in section.groups)
    return Shown(section, section.leading, (everybody, *groups))


def meanings_of(report: SurveyReport) -> list[Line]:
    """The figures that are explained in words: the rest are shares of who answered."""
    response, *questions = report.sections
    return [
        *response.leading,
        *response.lines,
        *(line for one in questions for line in one.all_lines if line.figure.leads
          and not line.group and line.share),
    ]  # fmt: skip


def _response(section: Section) -> Iterable[Table]:
    rows = []
    for one in section.groups:
        (line,) = (line for line in one.leading if line.figure.unit == Unit.PERCENT)
        note = f"{line.share.of} van de {line.share.base} die zijn bereikt"
        rows.append(Bar(one.name, str(one.answers), line.number, str(line.value), note))
    if rows:
        yield Table("Respons per groep", "Groep", "Ingevuld", tuple(rows), "Van wie bereikt")


def _bars(lines: Iterable[Line], *, compared: bool = False) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            one.figure.label,
            str(one.share.of),
            one.number,
            str(one.value),
            one.change.short if one.change and compared else "",
        )
        for one in lines
        if one.share
    )


def _title(one: GroupLines) -> str:
    summed = "".join(f", {line.figure.label.lower()} {line.number}" for line in one.leading)
    return f"{one.name}: {one.answers} antwoorden{summed}"
