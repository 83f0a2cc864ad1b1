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
            sentence="{unit} in de gezinnen die wij ondersteunen of ondersteunden",
            meaning="Kinderen die na {reference_date} zijn geboren, tellen niet mee.",
        ),
        Count(
            key="children.placed_ever",
            label="Ooit uit huis geplaatst",
            rows=CHILDREN,
            where=Q(placed_ever=True),
            parts=("children.measure",),
            sentence="{unit} ooit uit huis geplaatst",
            meaning="Minstens één uithuisplaatsing begon op of voor {reference_date}.",
        ),
        Count(
            key="children.placed_now",
            label="Nu uit huis geplaatst",
            rows=CHILDREN,
            where=Q(placed_now=True),
            parts=("children.residence",),
            sentence="{unit} nu uit huis geplaatst",
            meaning="Een uithuisplaatsing duurt nog aan het eind van {reference_date}.",
            headline="kinderen nu uit huis",
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
            sentence="{unit} met een uithuisplaatsing, van wie bekend is of er een maatregel was",
            meaning="Bij minstens één uithuisplaatsing staat of er een maatregel was.",
        ),
        Breakdown(
            key="children.measure",
            label="Jeugdbeschermingsmaatregel, over alle uithuisplaatsingen",
            rows=CHILDREN,
            where=Q(placed_ever=True),
            by="measure",
            labels=MEASURE,
            meaning="Alle uithuisplaatsingen van een kind samen. "
            "Plaatsingen waarvan het niet bekend is, blijven daarbij buiten beschouwing.",
            scale=True,
        ),
        Breakdown(
            key="children.residence",
            label="Waar uithuisgeplaatste kinderen nu wonen",
            rows=CHILDREN,
            where=Q(placed_now=True),
            by="residence",
            labels=CodeList("residence"),
            meaning="De verblijfplaats bij de uithuisplaatsing die het laatst begon en nog duurt.",
        ),
        Count(
            key="children.returned_home",
            label="Teruggeplaatste kinderen",
            rows=CHILDREN,
            where=Q(returned_home=True),
            sentence="{unit} teruggeplaatst",
            meaning="Kinderen met dat resultaat, sinds de start van het Ondersteuningsteam.",
        ),
    ),
)
