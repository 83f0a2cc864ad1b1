"""What families ask, get and reach: families with at least one, per theme and per item."""

from reporting.figures.declarations import EVERY, Breakdown, Chapter
from reporting.figures.labels import CodeList
from reporting.figures.units import REQUESTS, RESULTS, SUPPORT, Rows


def _by_theme_and_item(key: str, label: str, rows: Rows, items: str) -> tuple[Breakdown, ...]:
    since = "Gezinnen met minstens één, sinds de start van het Ondersteuningsteam."
    shared = {"rows": rows, "where": EVERY, "unknown": None, "meaning": since}
    return (
        Breakdown(
            key=f"{key}.theme",
            label=f"{label}, per thema",
            by="theme",
            labels=CodeList("theme"),
            footnote="Het aantal gezinnen met minstens één binnen het thema.",
            **shared,
        ),
        Breakdown(key=f"{key}.item", label=label, by="item", labels=CodeList(items), **shared),
    )


CHAPTER = Chapter(
    "ondersteuning",
    "Vragen, ondersteuning en resultaten",
    (
        *_by_theme_and_item(
            "families.request", "Ondersteuningsvragen", REQUESTS, "support_request"
        ),
        *_by_theme_and_item(
            "families.support", "Ondersteuning die wij bieden", SUPPORT, "support_form"
        ),
        *_by_theme_and_item("families.result", "Resultaten", RESULTS, "result"),
    ),
)
