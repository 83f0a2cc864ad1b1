"""Choosing what to hide: first what is small, then what would give it away, until nothing does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from .bounds import Row, bounds_of
from .relations import Figures, Relations, Sum

NOW, THEN = "now", "then"
Cell = tuple[str, str]  # the edition, and the key


class Why(StrEnum):
    SMALL = "klein getal"
    GIVES_AWAY = "verraadt een ander getal"
    MADE_OF_HIDDEN = "hangt af van een verborgen getal"
    EDITOR = "keuze van de redactie"


@dataclass(frozen=True)
class Choice:
    """Why the number of a key is hidden, in a sentence for the editor. `protects`: the key that
    a reader could work out, if this one were shown."""

    why: Why
    reason: str
    protects: str = ""


@dataclass(frozen=True)
class Decisions:
    """What the editor decided otherwise, with a reason each: key -> reason."""

    shown: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """An earlier edition as its readers know it, and as it really was."""

    figures: Figures
    relations: Relations
    hidden: frozenset[str]


@dataclass
class Outcome:
    """`choices`: what is hidden and why. `open`: what stays too easy to guess, by key (only when
    the editor shows what would be needed to hide it)."""

    choices: dict[str, Choice]
    open: dict[str, tuple[float, float]]


def suppress(
    figures: Figures,
    relations: Relations,
    decisions: Decisions = Decisions(),
    previous: Published | None = None,
) -> Outcome:
    """What a public edition of `figures` hides."""
    return _Chooser(figures, relations, decisions, previous).choose()


def threshold_of(key: str, relations: Relations) -> int:
    return settings.SUPPRESS_BELOW_FINE if key in relations.fine else settings.SUPPRESS_BELOW


@dataclass
class _Chooser:
    figures: Figures
    relations: Relations
    decisions: Decisions
    previous: Published | None
    choices: dict[str, Choice] = field(default_factory=dict)

    def choose(self) -> Outcome:
        for key, reason in self.decisions.hidden.items():
            self.choices[key] = Choice(Why.EDITOR, reason)
        for key in sorted(self.relations.people):
            self._hide_if_small(key)
        stuck: set[Cell] = set()
        while narrow := self._narrow(stuck):
            cell = next(iter(narrow))
            self._hide_another_for(cell, stuck)
        for key, pair in self.relations.percentages.items():
            if key in self.figures and not {*pair}.isdisjoint(self.choices):
                reason = "Dit percentage is te herleiden tot een verborgen getal."
                self.choices.setdefault(key, Choice(Why.MADE_OF_HIDDEN, reason))
        return Outcome(self.choices, {key: ends for (_, key), ends in self._intervals(stuck)})

    def _hide_if_small(self, key: str) -> None:
        limit, number = threshold_of(key, self.relations), self.figures[key] or 0
        if 0 < number < limit and key not in self.decisions.shown:
            reason = f"Minder dan {limit} {'per regio of reden' if limit > 5 else ''}".strip()
            self.choices.setdefault(key, Choice(Why.SMALL, f"{reason}: te herleiden tot mensen."))

    # --- What a reader can reckon with -------------------------------------------------------
    def _hidden(self) -> list[Cell]:
        """The numbers of people that are hidden, here and in the edition before."""
        here = [(NOW, key) for key in sorted(self.choices) if key in self.relations.people]
        before = self.previous
        if before is None:
            return here
        return [*here, *((THEN, key) for key in sorted(before.hidden & before.relations.people))]

    def _editions(self) -> Iterator[tuple[str, Figures, Relations]]:
        yield NOW, self.figures, self.relations
        if self.previous:
            yield THEN, self.previous.figures, self.previous.relations

    def _rows(self, hidden: set[Cell]) -> tuple[list[Row], list[Row]]:
        exact, at_most = [], []
        for name, figures, relations in self._editions():
            for one in relations.sums:
                exact.append(_row(*_terms(one), name, figures, hidden))
            for bound in relations.bounds:
                parts = {bound.less: 1} | dict.fromkeys(bound.more, -1)
                at_most.append(_row(parts, 0, name, figures, hidden))
        return [*exact, *self._links(hidden)], at_most

    def _links(self, hidden: set[Cell]) -> Iterator[Row]:
        """A month that both editions give is the same number, as far as a reader can tell."""
        if self.previous is None:
            return
        for key in self.relations.months & self.previous.relations.months:
            now, then = self.figures[key], self.previous.figures[key]
            if now != then:
                continue
            unknown = [one for one in ((NOW, key), (THEN, key)) if one in hidden]
            if len(unknown) == 2:
                yield {unknown[0]: 1, unknown[1]: -1}, 0
            elif unknown:
                yield {unknown[0]: 1}, now

    def _intervals(self, only: set[Cell] | None = None) -> Iterator[tuple[Cell, tuple]]:
        hidden = self._hidden()
        if not hidden:
            return
        exact, at_most = self._rows(set(hidden))
        asked = [one for one in hidden if only is None or one in only]
        yield from bounds_of(hidden, exact, at_most, asked).items()

    def _narrow(self, stuck: set[Cell]) -> dict[Cell, tuple[float, float]]:
        """The hidden numbers that a reader can guess within less than their threshold."""
        return {
            cell: (least, most)
            for cell, (least, most) in self._intervals()
            if cell not in stuck and most - least < threshold_of(cell[1], self.relations)
        }

    # --- Hiding another ----------------------------------------------------------------------
    def _hide_another_for(self, cell: Cell, stuck: set[Cell]) -> None:
        candidates = sorted(self._candidates(cell), key=self._cost)
        if not candidates:
            stuck.add(cell)
            return
        chosen = candidates[0]
        reason = f"Anders is '{cell[1]}' uit te rekenen."
        self.choices[chosen] = Choice(Why.GIVES_AWAY, reason, protects=cell[1])

    def _candidates(self, cell: Cell) -> set[str]:
        """What is shown, and stands in a sum with something hidden that leads to `cell`."""
        reached, found = {cell[1]}, set()
        for _ in range(len(self.relations.sums) + 1):
            touched = [one for one in self._relations() if not reached.isdisjoint(one)]
            found = {key for keys in touched for key in keys if self._may_be_hidden(key)}
            more = {key for keys in touched for key in keys if key in self.choices}
            if found or more <= reached:
                return found
            reached |= more
        return found

    def _relations(self) -> Iterator[tuple[str, ...]]:
        yield from (one.keys for one in self.relations.sums)
        yield from ((one.less, *one.more) for one in self.relations.bounds)

    def _may_be_hidden(self, key: str) -> bool:
        return (
            key in self.relations.people
            and key not in self.choices
            and key not in self.decisions.shown
            and bool(self.figures[key])
            and not self._was_shown(key)
        )

    def _was_shown(self, key: str) -> bool:
        """Readers have this very number already: hiding it now hides nothing."""
        before = self.previous
        return (
            before is not None
            and key in self.relations.months
            and key in before.relations.months
            and key not in before.hidden
            and before.figures[key] == self.figures[key]
        )

    def _cost(self, key: str) -> tuple:
        """The smallest first, and a whole only when no part will do."""
        is_whole = any(one.whole == key for one in self.relations.sums)
        return is_whole, self.figures[key], key


def _terms(one: Sum) -> tuple[dict[str, int], int]:
    """whole - parts = 0; or parts = the number, where no figure gives the whole."""
    if isinstance(one.whole, str):
        return {one.whole: 1} | dict.fromkeys(one.parts, -1), 0
    return dict.fromkeys(one.parts, 1), one.whole


def _row(
    parts: dict[str, int], number: float, name: str, figures: Figures, hidden: set[Cell]
) -> Row:
    """The relation with all that is shown moved to the other side."""
    unknown = {(name, key): sign for key, sign in parts.items() if (name, key) in hidden}
    shown = sum(
        sign * (figures.get(key) or 0) for key, sign in parts.items() if (name, key) not in hidden
    )
    return unknown, number - shown
