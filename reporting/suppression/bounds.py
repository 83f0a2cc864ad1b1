"""What a reader who can reckon learns of each hidden number: the least and the most that it can be.

A linear program for each: the hidden numbers are unknown, all others and every relation known. A
hidden number is at least one, since a nought is always shown.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

Cell = Hashable
# Sum of coefficient * cell, which is exactly, or at most, the number.
Row = tuple[Mapping[Cell, float], float]

LEAST = 1


def bounds_of(
    hidden: Sequence[Cell],
    exact: Iterable[Row],
    at_most: Iterable[Row],
    asked: Iterable[Cell] | None = None,
) -> dict[Cell, tuple[float, float]]:
    """The narrowest interval of each of `asked` (all of `hidden`); without an end where none
    follows. The rows name hidden cells only."""
    place = {cell: index for index, cell in enumerate(hidden)}
    equal, equal_to = _matrix(exact, place)
    below, below_to = _matrix(at_most, place)
    found = {}
    for cell in asked if asked is not None else hidden:
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(place))
            goal[place[cell]] = sign
            answer = linprog(
                goal, A_ub=below, b_ub=below_to, A_eq=equal, b_eq=equal_to, bounds=(LEAST, None)
            )
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        found[cell] = (float(ends[0]), float(ends[1]))
    return found


def _matrix(rows: Iterable[Row], place: Mapping[Cell, int]) -> tuple:
    rows = [row for row in rows if row[0]]
    if not rows:
        return None, None
    matrix = np.zeros((len(rows), len(place)))
    for index, (coefficients, _) in enumerate(rows):
        for cell, coefficient in coefficients.items():
            matrix[index, place[cell]] += coefficient
    return matrix, np.array([number for _, number in rows])
