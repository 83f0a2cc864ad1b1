"""Rule 5, and the children of rule 8: placement, measure, residence, return."""

import datetime

from tests.oracle.book import Book, Row
from tests.oracle.count.basics import LISTS, NOT_IN_VIEW, Dates, Figures, code, tally

RESIDENCES = [item["code"] for item in LISTS["residence"]]


def children_of(book: Book, families: set[str], dates: Dates) -> dict[str, str]:
    """The children of rule 5: number -> family."""
    return {
        row["persoonsnummer"]: row["gezinsnummer"]
        for row in book["Personen"]
        if row["gezinsnummer"] in families
        and row["rol"] == "Kind"
        and dates.happened(row["geboortedatum"])
    }


def child_figures(book: Book, children: dict[str, str], dates: Dates) -> Figures:
    begun: dict[str, list[Row]] = {}
    still_open: dict[str, list[Row]] = {}
    for spell in book["Uithuisplaatsingen"]:
        child = spell["kindnummer"]
        if child in children and dates.happened(spell["begin"]):
            begun.setdefault(child, []).append(spell)
            if dates.is_open(spell["begin"], spell["einde"]):
                still_open.setdefault(child, []).append(spell)
    measures = [_measure(spells) for spells in begun.values()]
    figures: Figures = {
        "children.total": len(children),
        "children.placed_ever": len(begun),
        "children.placed_now": len(still_open),
        "children.measure_known": sum(measure != NOT_IN_VIEW for measure in measures),
        "children.returned_home": _returned_home(book, children, dates),
    }
    figures |= tally("children.measure", measures)
    return figures | tally("children.residence", [_residence(each) for each in still_open.values()])


def _measure(spells: list[Row]) -> str:
    answers = {spell["jeugdbeschermingsmaatregel"] for spell in spells} - {None}
    if answers == {"ja", "nee"}:
        return "both"
    if answers == {"ja"}:
        return "with_measure"
    if answers == {"nee"}:
        return "without_measure"
    return NOT_IN_VIEW


def _residence(open_spells: list[Row]) -> str:
    """Of the spell that began last; on one day a known residence first, then by list position."""
    last_begin = max(spell["begin"] or datetime.date.min for spell in open_spells)
    candidates = {
        code("residence", spell["verblijfplaats"])
        for spell in open_spells
        if (spell["begin"] or datetime.date.min) == last_begin
    }
    for residence in RESIDENCES:
        if residence in candidates:
            return residence
    return NOT_IN_VIEW


def _returned_home(book: Book, children: dict[str, str], dates: Dates) -> int:
    returned = set()
    for row in book["Resultaten"]:
        if (
            row["kindnummer"] in children
            and code("result", row["resultaat"]) == "child_returned_home"
            and dates.counts(row, "datum")
        ):
            returned.add(row["kindnummer"])
    return len(returned)
