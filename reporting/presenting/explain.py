"""'Hoe is dit geteld?': what a declaration says of a figure, in plain Dutch."""

from dataclasses import dataclass

from facts.dates import Dates
from reporting.figures import Breakdown, Count, Figure, Number, Percentage, Report, Total
from reporting.figures.declarations import EVERY, Declaration
from reporting.figures.units import Unit

from . import words

Line = tuple[str, str]


@dataclass(frozen=True)
class Definition:
    key: str
    subject: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Explainer:
    """Explains the figures of one draw. `hidden`: what its readers may not see, also not in an
    explanation."""

    report: Report
    figures: dict[str, Number]
    dates: Dates
    hidden: frozenset[str] = frozenset()

    def definition(self, figure: Declaration) -> Definition:
        meaning = words.fill(figure.meaning, self.dates) or f"{figure.label}."
        lines = [("Wat telt mee", meaning), *self._unit(figure), *self._parts(figure)]
        if isinstance(figure, Breakdown):
            lines += [*self._not_in_view(figure), *self._share(figure)]
        lines.append(("Stand", self._moment()))
        return Definition(figure.key, figure.label, tuple(lines))

    def base(self, figure: Breakdown) -> tuple[Number, str]:
        """What the rows are a share of, and the key that it comes from ('': the rows' own sum)."""
        if not figure.rows.once:
            for whole in self.report:
                if self._counts_all(whole, figure):
                    return self._shown(whole.key), whole.key
        if figure.whole in self.hidden:
            return None, ""
        prefix = f"{figure.key}."
        own = (key for key in self.figures if self._is_row(key, prefix))
        return sum(self.figures[key] or 0 for key in own), ""

    def _shown(self, key: str) -> Number:
        return None if key in self.hidden else self.figures.get(key)

    def _is_row(self, key: str, prefix: str) -> bool:
        found = self.report.find(key)
        return key.startswith(prefix) and found is not None and found[1] is not None

    @staticmethod
    def _counts_all(whole: Declaration, figure: Breakdown) -> bool:
        return (
            isinstance(whole, Count)
            and whole.rows.once
            and whole.where == EVERY
            and whole.unit == figure.unit
        )

    def _unit(self, figure: Declaration) -> list[Line]:
        if isinstance(figure, Percentage):
            of, base = self.report.by_key[figure.of], self.report.by_key[figure.base]
            whole = words.number(self._shown(figure.base))
            part = words.number(self._shown(figure.of))
            rounding = "Afgerond op hele procenten, een half naar boven."
            return [
                ("Deel", f"{part}: {of.label}"),
                ("Basis", f"{whole}: {base.label}. {figure.footnote}".strip()),
                ("Afronding", rounding),
            ]
        if isinstance(figure, Total):
            return [("Eenheid", figure.unit.plural)]
        per_row = "per regel " if isinstance(figure, Breakdown) and not figure.rows.once else ""
        return [("Eenheid", f"{figure.unit.plural}, {per_row}elk één keer geteld")]

    def _parts(self, figure: Declaration) -> list[Line]:
        if not figure.parts:
            return []
        found = [self.report.by_key.get(key) for key in figure.parts]
        whole = [part.label for part in found if isinstance(part, Breakdown)]
        if whole:
            return [("Controle", f"Moet gelijk zijn aan de som van ‘{whole[0]}’.")]
        summed = " + ".join(words.number(self._shown(key)) for key in figure.parts)
        return [("Controle", f"Moet gelijk zijn aan {summed}.")]

    @staticmethod
    def _not_in_view(figure: Breakdown) -> list[Line]:
        if figure.unknown is not None:
            return [("Niet in beeld", "Wat niet is ingevuld, staat onderaan en telt mee.")]
        if figure.always:
            return []
        return [("Niet in beeld", "Wat niet is ingevuld, telt hier niet mee.")]

    def _share(self, figure: Breakdown) -> list[Line]:
        number, key = self.base(figure)
        base = words.number(number)
        if key:
            several = f"Een {figure.unit.singular} kan bij meer regels horen."
            return [("Aandeel", f"Deel van {base} {figure.unit.plural}. {several}")]
        return [("Aandeel", f"Deel van {base} {figure.unit.plural}: alle regels samen.")]

    def _moment(self) -> str:
        state, known = words.day(self.dates.reference_date), words.instant(self.dates.known_on)
        return f"Einde van {state}, zoals bekend op {known}."


def unit_of(report: Report, figure: Declaration) -> Unit:
    """The unit of any declaration, also of a percentage: that of its base."""
    return figure.unit if isinstance(figure, Figure) else report.by_key[figure.base].unit
