"""A line of time for each child: at home, or out of home with or without a measure."""

from dataclasses import dataclass
from datetime import date

from .family import Member, Spell

WIDTH = 1000  # of the drawing, whatever its width on the page
KINDS = {True: "with", False: "without", None: "unknown"}


@dataclass(frozen=True)
class Piece:
    """A part of the line; `kind`: with, without or unknown (the measure)."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Lifeline:
    """`child`, and their line between the years `first` and `last`. `born_at`: where it begins."""

    child: Member
    born_at: float
    home_width: float
    pieces: list[Piece]


@dataclass(frozen=True)
class Lifelines:
    first: int
    last: int
    lines: list[Lifeline]


def lifelines_of(children: list[Member], today: date) -> Lifelines:
    """All on one scale: from the first year that is known of, up to today; a line ends with a
    life."""
    starts = [child.birth_date for child in children if child.birth_date]
    starts += [spell.first for child in children for spell in child.placements]
    first_year = min([day.year for day in starts], default=today.year)
    begin, end = date(min(first_year, today.year), 1, 1), today
    scale = Scale(begin, max((end - begin).days, 1))
    lines = [_line(child, scale, today) for child in children]
    return Lifelines(begin.year, today.year, lines)


@dataclass(frozen=True)
class Scale:
    begin: date
    days: int

    def x(self, day: date) -> float:
        return round(min(max((day - self.begin).days / self.days, 0), 1) * WIDTH, 1)


def _line(child: Member, scale: Scale, today: date) -> Lifeline:
    born = scale.x(child.birth_date) if child.birth_date else 0.0
    end = child.died_on or today
    pieces = [_piece(spell, scale, end) for spell in reversed(child.placements)]
    return Lifeline(child, born, max(scale.x(end) - born, 0), pieces)


def _piece(spell: Spell, scale: Scale, end: date) -> Piece:
    x = scale.x(spell.first)
    width = max(scale.x(min(spell.last or end, end)) - x, 4)  # a short one stays visible
    return Piece(x, round(width, 1), KINDS[spell.measure])
