"""What changed since the round before: both numbers, and whether it may be chance."""

from dataclasses import dataclass
from math import sqrt

from facts.numbers import Number, number

from .figures import Figure, Unit

NINETEEN_IN_TWENTY = 1.96  # standard errors: of twenty such differences by chance one is larger


@dataclass(frozen=True)
class Share:
    """A value, with what it is of."""

    value: Number
    of: int
    base: int


@dataclass(frozen=True)
class Change:
    """`difference`: percentage points or, of a mean, points; of the numbers as they are shown, so
    that a reader can check it. `by_chance`: None where we can't say."""

    unit: Unit
    before: Share
    difference: Number
    by_chance: bool | None

    @property
    def words(self) -> str:
        """7 procentpunt hoger dan de 76% (19 van 25) in de vorige ronde. Dat kan toeval zijn."""
        chance = {
            None: "",
            True: " Dat kan toeval zijn.",
            False: " Zo'n verschil ontstaat zelden door toeval.",
        }[self.by_chance if self.difference else None]
        return f"{self._compared} {self._then} in de vorige ronde.{chance}"

    @property
    def short(self) -> str:
        """76%, nu 7 hoger"""
        then = said(self.unit, self.before.value)
        return f"{then}, nu gelijk" if not self.difference else f"{then}, nu {self._far}"

    @property
    def _compared(self) -> str:
        if not self.difference:
            return "Even hoog als"
        points = " procentpunt" if self.unit == Unit.PERCENT else ""
        size, _, way = self._far.partition(" ")
        return f"{size}{points} {way} dan"

    @property
    def _then(self) -> str:
        then = said(self.unit, self.before.value)
        if self.unit == Unit.MEAN:
            return f"{then} ({self.before.base} antwoorden)"
        return f"de {then} ({self.before.of} van {self.before.base})"

    @property
    def _far(self) -> str:
        way = "hoger" if (self.difference or 0) > 0 else "lager"
        size = abs(self.difference or 0)
        return f"{number(size, 1 if self.unit == Unit.MEAN else 0)} {way}"


def said(unit: Unit, value: Number) -> str:
    """83% / 7,4 / 46"""
    if value is None:
        return number(None)
    return f"{number(value)}%" if unit == Unit.PERCENT else number(value, int(unit == Unit.MEAN))


def change(figure: Figure, now: Share, before: Share) -> Change | None:
    """None where nothing can be compared: a count, which follows from how many were asked."""
    if figure.unit == Unit.COUNT or now.value is None or before.value is None:
        return None
    by_chance = None if figure.unit == Unit.MEAN else _by_chance(now, before)
    difference = round(now.value - before.value, 1)
    return Change(figure.unit, before, difference, by_chance)


def _by_chance(now: Share, before: Share) -> bool:
    """Whether two shares of so few may differ this much while nothing changed (Agresti and Caffo:
    two answers more, of which one counts, keep it true of few)."""
    shares = [((one.of + 1) / (one.base + 2), one.base + 2) for one in (now, before)]
    spread = sqrt(sum(share * (1 - share) / base for share, base in shares))
    return abs(shares[0][0] - shares[1][0]) <= NINETEEN_IN_TWENTY * spread
