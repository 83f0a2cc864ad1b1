"""Complaints, formation, and how the team shares what it learns."""

from reporting.figures.declarations import EVERY, Breakdown, Chapter, Count, Total
from reporting.figures.labels import CodeList
from reporting.figures.units import ACTIVITIES, EMPLOYMENTS, HANDLED, RECEIVED

CHAPTER = Chapter(
    "organisatie",
    "Organisatie",
    (
        Count(
            key="complaints.received",
            label="Klachten ontvangen in de periode",
            rows=RECEIVED,
            where=EVERY,
            sentence="{unit} in deze periode ontvangen",
            meaning="Ontvangen van {period_start} tot en met {reference_date}.",
        ),
        Count(
            key="complaints.handled",
            label="Klachten afgehandeld in de periode",
            rows=HANDLED,
            where=EVERY,
            sentence="{unit} in deze periode afgehandeld",
            meaning="Afgehandeld van {period_start} tot en met {reference_date}.",
        ),
        Total(
            key="supervisors.fte",
            label="Formatie procesbegeleiders (fte)",
            rows=EMPLOYMENTS,
            where=EVERY,
            of="fte",
            sentence="fte procesbegeleiders",
            meaning="De som van alle aanstellingen op {reference_date}.",
        ),
        Breakdown(
            key="activities",
            label="Activiteiten en publicaties, dit kalenderjaar",
            rows=ACTIVITIES,
            where=EVERY,
            by="section_id",
            labels=CodeList("activity_section"),
            unknown=None,
            meaning="Van 1 januari {year} tot en met {reference_date}.",
        ),
    ),
)
