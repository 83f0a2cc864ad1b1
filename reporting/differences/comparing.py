"""Two draws side by side: of each figure who came, who went, and by which cause.

From the earlier to the later in steps that change one thing each (docs/verschillen.md). The last
step at which a record turned over is the one that made it so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from facts.dates import Dates
from reporting.figures import Figure, Number, Percentage, Report, Total
from reporting.figures.declarations import Declaration

from . import causes
from .finding import Seen, cause_of_recording, cause_of_time, happened, recorded
from .members import ONE, Members, Weights, members_at
from .reach import Around, Reach
from .sources import is_flow, sources_of
from .versions import as_first_recorded

NOTHING = Decimal(0)
CENT = Decimal("0.01")
STARTED_EVER = "registrations.started_ever"


@dataclass(frozen=True)
class Side:
    """One of the two. `figures`: as they were drawn. `frozen`: who was counted, where that was
    kept. `definition`: of each figure the cause if it is counted otherwise now than then."""

    dates: Dates
    figures: Mapping[str, Number]
    frozen: Mapping[str, list[str]] | None = None
    definition: Mapping[str, causes.Cause] = field(default_factory=dict)


@dataclass
class Part:
    """What one cause does to a figure. `plus` and `minus`: by how much it grew and shrank."""

    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    plus: Decimal = NOTHING
    minus: Decimal = NOTHING


@dataclass
class FigureDifference:
    key: str
    before: Number
    after: Number
    parts: dict[str, Part] = field(default_factory=lambda: defaultdict(Part))

    @property
    def difference(self) -> Decimal:
        return _exact(self.after) - _exact(self.before)

    @property
    def explained(self) -> Decimal:
        return sum((one.plus - one.minus for one in self.parts.values()), NOTHING)

    def add(self, cause: causes.Cause, record: str, grew: Decimal) -> None:
        part = self.parts[cause.key]
        if grew > 0:
            part.gained.append(record)
            part.plus += grew
        else:
            part.lost.append(record)
            part.minus -= grew

    def account_for(self, cause: causes.Cause, amount: Decimal) -> None:
        """What no record of ours stands behind."""
        part = self.parts[cause.key]
        part.plus, part.minus = part.plus + max(amount, NOTHING), part.minus - min(amount, NOTHING)


class Step(Enum):
    THEN = 0  # as it was counted then, to as the same is counted now
    RECORDED = 1
    HAPPENED = 2
    LATER = 3


@dataclass(frozen=True)
class Turned:
    """A record that counts for more or less, and the step that made it so."""

    record: str
    grew: Decimal
    step: Step


def compare(report: Report, earlier: Side, later: Side) -> list[FigureDifference]:
    """Every figure that differs in its number, or in who it counts."""
    return list(_Comparison(report, earlier, later).differences())


class _Comparison:
    def __init__(self, report: Report, earlier: Side, later: Side) -> None:
        self.report, self.earlier, self.later = report, earlier, later
        then, now = earlier.dates, later.dates
        between = Dates(then.period_start, then.reference_date, now.known_on)
        self.points = [members_at(report, one) for one in (then, between, now)]
        self.first = as_first_recorded(report, self.points, then, now)

    def differences(self) -> Iterator[FigureDifference]:
        turned = {key: list(self._turned(key)) for key in self._keys()}
        found = {key: self._found(key) for key in self._keys()}
        by_unit: dict = defaultdict(list)
        for key, records in turned.items():
            figure = self._figure(key)
            if isinstance(figure, Figure) and records:
                by_unit[figure.unit].append((key, figure, records))
        for unit, figures in by_unit.items():
            finder = _Finder(self, unit, figures)
            for key, figure, records in figures:
                for one in records:
                    found[key].add(finder.cause(key, figure, one), one.record, one.grew)
        for difference in found.values():
            self._close(difference)
            if difference.difference or difference.parts:
                yield difference

    def side(self, step: Step) -> Side:
        return self.earlier if step is Step.THEN else self.later

    def _keys(self) -> list[str]:
        return list(dict.fromkeys([*self.earlier.figures, *self.later.figures]))

    def _figure(self, key: str) -> Declaration | None:
        found = self.report.find(key)
        return found[0] if found else None

    def _found(self, key: str) -> FigureDifference:
        return FigureDifference(key, *(_stood(side, key) for side in (self.earlier, self.later)))

    def _turned(self, key: str) -> Iterator[Turned]:
        path = [
            self._frozen(self.earlier, key, self.points[0]),
            *(point.of(key) for point in self.points),
            self._frozen(self.later, key, self.points[-1]),
        ]
        if path[0] == path[-1]:
            return
        for record in sorted(path[0].keys() | path[-1].keys()):
            weights = [point.get(record, NOTHING) for point in path]
            if weights[0] != weights[-1]:
                last = max(n for n in range(4) if weights[n] != weights[n + 1])
                yield Turned(record, weights[-1] - weights[0], Step(last))

    def _frozen(self, side: Side, key: str, counted: Members) -> Weights:
        """Who was counted: as it was kept, or else as it is counted now."""
        now = counted.of(key)
        if side.frozen is None:
            return now
        kept = (self.first.get(one, one) for one in side.frozen.get(key, ()))
        return {one: now.get(one, ONE) for one in kept}

    def _close(self, difference: FigureDifference) -> None:
        """What the records leave over: the rounding of a sum, or a rule that counted otherwise
        and of which no numbers were kept. Then it is always the whole difference."""
        figure = self._figure(difference.key)
        left = difference.difference - difference.explained
        if not left or isinstance(figure, Percentage):
            return
        rounded = isinstance(figure, Total) and abs(left) <= CENT
        difference.account_for(causes.ROUNDING if rounded else causes.RULE, left)


class _Finder:
    """Finds the causes of all records of one unit, with a fixed number of questions."""

    def __init__(self, comparison: _Comparison, unit, figures: list[tuple]) -> None:
        self.all = comparison
        then, now = comparison.earlier.dates, comparison.later.dates
        self.span = then.reference_date, now.reference_date
        records = {one.record for *_, turned in figures for one in turned}
        around = Around(then.known_on, now.known_on, comparison.first)
        self.around = around.reach(unit, records)
        self.sources = {
            (figure.key, row): sources_of(figure, row_came_or_went=row)
            for _, figure, _ in figures
            for row in (True, False)
        }
        sources = {source for several in self.sources.values() for source in several}
        self.reaches = {
            Step.RECORDED: self._reach(Step.RECORDED), Step.HAPPENED: self._reach(Step.HAPPENED)
        }  # fmt: skip
        self.seen: dict[Step, Seen] = {}
        for step, look in ((Step.RECORDED, recorded), (Step.HAPPENED, happened)):
            if any(one.step is step for *_, turned in figures for one in turned):
                self.seen[step] = look(sources, self.reaches[step], then, now)

    def cause(self, key: str, figure: Figure, one: Turned) -> causes.Cause:
        if one.step in (Step.THEN, Step.LATER):
            return self.all.side(one.step).definition.get(figure.key, causes.RULE)
        if one.step is Step.RECORDED and self._backwards():
            return causes.NOT_YET_KNOWN
        sources = self.sources[figure.key, self._row_turned(figure, one)]
        seen, reach = self.seen[one.step], self.reaches[one.step]
        if one.step is Step.RECORDED:
            return cause_of_recording(one.record, sources, reach, seen, self.span[0])
        return cause_of_time(one.record, sources, reach, seen, self.span, is_flow(figure))

    def _backwards(self) -> bool:
        return self.all.later.dates.known_on < self.all.earlier.dates.known_on

    def _row_turned(self, figure: Figure, one: Turned) -> bool:
        before, after = self._points(one.step)
        rows = figure.rows
        return (one.record in before.rows[rows]) != (one.record in after.rows[rows])

    def _points(self, step: Step) -> tuple[Members, Members]:
        return tuple(self.all.points[step.value - 1 : step.value + 1])

    def _reach(self, step: Step) -> Reach:
        """With the registrations that started or no longer did, of the families that turned."""
        before, after = self._points(step)
        families, registrations = (
            before.of(key).keys() ^ after.of(key).keys() for key in ("families.total", STARTED_EVER)
        )
        return self.around.only_started(registrations, families)


def _stood(side: Side, key: str) -> Number:
    """A breakdown has no figure of a code that counts nobody; a percentage of nothing is None."""
    return side.figures.get(key, 0)


def _exact(number: Number) -> Decimal:
    return Decimal(str(number or 0))
