"""The key figures of rounds that are over, to be quoted in a running text by their key."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify

from facts.numbers import Number, number
from surveys.models import Round

from .figures import Unit
from .rounds import Stage, stage_of, told_report
from .structure import Line, Section, SurveyReport

PREFIX = "survey."
MOST_ROUNDS = 6  # that are offered to choose from; an older one can still be quoted
WHY_NOT = {
    Stage.RUNNING: "die ronde loopt nog",
    Stage.COUNTING: "de laatste antwoorden van die ronde worden nog geteld",
    Stage.TOO_FEW: "die ronde kreeg minder dan 10 antwoorden: daar vertellen we niets over",
}


@dataclass(frozen=True)
class Quote:
    """`text`: as it stands in a sentence, without a sign for percents. `label`: what it is, to be
    chosen from. `source`: the line that a reader finds below the text. `what` and `unit`: the
    figure by itself, for a table."""

    key: str
    text: str
    value: Number
    label: str
    source: str
    what: str
    unit: str


def is_survey(key: str) -> bool:
    return key.startswith(PREFIX)


def quotes_to_offer() -> list[Quote]:
    """All key figures of the newest rounds that are told."""
    over = Round.objects.filter(state=Round.State.ENDED)[:MOST_ROUNDS]
    return [one for round in over for one in _Quoted(round).quotes.values()]


class Quotes:
    """What some texts quote: looked up once a round."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Quoted | None] = {}

    def find(self, key: str) -> Quote | None:
        quoted, figure = self._of(key)
        return quoted.quotes.get(f"{PREFIX}{quoted.name}.{figure}") if quoted else None

    def why_not(self, key: str) -> str:
        """Why it can't be quoted, in Dutch; '' when it can."""
        quoted, _ = self._of(key)
        if quoted is None:
            return "die enquête bestaat niet"
        if quoted.stage != Stage.TOLD:
            return WHY_NOT[quoted.stage]
        if self.find(key):
            return ""
        return "dat cijfer is er niet, of het rust op minder dan 10 antwoorden"

    def sources(self, keys: Iterable[str]) -> tuple[str, ...]:
        found = (self.find(key) for key in dict.fromkeys(keys))
        return tuple(one.source for one in found if one)

    def _of(self, key: str) -> tuple["_Quoted | None", str]:
        name, _, figure = key.removeprefix(PREFIX).partition(".")
        if name not in self._by_name:
            started = Round.objects.exclude(state=Round.State.DRAFT)
            found = next((one for one in started if name_of(one) == name), None)
            self._by_name[name] = _Quoted(found) if found else None
        return self._by_name[name], figure


def name_of(round: Round) -> str:
    """What a round is called in a key: as it is named, and never as another (its name is frozen
    once it started)."""
    return f"{slugify(round.name)}-{round.pk.hex[:6]}"


class _Quoted:
    def __init__(self, round: Round) -> None:
        self.round, self.name = round, name_of(round)
        self.stage = stage_of(round)

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        report = told_report(self.round)
        lines = (
            (section, line)
            for section in (report.sections if report else ())
            for line in (*section.leading, *section.lines)
            if line.figure.leads and line.share
        )
        return {one.key: one for one in (self._quote(report, *each) for each in lines)}

    def _quote(self, report: SurveyReport, section: Section, line: Line) -> Quote:
        figure = line.figure
        key = f"{PREFIX}{self.name}.{figure.key}"
        what = f"{section.title} {figure.label}" if figure.question else figure.label
        unit = " (procent)" if figure.unit == Unit.PERCENT else ""
        detail = f" ({line.detail})" if line.detail else ""
        held = f"{report.title}, {report.begun} t/m {report.ended}"
        text = number(line.value, int(figure.unit == Unit.MEAN))
        source = f"{held}. {what}: {line.number}{detail}."
        label = f"{report.title}. {what}{unit}: {text}"
        return Quote(key, text, line.value, label, source, what, figure.unit.value)
