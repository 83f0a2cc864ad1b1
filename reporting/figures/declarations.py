"""A figure is one declaration. What it lacks stops the server at start, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from .labels import NOT_IN_VIEW, Labels
from .units import Rows, Unit

EVERY = Q()  # the condition of a figure that counts all rows: said aloud, never by leaving it out


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number in the report.

    `key`: its name for ever. `label`: as printed. `rows`: the unit that it counts, and where that
    is read. `where`: the condition on a row. `footnote`: what a reader must know. `parts`: keys
    (of figures, or of whole breakdowns) that must add up to it.

    For the page: `sentence` is what follows the number (if it is empty the label does, and so for
    one, unless the sentence says {unit} and so can speak of one as well as of many), `meaning`
    says in plain Dutch what is counted, `headline` makes it one of the few at the top. They may
    name {period_start}, {reference_date} and {year}.
    """

    key: str
    label: str
    rows: Rows
    where: Q
    footnote: str = ""
    parts: tuple[str, ...] = ()
    sentence: str = ""
    meaning: str = ""
    headline: str = ""

    def __post_init__(self) -> None:
        for name in ("key", "label"):
            if not getattr(self, name).strip():
                raise ImproperlyConfigured(f"Cijfer '{self.key}' heeft geen {name}.")
        if not isinstance(self.rows, Rows) or not isinstance(self.rows.unit, Unit):
            raise ImproperlyConfigured(f"Cijfer '{self.key}' zegt niet wat het telt (rows).")
        if not isinstance(self.where, Q):
            raise ImproperlyConfigured(f"Cijfer '{self.key}' heeft geen voorwaarde (where).")

    @property
    def unit(self) -> Unit:
        return self.rows.unit


@dataclass(frozen=True, kw_only=True)
class Count(Figure):
    """How many units meet the condition."""


@dataclass(frozen=True, kw_only=True)
class Total(Figure):
    """The sum of the column `of`, in two decimals."""

    of: str


@dataclass(frozen=True, kw_only=True)
class Breakdown(Figure):
    """How many units there are for each value of the column `by`: a figure a code.

    `always`: codes that are given when there are none as well. `unknown`: the code for an empty
    column, or None when an empty one is no part of the breakdown. `scale`: the order of the labels
    says something; without it a reader wants the longest first. `whole`: the figure that it breaks
    down, where no figure has the same condition. `fine`: by region or reason, so that small
    numbers say more of someone (reporting.suppression).
    """

    by: str
    labels: Labels
    always: tuple[str, ...] = ()
    unknown: str | None = NOT_IN_VIEW
    scale: bool = False
    whole: str = ""
    fine: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.by or not isinstance(self.labels, Labels):
            raise ImproperlyConfigured(f"Uitsplitsing '{self.key}' mist 'by' of 'labels'.")


@dataclass(frozen=True, kw_only=True)
class Percentage:
    """`of` as a part of `base`, in whole percents, half up; None of nothing."""

    key: str
    label: str
    of: str
    base: str
    footnote: str = ""
    parts: tuple[str, ...] = ()
    sentence: str = ""
    meaning: str = ""
    headline: str = ""

    def __post_init__(self) -> None:
        for name in ("key", "label", "of", "base"):
            if not getattr(self, name).strip():
                raise ImproperlyConfigured(f"Percentage '{self.key}' heeft geen {name}.")


Declaration = Figure | Percentage


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: str
    figures: tuple[Declaration, ...]


@dataclass(frozen=True)
class Report:
    """All chapters. Refuses a key that stands twice, or that refers to nothing."""

    chapters: tuple[Chapter, ...]
    by_key: dict[str, Declaration] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_key: dict[str, Declaration] = {}
        for figure in self:
            if figure.key in by_key:
                raise ImproperlyConfigured(f"Cijfer '{figure.key}' is twee keer opgeschreven.")
            by_key[figure.key] = figure
        object.__setattr__(self, "by_key", by_key)
        for figure in self:
            for key in self._named_by(figure):
                if self.find(key) is None:
                    raise ImproperlyConfigured(f"'{figure.key}' verwijst naar '{key}': onbekend.")

    def __iter__(self) -> Iterator[Declaration]:
        return (figure for chapter in self.chapters for figure in chapter.figures)

    def find(self, key: str) -> tuple[Declaration, str | None] | None:
        """The declaration that a key comes from, and the code when it is one of a breakdown."""
        if key in self.by_key:
            return self.by_key[key], None
        prefix, _, code = key.rpartition(".")
        declared = self.by_key.get(prefix)
        return (declared, code) if isinstance(declared, Breakdown) else None

    @staticmethod
    def _named_by(figure: Declaration) -> tuple[str, ...]:
        own = (figure.of, figure.base) if isinstance(figure, Percentage) else ()
        whole = (figure.whole,) if isinstance(figure, Breakdown) and figure.whole else ()
        return (*figure.parts, *own, *whole)
