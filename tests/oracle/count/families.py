"""Rules 4, 7, 8 and 9: what is counted per family that ever started."""

from tests.oracle.book import Book
from tests.oracle.count.basics import (
    NOT_IN_VIEW,
    Dates,
    Figures,
    code,
    several,
    tally,
    tally_distinct,
    theme,
)

ITEM_SHEETS = (
    ("request", "Ondersteuningsvragen", "vraag", "support_request"),
    ("support", "Ondersteuning", "vorm", "support_form"),
    ("result", "Resultaten", "resultaat", "result"),
)


def family_figures(book: Book, families: set[str], dates: Dates) -> Figures:
    figures: Figures = {"families.total": len(families)}
    figures |= _wishes_and_reasons(book, families)
    figures |= _regions(book, families, dates)
    for name, sheet, column, list_name in ITEM_SHEETS:
        items = []
        for row in book[sheet]:
            if row["gezinsnummer"] in families and dates.counts(row, "datum"):
                items.append((row["gezinsnummer"], code(list_name, row[column])))
        themes = [(family, theme(list_name, item)) for family, item in items]
        figures |= tally_distinct(f"families.{name}.theme", themes)
        figures |= tally_distinct(f"families.{name}.item", items)
    return figures | _analyses(book, families, dates)


def _wishes_and_reasons(book: Book, families: set[str]) -> Figures:
    """A cell of several values that is empty holds no value at all: no key for 'not in view'."""
    desired, reasons, multiple = [], [], 0
    for row in book["Gezinnen"]:
        if row["gezinsnummer"] not in families:
            continue
        for label in several(row["gewenste gezinssituatie"]):
            desired.append(code("desired_situation", label))
        given = several(row["redenen uithuisplaatsing"])
        for label in given:
            reasons.append(code("placement_reason", label))
        if len(given) > 1:
            multiple += 1
    figures = tally("families.desired_situation", desired)
    figures |= tally("families.placement_reason", reasons)
    return figures | {"families.placement_reason.multiple": multiple}


def _regions(book: Book, families: set[str], dates: Dates) -> Figures:
    pairs = set()
    for row in book["Betrokken instellingen"]:
        if row["gezinsnummer"] in families and dates.is_open(row["vanaf"], row["tot"]):
            pairs.add((row["gezinsnummer"], code("youth_region", row["jeugdzorgregio"])))
    regions = {region for _, region in pairs if region != NOT_IN_VIEW}
    figures: Figures = {"families.regions_involved": len(regions)}
    return figures | tally_distinct("families.region", pairs)


def _analyses(book: Book, families: set[str], dates: Dates) -> Figures:
    completed, in_progress = set(), set()
    for row in book["Verklarende analyses"]:
        family = row["gezinsnummer"]
        if family not in families:
            continue
        # An empty cell here says that it has not come to that yet.
        begun = row["gestart op"] is not None and dates.happened(row["gestart op"])
        finished = row["afgerond op"] is not None and dates.happened(row["afgerond op"])
        if finished:
            completed.add(family)
        elif begun:
            in_progress.add(family)
    return {
        "families.analysis.completed": len(completed),
        "families.analysis.in_progress": len(in_progress),
    }
