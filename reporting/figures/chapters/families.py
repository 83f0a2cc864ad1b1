"""Families: regions, wishes, reasons of placement, explanatory analyses."""

from django.db.models import Q

from reporting.figures.declarations import EVERY, Breakdown, Chapter, Count
from reporting.figures.labels import CodeList
from reporting.figures.units import FAMILIES, INVOLVED, PLACEMENT_REASONS, REGIONS, WISHES

CHAPTER = Chapter(
    "gezinnen",
    "Gezinnen",
    (
        Count(
            key="families.total",
            label="Gezinnen die wij ondersteunen of ondersteunden",
            rows=FAMILIES,
            where=EVERY,
            footnote="Gezinnen met minstens één traject dat ooit is gestart.",
            parts=("families.custody",),
            sentence="gezinnen die wij ondersteunen of ondersteunden",
            meaning="Een gezin telt één keer, hoeveel aanmeldingen het ook heeft.",
            headline="gezinnen",
        ),
        Count(
            key="families.regions_involved",
            label="Jeugdzorgregio's met een betrokken instelling",
            rows=REGIONS,
            where=EVERY,
            sentence="jeugdzorgregio's met een instelling die bij een gezin is betrokken",
            meaning="De betrokkenheid duurt nog aan het eind van {reference_date}.",
        ),
        Breakdown(
            key="families.region",
            label="Gezinnen per betrokken jeugdzorgregio",
            rows=INVOLVED,
            where=EVERY,
            by="region_id",
            labels=CodeList("youth_region"),
            fine=True,
            unknown=None,
            meaning="De betrokkenheid duurt nog aan het eind van {reference_date}.",
        ),
        Breakdown(
            key="families.desired_situation",
            label="Gewenste gezinssituatie",
            rows=WISHES,
            where=EVERY,
            by="situation_id",
            labels=CodeList("desired_situation"),
            unknown=None,
            meaning="Wat een gezin wenst, voor zover bekend.",
        ),
        Breakdown(
            key="families.placement_reason",
            label="Reden van de uithuisplaatsing",
            rows=PLACEMENT_REASONS,
            where=EVERY,
            by="reason_id",
            labels=CodeList("placement_reason"),
            fine=True,
            unknown=None,
            meaning="De redenen die procesbegeleiders en ouders noemen.",
        ),
        Count(
            key="families.placement_reason.multiple",
            label="Meer dan één reden",
            rows=FAMILIES,
            where=Q(reasons_known__gt=1),
            sentence="{unit} met meer dan één reden",
            meaning="Gezinnen met twee of meer redenen uit de lijst hierboven.",
        ),
        Count(
            key="families.analysis.completed",
            label="Verklarende analyse afgerond",
            rows=FAMILIES,
            where=Q(analyses_finished__gt=0),
            sentence="{unit} met een afgeronde verklarende analyse",
            meaning="Afgerond op of voor {reference_date}.",
            footnote="Een gezin kan ook nog een lopende analyse hebben.",
        ),
        Count(
            key="families.analysis.in_progress",
            label="Verklarende analyse loopt",
            rows=FAMILIES,
            where=Q(analyses_running__gt=0),
            sentence="{unit} met een verklarende analyse die nog loopt",
            meaning="Begonnen op of voor {reference_date}, en toen nog niet afgerond.",
        ),
    ),
)
