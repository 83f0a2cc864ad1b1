"""A checked book into the database: who is who, then what is gone, then what is new."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from uuid import UUID

from django.db import connection

from cases.models import FamilyMember
from cases.searching import index_people
from facts.bulk import BATCH, add_all, withdraw_all
from facts.models import Fact
from facts.recording import Recording

from .building import Wanted
from .comparing import Comparison, compare
from .lines import Line
from .outcome import Counts
from .sheets import Sheet
from .unreadable import Refused
from .world import World, settle_who_is_who

Advance = Callable[[str, int], None]
CHANGED_MEANWHILE = (
    "Tijdens de import heeft iemand iets gewijzigd dat ook in het werkboek staat. Er is niets "
    "opgeslagen; start de import opnieuw."
)


def store(
    sheets: tuple[Sheet, ...], lines: dict[str, list[Line]], at: Recording, advance: Advance
) -> dict[str, Counts]:
    """Everything, in the transaction of `at`. Raises Refused when someone else was at it too."""
    world = settle_who_is_who(lines, at)
    compared = {sheet: _compare(sheet, lines[sheet.name], world) for sheet in sheets}
    every = [comparison for comparisons in compared.values() for comparison in comparisons]
    # First all that goes, then all that comes: a number may move from one family to another.
    for comparison in every:
        _lock(comparison.withdraw)
        withdraw_all(comparison.withdraw, at=at)
    for sheet, comparisons in compared.items():
        for comparison in comparisons:
            add_all(comparison.add, at=at)
        advance(sheet.name, len(lines[sheet.name]))
    index_people(_touched_people(every, world))
    _let_the_database_judge()
    return {
        sheet.name: _count(sheet, lines[sheet.name], comparisons, world)
        for sheet, comparisons in compared.items()
    }


def _touched_people(comparisons: list[Comparison], world: World) -> set[UUID]:
    """Those of whom a name, a way to reach them or their place in a family came or went."""
    facts = [fact for comparison in comparisons for fact in (*comparison.add, *comparison.withdraw)]
    members = {fact.person_id for fact in facts if isinstance(fact, FamilyMember)}
    return members | (world.updated & {person.pk for person in world.people.values()})


def _let_the_database_judge() -> None:
    """Now, and not at the commit: then its refusal can still be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _compare(sheet: Sheet, lines: list[Line], world: World) -> list[Comparison]:
    if not lines and not sheet.about_families:
        return []  # a sheet about itself says nothing when it is empty
    wanted: dict[type[Fact], list[Wanted]] = defaultdict(list)
    for want in _wanted(sheet, lines, world):
        wanted[type(want.fact)].append(want)
    return [compare(kind, wanted[kind.model], world) for kind in sheet.kinds]


def _wanted(sheet: Sheet, lines: list[Line], world: World) -> Iterator[Wanted]:
    for line in lines:
        if line.identical_to is None:
            yield from sheet.facts(line, world)


def _lock(facts: list[Fact]) -> None:
    """Keep others from withdrawing the same facts, and see that nobody has."""
    for start in range(0, len(facts), BATCH):
        batch = facts[start : start + BATCH]
        ours = type(batch[0])._default_manager.filter(
            pk__in=[fact.pk for fact in batch], withdrawn_at__isnull=True
        )
        if len(ours.select_for_update().values_list("pk")) < len(batch):
            raise Refused(CHANGED_MEANWHILE)


def _count(sheet: Sheet, lines: list[Line], comparisons: list[Comparison], world: World) -> Counts:
    double = sum(line.identical_to is not None for line in lines)
    counts = Counts(rows=len(lines), double=double)
    if not comparisons:
        return counts
    if sheet.numbered:
        _count_numbers(counts, sheet, lines, comparisons, world)
    else:
        _count_rows(counts, sheet, lines, comparisons[0], world)
    return counts


def _count_numbers(
    counts: Counts,
    sheet: Sheet,
    lines: list[Line],
    comparisons: list[Comparison],
    world: World,
) -> None:
    """By number: new when nothing stood for it, changed when any of its facts did."""
    named = {_identity(sheet, line, world) for line in lines}
    # A family stands by itself, whether anything is known of it or not.
    stood = named & world.stood if sheet.name == "Gezinnen" else comparisons[0].stood
    touched = world.updated.union(*(c.lost.keys() | c.gained.keys() for c in comparisons))
    counts.new = len(named - stood)
    counts.changed = len(named & stood & touched)
    counts.unchanged = len(named) - counts.new - counts.changed
    counts.withdrawn = len(comparisons[0].lost.keys() - named)


def _count_rows(
    counts: Counts, sheet: Sheet, lines: list[Line], comparison: Comparison, world: World
) -> None:
    """Per owner: as many rows changed as were both lost and gained. A row that stayed as it was,
    about an account whose name or team changed, changed too."""
    lost, gained = comparison.lost, comparison.gained
    replaced = sum(min(number, gained[owner]) for owner, number in lost.items())
    counts.new = gained.total() - replaced
    counts.withdrawn = lost.total() - replaced
    about = (_identity(sheet, line, world) for line in lines)
    renamed = sum(
        who in world.updated and not lost[who] and not gained[who] for who in about if who
    )
    counts.changed = replaced + renamed
    counts.unchanged = comparison.kept - renamed


def _identity(sheet: Sheet, line: Line, world: World) -> Hashable:
    """Who or what a row is about, where that lives on whatever is known of it."""
    match sheet.name:
        case "Gezinnen":
            return world.families[line.number].pk
        case "Personen":
            return world.people[line.number].pk
        case "Aanmeldingen":
            return world.registrations[line.number].pk
        case "Procesbegeleiders":
            return world.accounts[line.data["email"]].pk
    return line.number
