"""Every fault of a book at once: its sheets, its columns, its cells, its rows, its references."""
from collections.abc import Callable, Container
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from cases.forms import FactForm
from facts.dates import AMSTERDAM

from .cells import RowOfCells, WrongCell, text_of
from .faults import Fault, Faults
from .lines import Line
from .reading import Book, Page
from .sheets import Column, Sheet, all_sheets

Advance = Callable[[str, int], None]
EVERY = 500  # rows between two signs of life


class Checking:
    """The checks of one book. Afterwards `lines` holds its rows, ready to be stored."""

    def __init__(self, book: Book, advance: Advance = lambda what, rows: None) -> None:
        self.book, self.advance = book, advance
        self.sheets = all_sheets()
        self.faults = Faults({sheet.name: place for place, sheet in enumerate(self.sheets)})
        self.pages: dict[str, Page] = {}
        self.lines: dict[str, list[Line]] = {sheet.name: [] for sheet in self.sheets}
        self.places: dict[str, dict[str, int]] = {sheet.name: {} for sheet in self.sheets}
        self.numbers: dict[str, dict[str, Line]] = {}
        self.accounts: set[str] = set()
        self._people: dict[str | None, set[str]] = {}

    def run(self) -> Faults:
        self._find_pages()
        for sheet in self.sheets:
            if sheet.name in self.pages:
                self._find_columns(sheet, self.pages[sheet.name])
                self._read(sheet, self.pages[sheet.name])
        self._gather()
        for sheet in self.sheets:
            self._check_rows(sheet)
        for sheet in self.sheets:
            for rule in sheet.rules:
                rule(self, sheet)
        self.faults.sort()
        return self.faults

    # --- what the rules ask -------------------------------------------------------------------
    def people_of(self, family: str | None) -> Container[str] | None:
        """The numbers of a family's people; None when the sheets don't tell."""
        return self._people.get(family, set()) if family and self._people else None

    def line_of(self, sheet: str, number: str | None) -> Line | None:
        return self.numbers.get(sheet, {}).get(number or "")

    def fault(self, sheet: Sheet, line: Line, field: str, message: str, expected: str = "") -> None:
        column = next(column for column in sheet.columns if column.field == field)
        line.at_fault.add(field)
        self.faults.found.append(self._remark(sheet, line, column, message, expected))

    def warn(
        self, sheet: Sheet, line: Line, message: str, column: Column | None = None
    ) -> None:
        self.faults.warnings.append(self._remark(sheet, line, column, message, ""))

    def _remark(
        self, sheet: Sheet, line: Line, column: Column | None, message: str, expected: str
    ) -> Fault:
        if column is None:
            return Fault(sheet.name, message, row=line.row)
        place = self.places[sheet.name].get(column.field)
        value = line.raw.get(column.field)
        return Fault(sheet.name, message, expected, line.row, column.heading, place, value)

    # --- sheets and columns -------------------------------------------------------------------
    def _find_pages(self) -> None:
        known = {sheet.name.casefold(): sheet.name for sheet in self.sheets}
        for page in self.book.pages:
            name = known.get(page.name.strip().casefold())
            if name is None:
                self.faults.warnings.append(
                    Fault(page.name, "Dit blad hoort niet bij de monitor en wordt niet gelezen.")
                )
            elif name in self.pages:
                self.faults.found.append(
                    Fault(name, "Dit blad staat twee keer in het werkboek.", "elk blad één keer")
                )
            else:
                self.pages[name] = page
        for sheet in self.sheets:
            if sheet.name not in self.pages:
                headings = ", ".join(column.heading for column in sheet.columns)
                self.faults.found.append(
                    Fault(
                        sheet.name,
                        "Dit blad ontbreekt.",
                        f"een blad met deze naam, met de kolommen {headings}; een blad zonder "
                        "rijen mag",
                    )
                )

    def _find_columns(self, sheet: Sheet, page: Page) -> None:
        by_heading = {column.heading.casefold(): column for column in sheet.columns}
        places = self.places[sheet.name]
        formulas = {place for row, place in page.formulas if row == 1}
        width = max([len(page.headings), *formulas])
        for place in range(1, width + 1):
            raw = page.headings[place - 1] if place <= len(page.headings) else ""
            heading = _heading(raw)
            column = by_heading.get(heading.casefold())
            if place in formulas:
                self._heading_fault(sheet, place, raw, "De kop is een formule zonder waarde.")
            elif column is None:
                self._tell_of_strange_column(sheet, page, heading, place)
            elif column.field in places:
                self._heading_fault(sheet, place, raw, f"De kop '{heading}' staat er twee keer.")
            else:
                places[column.field] = place
        for column in sheet.columns:
            if column.field not in places and not column.may_miss:
                self.faults.found.append(
                    Fault(
                        sheet.name,
                        "Deze kolom ontbreekt.",
                        f"de kop '{column.heading}' in rij 1",
                        column=column.heading,
                    )
                )

    def _heading_fault(self, sheet: Sheet, place: int, raw: Any, message: str) -> None:
        expected = "elke kop één keer, als tekst in rij 1"
        heading = _heading(raw) or "(zonder kop)"
        self.faults.found.append(Fault(sheet.name, message, expected, 1, heading, place, raw))

    def _tell_of_strange_column(self, sheet: Sheet, page: Page, heading: str, place: int) -> None:
        if heading:
            message = f"De kolom '{heading}' hoort niet bij dit blad en wordt niet gelezen."
        elif any(place <= len(cells) and cells[place - 1] != "" for _, cells in page.rows):
            message = "Een kolom zonder kop wordt niet gelezen."
        else:
            return
        self.faults.warnings.append(Fault(sheet.name, message, row=1, place=place))
