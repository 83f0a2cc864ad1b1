"""A line of the read log as a Dutch sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import AccessLine
from cases.models import Family, Person, Registration
from facts.words import enumeration, many, moment

Action = AccessLine.Action

# What was done, and what was tried in vain; {what} is filled in.
DONE = {
    Action.READ: "bekeek {what}",
    Action.CREATE: "voegde iets toe aan {what}",
    Action.CHANGE: "wijzigde {what}",
    Action.DELETE: "verwijderde iets uit {what}",
    Action.LIST: "bekeek {what}",
    Action.SEARCH: "zocht in {what}",
    Action.EXPORT: "maakte een document van {what}",
    Action.PRINT: "drukte {what} af",
    Action.DRILL_DOWN: "keek achter {what}",
    Action.SIGN_IN: "logde in",
    Action.SIGN_OUT: "logde uit",
}
TRIED = "wilde {what} openen en mocht dat niet"
WHAT = {
    "gezin": "dossier {name}",
    "aanmelding": "aanmelding {name}",
    "lijst": "de lijst {part}",
    "leeslogboek": "het leeslogboek",
    "noodtoegang": "de noodtoegangen",
    "cijfer": "het cijfer {name}",
    "aanmelding via de site": "aanmelding {name} via de site",
    "persoon": "het overzicht van {name}",
}
NUMBERED = {"gezin": Family, "aanmelding": Registration, "persoon": Person}
A_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WHOLE = {"dossier", "aanmelding"}  # parts that need no saying


@dataclass(frozen=True)
class Told:
    """One line in words. `at` has its own column; the rest reads as one sentence."""

    number: int
    at: str
    who: str
    roles: str
    did: str
    people: str
    ground: str
    purpose: str
    refused: bool


def in_words(lines: Iterable[AccessLine]) -> list[Told]:
    """A query more for each kind of thing that is named by its number."""
    lines = list(lines)
    names = _names(lines)
    return [_told(line, names) for line in lines]


def _ground(line: AccessLine) -> str:
    if line.ground != AccessLine.Ground.SEVERAL:
        return line.get_ground_display()
    return enumeration(
        [f"{ground.label} ({people})" for ground, people in line.people_by_ground().items()]
    )


def _told(line: AccessLine, names: dict[str, str]) -> Told:
    refused = line.outcome == AccessLine.Outcome.REFUSED
    doing = TRIED if refused else DONE.get(Action(line.action), "deed iets met {what}")
    people = len(line.subjects)
    return Told(
        number=line.number,
        at=moment(line.at),
        who=line.actor.name if line.actor else "Iemand zonder account",
        roles=line.actor_roles,
        did=doing.format(what=_what(line, names)),
        people=f"{many(people, 'persoon', 'personen')} getoond" if people else "",
        ground="" if refused else _ground(line),
        purpose=line.purpose,
        refused=refused,
    )


def _what(line: AccessLine, names: dict[str, str]) -> str:
    name = names.get(line.object_id) or line.object_id or "zonder nummer"
    pattern = WHAT.get(line.object_type)
    if pattern is None:
        return f"{line.object_type} {line.object_id}".strip()
    whole = pattern.format(name=name, part=line.part)
    said = "{part}" in pattern or not line.part or line.part in WHOLE
    return whole if said else f"{whole} ({line.part})"


def _names(lines: list[AccessLine]) -> dict[str, str]:
    """The numbers of what the lines name by id."""
    found: dict[str, str] = {}
    for object_type, model in NUMBERED.items():
        ids = {line.object_id for line in lines if line.object_type == object_type}
        ids = {name for name in ids if A_UUID.fullmatch(name)}  # a line may name none
        rows = model.objects.filter(pk__in=ids).values_list("pk", "number")
        found |= {str(pk): number for pk, number in rows}
    return found
