"""A workbook read with python-calamine: its sheets as rows of typed cells, with their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from .opening import DAMAGED, opened
from .parts import Place
from .surveying import Survey
from .unreadable import UnreadableBook


@dataclass
class Page:
    """One sheet as it stands in the book. `rows` holds (number in Excel, cells); no empty ones."""

    name: str
    headings: list[Any]
    rows: list[tuple[int, list[Any]]]
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)


@dataclass
class Book:
    name: str
    pages: list[Page]


def read_book(path: Path) -> Book:
    """Every sheet of the book. Raises UnreadableBook, in one Dutch sentence."""
    with opened(path) as (copy, survey):
        try:
            return Book(path.name, list(_pages(copy, survey)))
        except CalamineError as error:
            raise UnreadableBook(DAMAGED.format(name=path.name)) from error
        except BaseException as error:
            # A panic of the reader is no Exception, and says no more than that it gave up.
            if type(error).__name__ == "PanicException":
                raise UnreadableBook(DAMAGED.format(name=path.name)) from None
            raise


def _pages(copy: Path, survey: Survey) -> Iterator[Page]:
    with CalamineWorkbook.from_path(copy) as workbook:
        for name in workbook.sheet_names:
            page = Page(name, [], [], survey.formulas.get(name, set()), survey.errors.get(name, {}))
            _fill(page, workbook.get_sheet_by_name(name))
            yield page


def _fill(page: Page, sheet: CalamineSheet) -> None:
    """The reader starts at the first filled column, and sees nothing in a cell with an error or
    with a formula without a value; a row of only such cells is a row all the same."""
    skipped = [""] * (sheet.start[1] if sheet.start else 0)
    marked = {row for row, _ in (*page.formulas, *page.errors)}
    number = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number == 1:
            page.headings = skipped + cells
        elif number in marked or any(map(_is_filled, cells)):
            page.rows.append((number, skipped + cells))
    page.rows.extend((row, []) for row in sorted(marked) if row > max(number, 1))


def _is_filled(cell: Any) -> bool:
    return cell != "" and not (isinstance(cell, str) and cell.isspace())
