"""Which page of a book is which sheet, and where its columns stand."""

from typing import Any

from .cells import WrongCell, text_of
from .faults import Fault, Faults
from .reading import Book, Page
from .sheets import Column, Sheet

EACH_ONCE = "elke kop één keer, als tekst in rij 1"


def find_pages(book: Book, sheets: tuple[Sheet, ...], faults: Faults) -> dict[str, Page]:
    """The page of each sheet; a missing one or a double one is a fault, a strange one isn't."""
    known = {sheet.name.casefold(): sheet.name for sheet in sheets}
    pages: dict[str, Page] = {}
    for page in book.pages:
        name = known.get(page.name.strip().casefold())
        if name is None:
            message = "Dit blad hoort niet bij de monitor en wordt niet gelezen."
            faults.warnings.append(Fault(page.name, message))
        elif name in pages:
            message = "Dit blad staat twee keer in het werkboek."
            faults.found.append(Fault(name, message, "elk blad één keer"))
        else:
            pages[name] = page
    for sheet in sheets:
        if sheet.name not in pages:
            headings = ", ".join(c.heading for c in sheet.columns if not c.may_miss)
            expected = f"een blad met deze naam en de kolommen {headings}; zonder rijen mag"
            faults.found.append(Fault(sheet.name, "Dit blad ontbreekt.", expected))
    return pages


def find_columns(sheet: Sheet, page: Page, faults: Faults) -> dict[str, int]:
    """Where each column stands, counted from 1, by the name of its field."""
    found: dict[str, int] = {}
    formulas = {place for row, place in page.formulas if row == 1}
    errors = {place: text for (row, place), text in page.errors.items() if row == 1}
    for place in range(1, max([len(page.headings), *formulas, *errors]) + 1):
        raw = page.headings[place - 1] if place <= len(page.headings) else ""
        if place in formulas:
            _refuse(sheet, place, raw, "De kop is een formule zonder waarde.", faults)
        elif place in errors:
            _refuse(sheet, place, errors[place], "De kop is een foutwaarde.", faults)
        else:
            _find_column(sheet, page, place, raw, found, faults)
    for column in sheet.columns:
        if column.field not in found and not column.may_miss:
            expected = f"de kop '{column.heading}' in rij 1"
            faults.found.append(
                Fault(sheet.name, "Deze kolom ontbreekt.", expected, column=column.heading)
            )
    return found


def _find_column(
    sheet: Sheet, page: Page, place: int, raw: Any, found: dict[str, int], faults: Faults
) -> None:
    heading = _heading(raw)
    column = _column(sheet, heading)
    if column is None:
        _tell_of_strange_column(sheet, page, heading, place, faults)
    elif column.field in found:
        _refuse(sheet, place, raw, f"De kop '{heading}' staat er twee keer.", faults)
    else:
        found[column.field] = place


def _heading(raw: Any) -> str:
    try:
        return text_of(raw)
    except WrongCell:
        return str(raw)


def _column(sheet: Sheet, heading: str) -> Column | None:
    fold = heading.casefold()
    return next((c for c in sheet.columns if c.heading.casefold() == fold), None)


def _refuse(sheet: Sheet, place: int, raw: Any, message: str, faults: Faults) -> None:
    heading = _heading(raw) or "(zonder kop)"
    faults.found.append(Fault(sheet.name, message, EACH_ONCE, 1, heading, place, raw))


def _tell_of_strange_column(
    sheet: Sheet, page: Page, heading: str, place: int, faults: Faults
) -> None:
    if heading:
        message = f"De kolom '{heading}' hoort niet bij dit blad en wordt niet gelezen."
    elif any(place <= len(cells) and cells[place - 1] != "" for _, cells in page.rows):
        message = "Een kolom zonder kop wordt niet gelezen."
    else:
        return
    faults.warnings.append(Fault(sheet.name, message, row=1, place=place))
