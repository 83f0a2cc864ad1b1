"""A section as it is read, on the page and in the PDF alike: sentences, and tables with bars."""

from collections.abc import Iterable, Mapping
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
    stand together."""
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
    """Whom the letters reached, of each group; and who of them answered, where that is told."""
    by_key = [(one, {line.figure.key: line for line in one.all_lines}) for one in section.groups]
    if by_key:
        rows = tuple(_reached(one, lines) for one, lines in by_key)
        yield Table("Bereikt per groep", "Groep", "Uitgenodigd", rows, "Niet bereikt")
    answered = tuple(_answered(one, lines) for one, lines in by_key if one.answers is not None)
    if answered:
        yield Table("Respons per groep", "Groep", "Ingevuld", answered, "Van wie bereikt")


def _reached(one: GroupLines, lines: Mapping[str, Line]) -> Bar:
    reached, invited = lines["reached"], lines["invited"]
    missed = (lines[key] for key in ("bounced", "refused", "not_sent"))
    note = ", ".join(f"{line.number} {line.figure.label.lower()}" for line in missed)
    return Bar(one.name, invited.number, reached.number, str(reached.value), note)


def _answered(one: GroupLines, lines: Mapping[str, Line]) -> Bar:
    line = lines["response"]
    note = f"{line.share.of} van de {line.share.base} die zijn bereikt" if line.share else ""
    return Bar(one.name, str(one.answers), line.number, str(line.value), note)


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
