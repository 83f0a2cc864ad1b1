"""Rule 6: custody, per parent and per family."""

from tests.oracle.book import Book, Row
from tests.oracle.count.basics import NOT_IN_VIEW, Figures, several, tally


def custody_figures(
    book: Book, registrations: list[Row], families: set[str], children: dict[str, str]
) -> Figures:
    rows = [row for row in book["Gezag"] if row["kindnummer"] in children]
    parents = _registered_parents(book, registrations, families)
    figures = tally("parents.custody", [_of_parent(parent, rows) for parent in parents])
    by_family: dict[str, list[Row]] = {family: [] for family in families}
    for row in rows:
        # A row belongs to the family of the child, whoever's family the parent is in.
        by_family[children[row["kindnummer"]]].append(row)
    return figures | tally("families.custody", [_of_family(each) for each in by_family.values()])


def _registered_parents(book: Book, registrations: list[Row], families: set[str]) -> set[str]:
    roles = {row["persoonsnummer"]: row["rol"] for row in book["Personen"]}
    parents = set()
    for registration in registrations:
        if registration["gezinsnummer"] in families:
            for person in several(registration["aanmelders"]):
                if roles[person] in ("Moeder", "Vader"):
                    parents.add(person)
    return parents


def _of_parent(parent: str, rows: list[Row]) -> str:
    answers = {row["gezag"] for row in rows if row["oudernummer"] == parent}
    if answers == {"ja", "nee"}:
        return "some"
    if answers == {"ja"}:
        return "all"
    if answers == {"nee"}:
        return "none"
    return NOT_IN_VIEW


def _of_family(rows: list[Row]) -> str:
    if not rows:
        return NOT_IN_VIEW
    holders = {row["oudernummer"] for row in rows if row["gezag"] == "ja"}
    if len(holders) >= 2:
        return "both_parents"
    return "one_parent" if holders else "none"
