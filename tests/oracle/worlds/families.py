"""The sheets about families and the people in them, and what is undated or half-open there."""

from typing import NamedTuple

from tests.oracle.worlds.maker import Maker


class Family(NamedTuple):
    number: str
    children: list[str]
    others: list[str]  # parents, and everybody else who is not a child

    @property
    def people(self) -> list[str]:
        return [*self.others, *self.children]


def add_family(maker: Maker) -> Family:
    family = Family(maker.number("G"), [], [])
    maker.add(
        "Gezinnen",
        family.number,
        maker.label_or_empty("family_composition"),
        maker.several_labels("desired_situation"),
        maker.several_labels("placement_reason"),
    )
    add_people(maker, family)
    add_institutions(maker, family)
    add_custody(maker, family)
    for child in family.children:
        add_placements(maker, child)
    return family


def add_people(maker: Maker, family: Family) -> None:
    """At least one adult, so that somebody can register."""
    for usual in ("Moeder", "Vader", "Vader")[: maker.how_many(3, least=1)]:
        role = maker.one_of(usual, usual, "Moeder", "Vader", None, "Anders")
        family.others.append(_add_person(maker, family, "P", role))
    for _ in range(maker.how_many(3)):
        family.children.append(_add_person(maker, family, "K", "Kind"))


def _add_person(maker: Maker, family: Family, letter: str, role: str | None) -> str:
    number = maker.number(letter)
    maker.add(
        "Personen",
        number,
        family.number,
        role,
        f"Voornaam{number}",
        f"Achternaam{family.number}",
        maker.one_of(None, maker.day()) if role == "Kind" else None,
        f"{number.lower()}@example.org" if role != "Kind" else None,
        f"06{number[1:]:>08}" if role != "Kind" else None,
    )
    return number


def add_custody(maker: Maker, family: Family) -> None:
    for child in family.children:
        for parent in family.others:
            answer = maker.one_of(None, "ja", "nee")
            if answer is not None:
                maker.add("Gezag", parent, child, answer)


def add_custody_across(maker: Maker, families: list[Family]) -> None:
    """Somebody of one family with custody over a child of another."""
    for child_family in families[1:]:
        if child_family.children and maker.one_of(False, False, True):
            parent = families[0].others[0]
            maker.add("Gezag", parent, child_family.children[0], maker.one_of("ja", "nee"))


def add_institutions(maker: Maker, family: Family) -> None:
    for _ in range(maker.how_many(3)):
        begin = maker.optional_day()
        maker.add(
            "Betrokken instellingen",
            family.number,
            maker.label("certified_institution", first=3),
            maker.label("youth_region", first=4),
            begin,
            maker.day_from_or_empty(begin),
        )


def add_placements(maker: Maker, child: str) -> None:
    """Overlapping, too: often begun on one and the same day, and still open."""
    usual_begin = maker.some_time_before()
    for _ in range(maker.one_of(2, 1, 3, 0)):
        begin = maker.one_of(usual_begin, maker.optional_day())
        maker.add(
            "Uithuisplaatsingen",
            child,
            begin,
            maker.one_of(None, maker.day_from_or_empty(begin)),
            maker.one_of(None, "ja", "nee"),
            maker.label_or_empty("residence"),
        )
