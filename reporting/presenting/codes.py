"""The Dutch words of every code that a report may show, and the order of a breakdown's rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cases.models import Code
from reporting.figures import REPORT, Breakdown, Number, Report
from reporting.figures.labels import NOT_IN_VIEW_LABEL, CodeList, Months

Words = Mapping[str, str]


def words_by_breakdown(report: Report) -> dict[str, Words]:
    """Key of a breakdown -> (code -> words). All editable lists are read in one query."""
    breakdowns = [figure for figure in report if isinstance(figure, Breakdown)]
    names = {figure.labels.name for figure in breakdowns if isinstance(figure.labels, CodeList)}
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    codes = Code.objects.filter(list__in=names).order_by("list", "position", "code")
    for name, code, label in codes.values_list("list", "code", "label"):
        lists[name][code] = label
    return {
        figure.key: lists[figure.labels.name]
        if isinstance(figure.labels, CodeList)
        else figure.labels.words()
        for figure in breakdowns
    }


def label(figure: Breakdown, code: str, words: Words) -> str:
    """The words of one code; a code that has none any more says its own name."""
    if code == figure.unknown:
        return NOT_IN_VIEW_LABEL
    if isinstance(figure.labels, Months):
        return words[code].lower()
    return words.get(code, code)


def in_order(figure: Breakdown, numbers: Mapping[str, Number], words: Words) -> list[str]:
    """Longest first, unless time or a scale orders them; what is not in view always last."""
    scale = {code: place for place, code in enumerate(words)} if figure.scale else {}

    def place(code: str) -> tuple:
        last = code == figure.unknown
        if isinstance(figure.labels, Months):
            return last, code
        if figure.scale:
            return last, scale.get(code, len(scale))
        return last, -(numbers[code] or 0), label(figure, code, words)

    return sorted(numbers, key=place)


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Each key in words: 'Waarom een traject nooit startte: eigen keuze'. One query."""
    words = words_by_breakdown(REPORT)
    return {key: _name(key, words) for key in keys}


def _name(key: str, words: Mapping[str, Words]) -> str:
    found = REPORT.find(key)
    if found is None:
        return key
    figure, code = found
    return (
        figure.label
        if code is None
        else f"{figure.label}: {label(figure, code, words[figure.key])}"
    )
