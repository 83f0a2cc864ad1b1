"""What must add up in a report, read from the declarations."""

from .declarations import Breakdown, Report
from .engine import Number, codes_of


def broken_rules(report: Report, figures: dict[str, Number]) -> list[str]:
    """A Dutch sentence for each figure that its parts don't add up to."""
    sentences = []
    for figure in report:
        if not figure.parts:
            continue
        whole = figures[figure.key]
        summed = sum(_value(report, key, figures) for key in figure.parts)
        if whole != summed:
            sentences.append(
                f"'{figure.label}' is {whole}, maar de delen samen zijn {summed} "
                f"({', '.join(figure.parts)})."
            )
    return sentences


def _value(report: Report, key: str, figures: dict[str, Number]) -> Number:
    """Of a figure its number, of a breakdown the sum of all its codes."""
    figure = report.by_key.get(key)
    if isinstance(figure, Breakdown):
        return sum(figures[f"{key}.{code}"] or 0 for code in codes_of(report, figure, figures))
    return figures.get(key) or 0
