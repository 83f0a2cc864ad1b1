"""What the rows of a sheet become: facts, and from when each would be known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Employment
from cases import models
from facts.dates import start_of_day
from facts.models import Fact

from .lines import Line
from .unreadable import Refused
from .world import World

BORN_TOO_LATE = (
    "Volgens het dossier is {number} overleden voor de geboortedatum in het werkboek. Er is niets "
    "opgeslagen; verbeter een van beide en start de import opnieuw."
)


@dataclass
class Wanted:
    """A fact that the book asks for. `written` is what 'verwerkt op' says; `first` is from when
    the fact counts as known if it comes with a first import. Neither: known from this import on.
    What replaces something else is known from this import on whatever they say (comparing)."""

    fact: Fact
    written: datetime | None = None
    first: datetime | None = None


def dated(fact: Fact, line: Line, *, first_import: bool) -> Wanted:
    """A row with a day of its own: at a first import it counts as known from that day on."""
    day: date | None = line.data["recorded_on"]
    written = start_of_day(day) if day else None
    return Wanted(fact, written, start_of_day(line.data["happened_on"]) if first_import else None)


def _undated(fact: Fact, family: str, world: World) -> Wanted:
    """Known from the family's first registration on; of a later book, from its import on."""
    first = world.first_known.get(family) if world.is_new(family) else None
    return Wanted(fact, first=first)


def _id(code: models.Code | None) -> str | None:
    return code.pk if code else None


def family(line: Line, world: World) -> Iterator[Wanted]:
    pk, data = world.families[line.number].pk, line.data
    if data["composition"]:
        fact: Fact = models.FamilyComposition(family_id=pk, composition_id=data["composition"].pk)
        yield _undated(fact, line.number, world)
    for code in data["desired_situations"]:
        fact = models.DesiredSituation(family_id=pk, situation_id=code.pk)
        yield _undated(fact, line.number, world)
    for code in data["placement_reasons"]:
        fact = models.PlacementReason(family_id=pk, reason_id=code.pk)
        yield _undated(fact, line.number, world)


def member(line: Line, world: World) -> Iterator[Wanted]:
    """A book has no column for a death: what the file says of that stays as it stands."""
    person, born = world.people[line.number].pk, line.data["birth_date"]
    died = world.died_on.get(person)
    if died and born and born > died:
        raise Refused(BORN_TOO_LATE.format(number=line.number))
    fact = models.FamilyMember(
        person_id=person,
        family_id=_family(line, world),
        role=line.data["role"],
        birth_date=born,
        died_on=died,
    )
    yield _undated(fact, line.data["family"], world)


def custody(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.Custody(
        parent_id=world.people[line.data["parent"]].pk,
        child_id=world.people[line.data["child"]].pk,
        holds=line.data["holds"],
    )
    yield _undated(fact, world.family_of[line.data["child"]], world)


def involvement(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.InstitutionInvolvement(
        family_id=_family(line, world),
        institution_id=line.data["institution"].pk,
        region_id=line.data["region"].pk,
        happened_on=line.data["happened_on"],
        ended_on=line.data["ended_on"],
    )
    yield _of_family(fact, line, world)


def placement(line: Line, world: World) -> Iterator[Wanted]:
    child = line.data["child"]
    fact = models.Placement(
        child_id=world.people[child].pk,
        measure=line.data["measure"],
        residence_id=_id(line.data["residence"]),
        happened_on=line.data["happened_on"],
        ended_on=line.data["ended_on"],
    )
    yield dated(fact, line, first_import=world.is_new(world.family_of[child]))


def intake(line: Line, world: World) -> Iterator[Wanted]:
    """The row, and its applicants: those are known when the row is."""
    pk, data = world.registrations[line.number].pk, line.data
    row = _of_family(
        models.Intake(
            registration_id=pk,
            family_id=_family(line, world),
            happened_on=data["happened_on"],
            route_id=_id(data["route"]),
            referrer_id=_id(data["referrer"]),
            phone_contact_on=data["phone_contact_on"],
            welcome_scheduled_on=data["welcome_scheduled_on"],
        ),
        line,
        world,
    )
    yield row
    for position, number in enumerate(data["applicants"], start=1):
        applicant = models.Applicant(
            registration_id=pk, person_id=world.people[number].pk, position=position
        )
        yield Wanted(applicant, row.written, row.first)


def status(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.StatusChange(
        registration_id=_registration(line, world),
        status=int(line.data["status"]),
        reason_id=_id(line.data["reason"]),
        happened_on=line.data["happened_on"],
    )
    yield _of_registration(fact, line, world)


def assignment(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.Assignment(
        registration_id=_registration(line, world),
        supervisor_id=world.accounts[line.data["supervisor"]].pk,
        happened_on=line.data["happened_on"],
        ended_on=line.data["ended_on"],
    )
    yield _of_registration(fact, line, world)


def request(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.SupportRequest(
        family_id=_family(line, world),
        request_id=line.data["request"].pk,
        happened_on=line.data["happened_on"],
    )
    yield _of_family(fact, line, world)


def support(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.Support(
        family_id=_family(line, world),
        form_id=line.data["form"].pk,
        happened_on=line.data["happened_on"],
    )
    yield _of_family(fact, line, world)


def result(line: Line, world: World) -> Iterator[Wanted]:
    child = line.data["child"]
    fact = models.Result(
        family_id=_family(line, world),
        child_id=world.people[child].pk if child else None,
        result_id=line.data["result"].pk,
        happened_on=line.data["happened_on"],
    )
    yield _of_family(fact, line, world)


def analysis(line: Line, world: World) -> Iterator[Wanted]:
    fact = models.ExplanatoryAnalysis(
        family_id=_family(line, world),
        happened_on=line.data["happened_on"],
        begun_on=line.data["begun_on"],
        finished_on=line.data["finished_on"],
    )
    yield _of_family(fact, line, world)


def complaint(line: Line, world: World) -> Iterator[Wanted]:
    """Not every complaint is a family's."""
    family = line.data["family"]
    fact = models.Complaint(
        number=line.number,
        family_id=_family(line, world) if family else None,
        happened_on=line.data["happened_on"],
        handled_on=line.data["handled_on"],
        subject=line.data["subject"],
        measure_taken=line.data["measure_taken"],
    )
    is_first = world.is_new(family) if family else world.is_first_of(models.Complaint)
    yield dated(fact, line, first_import=is_first)


def employment(line: Line, world: World) -> Iterator[Wanted]:
    fact = Employment(
        supervisor_id=world.accounts[line.data["email"]].pk,
        fte=line.data["fte"],
        happened_on=line.data["happened_on"],
        ended_on=line.data["ended_on"],
    )
    # The sheet speaks of no family: its first import is the one that finds nothing of the kind.
    yield dated(fact, line, first_import=world.is_first_of(Employment))


def _family(line: Line, world: World) -> UUID:
    return world.families[line.data["family"]].pk


def _registration(line: Line, world: World) -> UUID:
    return world.registrations[line.data["registration"]].pk


def _of_family(fact: Fact, line: Line, world: World) -> Wanted:
    return dated(fact, line, first_import=world.is_new(line.data["family"]))


def _of_registration(fact: Fact, line: Line, world: World) -> Wanted:
    family = world.family_of[line.data["registration"]]
    return dated(fact, line, first_import=world.is_new(family))
