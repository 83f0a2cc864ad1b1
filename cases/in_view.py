"""What a file can leave blank that the quarter's figures then show as 'niet in beeld'."""

from dataclasses import dataclass

from facts.words import many

NOT_IN_VIEW = "niet in beeld"


@dataclass(frozen=True)
class Blank:
    """`what` is missing, of how many: `one` or `more` of them (empty: it isn't counted).

    `figures`: the breakdowns that show it as not in view.
    """

    code: str
    what: str
    one: str
    more: str
    figures: tuple[str, ...]

    def words(self, number: int) -> str:
        """gezag van 2 ouders; route"""
        return f"{self.what} van {many(number, self.one, self.more)}" if self.one else self.what


ROUTE = Blank("route", "route", "", "", ("registrations.route",))
ROLE = Blank("role", "rol van de aanmelder", "", "", ("registrations.supported_person",))
COMPOSITION = Blank("composition", "samenstelling", "", "", ("registrations.composition",))
CUSTODY_OF_PARENT = Blank("custody_of_parent", "gezag", "ouder", "ouders", ("parents.custody",))
CUSTODY_IN_FAMILY = Blank("custody_in_family", "gezag", "", "", ("families.custody",))
MEASURE = Blank("measure", "maatregel", "kind", "kinderen", ("children.measure",))
RESIDENCE = Blank("residence", "verblijfplaats", "kind", "kinderen", ("children.residence",))

BLANKS = (
    ROUTE,
    ROLE,
    COMPOSITION,
    CUSTODY_OF_PARENT,
    CUSTODY_IN_FAMILY,
    MEASURE,
    RESIDENCE,
)
