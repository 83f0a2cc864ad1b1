"""The children of the families that we support or supported, and their placements."""

from django.db.models import Q

from reporting.figures.declarations import EVERY, Breakdown, Chapter, Count
from reporting.figures.labels import CodeList, Fixed
from reporting.figures.units import CHILDREN

MEASURE = Fixed(
    {
        "with_measure": "Met jeugdbeschermingsmaatregel",
        "without_measure": "Zonder jeugdbeschermingsmaatregel",
        "both": "Zowel met als zonder jeugdbeschermingsmaatregel",
    }
)

CHAPTER = Chapter(
    "kinderen",
    "Kinderen en uithuisplaatsingen",
    (
        Count(
            key="children.total",
            label="Kinderen in de gezinnen",
            rows=CHILDREN,
            where=EVERY,
            footnote="Gezinnen met minstens één traject dat ooit is gestart; alle leeftijden.",
        ),
        Count(
            key="children.placed_ever",
            label="Ooit uit huis geplaatst",
            rows=CHILDREN,
            where=Q(placed_ever=True),
            parts=("children.measure",),
        ),
        Count(
            key="children.placed_now",
            label="Nu uit huis geplaatst",
            rows=CHILDREN,
            where=Q(placed_now=True),
            parts=("children.residence",),
        ),
        Count(
            key="children.measure_known",
            label="Van wie bekend is of er een maatregel was",
            rows=CHILDREN,
            where=Q(placed_ever=True, measure__isnull=False),
            parts=(
                "children.measure.with_measure",
                "children.measure.without_measure",
                "children.measure.both",
            ),
        ),
        Breakdown(
            key="children.measure",
            label="Jeugdbeschermingsmaatregel, over alle uithuisplaatsingen",
            rows=CHILDREN,
            where=Q(placed_ever=True),
            by="measure",
            labels=MEASURE,
        ),
        Breakdown(
            key="children.residence",
            label="Waar uithuisgeplaatste kinderen nu wonen",
            rows=CHILDREN,
            where=Q(placed_now=True),
            by="residence",
            labels=CodeList("residence"),
        ),
        Count(
            key="children.returned_home",
            label="Teruggeplaatste kinderen",
            rows=CHILDREN,
            where=Q(returned_home=True),
        ),
    ),
)
