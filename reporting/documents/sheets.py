"""What a workbook of a draw holds, whatever the program that opens it: a sheet of what it is, and
one a chapter."""

from collections.abc import Iterable
from itertools import groupby

from cases.documents.ods import open_workbook
from cases.documents.sheets import Sheet, sheet_name
from cases.documents.xlsx import workbook
from reporting.documents.rows import FigureRow
from reporting.documents.source import Source
from reporting.presenting import words

HEADER = ("Sleutel", "Cijfer", "Uitsplitsing", "Eenheid", "Waarde", "Hoe geteld", "Waarom leeg")
WIDTHS = (34, 42, 34, 16, 10, 90, 40)  # characters


def as_xlsx(source: Source) -> bytes:
    made = source.dates.known_on
    return workbook(sheets_of(source), title=source.title, widths=WIDTHS, made=made)


def as_ods(source: Source) -> bytes:
    return open_workbook(sheets_of(source), title=source.title, made=source.dates.known_on)


def sheets_of(source: Source) -> list[Sheet]:
    """The numbers as numbers, to count with; all else as text, which is never a formula."""
    rows, dates = source.rows, source.dates
    about = (
        (f"{source.title} van het Ondersteuningsteam", ""),
        ("Periode", words.span(dates.period_start, dates.reference_date)),
        ("Peildatum", words.long_day(dates.reference_date)),
        ("Zoals bekend op", words.instant(dates.known_on)),
        ("Aantal cijfers", len(rows)),
        ("Leeg bij Waarde", "Het getal is te klein om te tonen, of er is niets om te tellen."),
    )
    return [Sheet("Over", about), *_by_chapter([*rows, *source.quoted]), *_appendix(source)]


def _by_chapter(rows: Iterable[FigureRow]) -> list[Sheet]:
    sheets = []
    for place, (chapter, ones) in enumerate(groupby(rows, lambda row: row.chapter), start=1):
        lines = tuple(
            (one.key, one.figure, one.part, one.unit, one.value, one.meaning, one.empty)
            for one in ones
        )
        name = sheet_name(f"{place} {chapter or 'Niet meer verklaard'}")
        sheets.append(Sheet(name, (HEADER, *lines)))
    return sheets


def _appendix(source: Source) -> list[Sheet]:
    """Its tables as they are read: their numbers stand as text, for they are not for counting."""
    return [
        Sheet(sheet_name(listing.title), (listing.columns, *listing.rows))
        for listing in source.appendix
    ]
