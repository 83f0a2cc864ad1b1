"""Custody (gezag), counted per parent and per family."""

from reporting.figures.declarations import EVERY, Breakdown, Chapter
from reporting.figures.labels import Fixed
from reporting.figures.units import FAMILIES, PARENTS

OVER_CHILDREN = Fixed(
    {
        "all": "Gezag over alle kinderen",
        "some": "Gezag over sommige kinderen",
        "none": "Geen gezag",
    }
)
HOLDERS = Fixed(
    {
        "both_parents": "Gezag bij beide ouders",
        "one_parent": "Gezag bij één ouder",
        "none": "Gezag bij geen van de ouders",
    }
)

CHAPTER = Chapter(
    "gezag",
    "Gezag",
    (
        Breakdown(
            key="parents.custody",
            label="Ouders naar gezag",
            rows=PARENTS,
            where=EVERY,
            by="custody",
            labels=OVER_CHILDREN,
            footnote="Over de kinderen van wie het gezag bekend is.",
            meaning="Moeders en vaders op een aanmelding: hun gezag over kinderen in het gezin.",
            scale=True,
        ),
        Breakdown(
            key="families.custody",
            label="Gezinnen naar gezag",
            rows=FAMILIES,
            where=EVERY,
            by="custody",
            labels=HOLDERS,
            meaning="Hoeveel mensen in een gezin gezag hebben over minstens één kind.",
            scale=True,
        ),
    ),
)
