"""Every fault of a book at once: its sheets, its columns, its cells, its rows, its references."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.forms import FactForm

from .cells import RowOfCells, WrongCell
from .faults import Fault, Faults
from .lines import Line
from .reading import Book, Page
from .sheets import Column, Sheet, all_sheets
from .structure import find_columns, find_pages

Advance = Callable[[str, int], None]
EVERY = 500  # rows between two signs of life
UNCOMPUTED = (
    "Hier staat een formule zonder berekende waarde. Open het werkboek in Excel, laat het "
    "rekenen en bewaar het."
)


class Checking:
    """The checks of one book. Afterwards `lines` holds its rows, ready to be stored."""

    def __init__(
        self, book: Book, *, today: date, advance: Advance = lambda what, rows: None
    ) -> None:
        self.today, self.advance = today, advance
        self.sheets = all_sheets()
        self.faults = Faults({sheet.name: place for place, sheet in enumerate(self.sheets)})
        self.pages = find_pages(book, self.sheets, self.faults)
        self.lines: dict[str, list[Line]] = {sheet.name: [] for sheet in self.sheets}
        self.places: dict[str, dict[str, int]] = {sheet.name: {} for sheet in self.sheets}
        self.numbers: dict[str, dict[str, Line]] = {}
        self.accounts: set[str] | None = None
        self._people: dict[str | None, set[str]] | None = None

    def run(self) -> Faults:
        """Sheets refer to each other, so all cells are read before any row is judged."""
        for sheet in self.sheets:
            if page := self.pages.get(sheet.name):
                self.places[sheet.name] = find_columns(sheet, page, self.faults)
                self.lines[sheet.name] = list(self._read(sheet, page))
        self._gather_numbers()
        for sheet in self.sheets:
            self._judge(sheet)
        for sheet in self.sheets:
            for rule in sheet.rules:
                rule(self, sheet)
        self.faults.sort()
        return self.faults

    # --- what the rules ask and say ---------------------------------------------------------
    def people_of(self, family: str | None) -> Container[str] | None:
        """The numbers of a family's people; None when the book doesn't tell."""
        if family is None or self._people is None:
            return None
        # Someone whose own family can't be read may belong to any.
        return self._people.get(family, set()) | self._people.get(None, set())

    def line_of(self, sheet: str, number: str | None) -> Line | None:
        return self.numbers.get(sheet, {}).get(number or "")

    def fault(self, sheet: Sheet, line: Line, field: str, message: str, expected: str = "") -> None:
        line.at_fault.add(field)
        self.faults.found.append(self._remark(sheet, line, field, message, expected))

    def warn(self, sheet: Sheet, line: Line, message: str, field: str = "") -> None:
        self.faults.warnings.append(self._remark(sheet, line, field, message, ""))

    def _remark(self, sheet: Sheet, line: Line, field: str, message: str, expected: str) -> Fault:
        heading = next((c.heading for c in sheet.columns if c.field == field), "")
        place = self.places[sheet.name].get(field)
        raw = line.raw.get(field)
        return Fault(sheet.name, message, expected, line.row, heading, place, raw)

    # --- cells ------------------------------------------------------------------------------
    def _read(self, sheet: Sheet, page: Page) -> Iterator[Line]:
        places = self.places[sheet.name]
        columns = [column for column in sheet.columns if column.field in places]
        for column in columns:
            column.kind.prepare()
        # The day comes first: which entry of a list a label means may depend on it.
        columns.sort(key=lambda column: column.field != sheet.dated_by)
        marked = {row for row, _ in (*page.formulas, *page.errors)}
        for number, cells in page.rows:
            line = Line(number, {})
            if number in marked:
                self._tell_of_marks(sheet, page, line)
            row = RowOfCells(read=line.read)
            for column in columns:
                self._read_cell(sheet, column, line, cells, row)
                if column.field == sheet.dated_by:
                    row.day = line.read[column.field]
            if line.raw or line.at_fault:
                yield line

    def _read_cell(
        self, sheet: Sheet, column: Column, line: Line, cells: list[Any], row: RowOfCells
    ) -> None:
        place = self.places[sheet.name][column.field]
        raw = cells[place - 1] if place <= len(cells) else ""
        line.read[column.field] = None
        if raw == "" or (isinstance(raw, str) and not raw.strip()):
            return
        line.raw[column.field] = raw
        try:
            line.read[column.field] = column.kind.read(raw, row)
        except WrongCell as wrong:
            self.fault(sheet, line, column.field, str(wrong), column.kind.expected)

    def _tell_of_marks(self, sheet: Sheet, page: Page, line: Line) -> None:
        """What the reader takes for an empty cell, and isn't."""
        for column in sheet.columns:
            place = (line.row, self.places[sheet.name].get(column.field, 0))
            if place in page.formulas:
                self.fault(sheet, line, column.field, UNCOMPUTED, column.kind.expected)
            elif place in page.errors:
                line.raw[column.field] = page.errors[place]
                message = f"Hier staat de foutwaarde {page.errors[place]}."
                self.fault(sheet, line, column.field, message, column.kind.expected)

    # --- references -------------------------------------------------------------------------
    def _gather_numbers(self) -> None:
        for sheet in self.sheets:
            if sheet.numbered and "number" in self.places[sheet.name]:
                numbers: dict[str, Line] = {}
                self.numbers[sheet.name] = numbers
                for line in self.lines[sheet.name]:
                    if line.number and numbers.setdefault(line.number, line) is not line:
                        first = numbers[line.number].row
                        message = f"Dit nummer staat ook in rij {first}."
                        self.fault(sheet, line, "number", message, "elk nummer één keer")
        if {"number", "family"} <= set(self.places["Personen"]):
            self._people = defaultdict(set)
            for number, line in self.numbers["Personen"].items():
                self._people[line.read["family"]].add(number)
        if "email" in self.places["Procesbegeleiders"]:
            named = (line.read["email"] for line in self.lines["Procesbegeleiders"])
            stored = User.objects.values_list("email", flat=True)
            self.accounts = {email.lower() for email in (*named, *stored) if email}

    # --- rows -------------------------------------------------------------------------------
    def _judge(self, sheet: Sheet) -> None:
        form = sheet.form(data={})
        lines = self.lines[sheet.name]
        for count, line in enumerate(lines, start=1):
            self._check_references(sheet, line)
            self._check_outside_the_form(sheet, line)
            self._check_with_the_form(sheet, form, line)
            if count % EVERY == 0 or count == len(lines):
                self.advance(sheet.name, (count - 1) % EVERY + 1)

    def _check_references(self, sheet: Sheet, line: Line) -> None:
        for column in sheet.columns:
            named = line.read.get(column.field)
            if not named or column.refers not in self.numbers:
                continue
            for number in named if isinstance(named, list) else [named]:
                if number not in self.numbers[column.refers]:
                    message = f"{number} staat niet op het blad '{column.refers}'."
                    self.fault(sheet, line, column.field, message, column.kind.expected)

    def _check_outside_the_form(self, sheet: Sheet, line: Line) -> None:
        for column in sheet.columns:
            if column.check is None or column.field in line.at_fault:
                continue
            if column.field not in self.places[sheet.name]:
                line.data[column.field] = None
                continue
            try:
                line.data[column.field] = column.check.clean(line.read[column.field])
            except ValidationError as error:
                self._form_fault(sheet, line, column, error)
        recorded_on = line.data.get("recorded_on")
        if recorded_on and recorded_on > self.today:
            self.warn(sheet, line, "Dit ligt in de toekomst.", "recorded_on")

    def _check_with_the_form(self, sheet: Sheet, form: FactForm, line: Line) -> None:
        if sheet.narrow:
            sheet.narrow(form, line, self)
        # One form for all rows of a sheet: building its fields takes longer than checking them.
        form.data, form._errors = line.read, None  # type: ignore[attr-defined]
        for field, errors in form.errors.as_data().items():
            column = next(column for column in sheet.columns if column.field == field)
            if field in self.places[sheet.name] and field not in line.at_fault:
                self._form_fault(sheet, line, column, ValidationError(errors))
        line.at_fault.update(form.errors)  # also of a column that is missing altogether
        line.data.update(form.cleaned_data)

    def _form_fault(self, sheet: Sheet, line: Line, column: Column, error: ValidationError) -> None:
        required = error.error_list[0].code == "required"
        expected = column.kind.expected if required else ""
        for message in dict.fromkeys(error.messages):
            self.fault(sheet, line, column.field, message, expected)
