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
        ),
        Count(
            key="complaints.handled",
            label="Klachten afgehandeld in de periode",
            rows=HANDLED,
            where=EVERY,
        ),
        Total(
            key="supervisors.fte",
            label="Formatie procesbegeleiders (fte)",
            rows=EMPLOYMENTS,
            where=EVERY,
            of="fte",
        ),
        Breakdown(
            key="activities",
            label="Activiteiten en publicaties, dit kalenderjaar",
            rows=ACTIVITIES,
            where=EVERY,
            by="section_id",
            labels=CodeList("activity_section"),
            unknown=None,
        ),
    ),
)
