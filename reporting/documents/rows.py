"""Every figure of a draw as a row with its words: what files for programs and spreadsheets hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from facts.dates import Dates
from reporting.figures import REPORT, Breakdown, Number, Percentage
from reporting.figures.engine import codes_of
from reporting.presenting.codes import Words, label, words_by_breakdown
from reporting.presenting.explain import Explainer

# The same sentence for every hidden number: which of them is small, and which would give a small
# one away, would tell a reader between what ends it lies.
HIDDEN = (
    "Verborgen: dit getal, of een getal dat eruit te rekenen is, is zo klein dat het te herleiden "
    "kan zijn tot mensen."
)
NOTHING = "Er is niets om te tellen."


@dataclass(frozen=True)
class FigureRow:
    """`part`: the row of a breakdown. `meaning`: how it is counted, in Dutch. `empty`: why there
    is no number; '' where there is one."""

    key: str
    chapter: str
    figure: str
    part: str
    unit: str
    value: Number
    meaning: str
    empty: str


def rows_of(
    figures: dict[str, Number], dates: Dates, hidden: frozenset[str] = frozenset()
) -> list[FigureRow]:
    """All of `figures`, in the order of their declarations; of those in `hidden` not the number.
    One query: the words of the lists."""
    explainer, words = Explainer(REPORT, figures, dates, hidden), words_by_breakdown(REPORT)
    chapters = {one.key: chapter.title for chapter in REPORT.chapters for one in chapter.figures}
    meanings = {
        figure.key: " ".join(f"{name}: {line}" for name, line in explainer.definition(figure).lines)
        for figure in REPORT
    }
    return [
        _row(key, *_shown(key, value, hidden), chapters, meanings, words)
        for key, value in in_declared_order(figures)
    ]


def in_declared_order(figures: dict[str, Number]) -> Iterator[tuple[str, Number]]:
    """The database keeps the figures of a draw in an order of its own. What no declaration
    explains comes last."""
    declared: list[str] = []
    for figure in REPORT:
        if isinstance(figure, Breakdown):
            codes = codes_of(REPORT, figure, figures)
            declared += [f"{figure.key}.{code}" for code in codes]
        else:
            declared.append(figure.key)
    for key in (*declared, *sorted(set(figures).difference(declared))):
        if key in figures:
            yield key, figures[key]


def _shown(key: str, value: Number, hidden: frozenset[str]) -> tuple[Number, str]:
    """The number, and why there is none."""
    if key in hidden:
        return None, HIDDEN
    return value, NOTHING if value is None else ""


def _row(
    key: str,
    value: Number,
    empty: str,
    chapters: dict[str, str],
    meanings: dict[str, str],
    words: dict[str, Words],
) -> FigureRow:
    """A key that nothing explains (of an older version) stands alone."""
    found = REPORT.find(key)
    if found is None:
        return FigureRow(key, "", "", "", "", value, "", empty)
    figure, code = found
    part = label(figure, code, words[figure.key]) if code is not None else ""
    unit = "procent" if isinstance(figure, Percentage) else figure.unit.plural
    meaning = meanings[figure.key]
    chapter = chapters[figure.key]
    return FigureRow(key, chapter, figure.label, part, unit, value, meaning, empty)
