"""The other sheets: supervisors, what was asked, given and reached, complaints, activities."""

from tests.oracle.count.basics import LISTS
from tests.oracle.worlds.families import Family
from tests.oracle.worlds.maker import Maker

PER_CHILD = {item["label"] for item in LISTS["result"] if item.get("per") == "child"}


def add_supervisors(maker: Maker) -> None:
    for _ in range(maker.how_many(3)):
        number = maker.number("pb")
        begin = maker.optional_day()
        maker.add(
            "Procesbegeleiders",
            f"{number}@example.org",
            f"Begeleider {number}",
            maker.one_of(None, "Team Noord", "Team Zuid"),
            maker.one_of(1.0, 0.67, 0.8, 0.35, 0.01),
            begin,
            maker.day_from_or_empty(begin),
        )


def add_support(maker: Maker, family: Family) -> None:
    for sheet, list_name in (
        ("Ondersteuningsvragen", "support_request"),
        ("Ondersteuning", "support_form"),
    ):
        for _ in range(maker.how_many(3)):
            day = maker.optional_day()
            item = maker.label(list_name, first=5)
            maker.add(sheet, family.number, item, day, maker.day_from_or_empty(day))


def add_results(maker: Maker, family: Family) -> None:
    for _ in range(maker.how_many(3)):
        if family.children and maker.one_of(True, False):
            child = maker.one_of(*family.children)
            item = maker.one_of(*sorted(PER_CHILD), maker.label("result"))
        else:
            child, item = None, _item_of_a_family(maker)
        day = maker.optional_day()
        maker.add("Resultaten", family.number, child, item, day, maker.day_from_or_empty(day))


def _item_of_a_family(maker: Maker) -> str:
    items = [item["label"] for item in LISTS["result"] if item["label"] not in PER_CHILD]
    return maker.one_of(*items)


def add_analyses(maker: Maker, family: Family) -> None:
    for _ in range(maker.how_many(2)):
        asked = maker.optional_day()
        begun = maker.day_from_or_empty(asked)
        finished = maker.day_from_or_empty(begun or asked)
        maker.add("Verklarende analyses", family.number, asked, begun, finished)


def add_complaints(maker: Maker, families: list[Family]) -> None:
    for _ in range(maker.how_many(3)):
        received = maker.day()
        maker.add(
            "Klachten",
            maker.number("KL"),
            maker.one_of(None, *[family.number for family in families]),
            received,
            maker.day_from_or_empty(received),
            "Informatie op de website",
            maker.one_of(None, "De tekst is aangepast"),
        )


def add_activities(maker: Maker) -> None:
    for _ in range(maker.how_many(4)):
        maker.add(
            "Activiteiten",
            maker.label("activity_section"),
            maker.one_of("Nooit Neutraal", "Commissie Hamer"),
            maker.one_of(None, "Werksessie"),
            maker.one_of(None, "OT"),
            maker.one_of(None, "Docenten"),
            maker.day(),
            maker.one_of(None, "maandelijks"),
        )
