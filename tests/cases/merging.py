"""Two families that turn out to be one, and what is compared of them before and after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from cases.merging.pairing import Pairing
from cases.models import (
    Contact,
    Custody,
    Family,
    FamilyComposition,
    FamilyMember,
    Person,
    Placement,
    Registration,
    SupportRequest,
    Task,
)
from cases.services import NewPerson, add_person, assign, note, register, start
from cases.services.tasks import plan_task
from tests.cases.office import LAST_MONTH, TODAY, colleague
from tests.cast import code, family_of


@dataclass
class Twice:
    """Sanne was registered twice: by phone, and again with Ruben. Lot is in both families."""

    tess: User
    fatima: User
    bob: User
    kept: Registration
    gone: Registration

    @property
    def pairing(self) -> Pairing:
        people = {self.person("Sanne", self.gone): self.person("Sanne", self.kept)}
        people |= {self.person("Lot", self.gone): self.person("Lot", self.kept)}
        return Pairing(
            family_of(self.kept),
            self.family_gone,
            {gone.pk: kept.pk for gone, kept in people.items()},
            {self.gone.pk: self.kept.pk},
        )

    @property
    def family(self) -> Family:
        return family_of(self.kept)

    def person(self, name: str, registration: Registration) -> Person:
        members = FamilyMember.objects.standing().filter(family=family_of(registration))
        return members.get(person__first_name=name).person

    def __post_init__(self) -> None:
        self.family_gone = family_of(self.gone)


def registered_twice() -> Twice:
    tess, fatima, bob = colleague("tess", "teammanager"), colleague("fatima"), colleague("bob")
    kept = _registered(fatima, NewPerson("Sanne", "Dorpstraat", role="mother"))
    gone = _registered(
        bob,
        NewPerson("Sanne", "Dorpstraat", role="mother", birth_date=date(1985, 3, 4), phone="06 1"),
        NewPerson("Ruben", "Kade", role="father"),
    )
    twice = Twice(tess, fatima, bob, kept, gone)
    for registration in (kept, gone):
        family = family_of(registration)
        lot = add_person(
            family=family,
            person=NewPerson("Lot", "Dorpstraat", role="child", birth_date=date(2015, 5, 6)),
            by=fatima,
        )
        sanne = twice.person("Sanne", registration)
        _notes(registration, family, sanne, lot)
    note(Custody(parent=twice.person("Ruben", gone), child=lot, holds=False), by=bob)
    return twice


def _registered(supervisor: User, *people: NewPerson) -> Registration:
    registration = register(applicants=people, happened_on=LAST_MONTH, by=supervisor)
    start(registration=registration, on=LAST_MONTH, by=supervisor)
    assign(registration=registration, supervisor=supervisor, on=LAST_MONTH, by=supervisor)
    return registration


def _notes(registration: Registration, family: Family, sanne: Person, lot: Person) -> None:
    """The same in both but for the custody and the composition, which clash."""
    by = registration.assignments.get().supervisor
    first = by.name == "Fatima"
    single = code("family_composition", "single_parent" if first else "blended")
    said: dict[str, Any] = {"happened_on": LAST_MONTH}
    for fact in (
        Custody(parent=sanne, child=lot, holds=first),
        FamilyComposition(family=family, composition=single),
        SupportRequest(family=family, request=_any("support_request"), **said),
        Placement(child=lot, measure=True, residence=_any("residence"), **said),
        Contact(
            registration=registration,
            person=sanne,
            kind=_any("contact_kind"),
            note=f"Verslag van {by}",
            **said,
        ),
    ):
        note(fact, by=by)
    plan_task(registration=registration, title=f"Bellen door {by}", due_on=TODAY, by=by)


def _any(list_name: str) -> Any:
    from cases.models import Code

    return Code.objects.in_list(list_name).first()


def standing_facts() -> dict[str, list]:
    """What stands, without the ids and times of the rows themselves: all of it."""
    from cases.merging.relations import FACTS

    return {
        one.model.__name__: sorted(
            str(fact.content() | {"by": fact.recorded_by_id})
            for fact in one.model._default_manager.standing()
        )
        for one in FACTS
    }


def rows_besides() -> dict[str, list]:
    """What isn't a fact: where tasks point, what is known of people, how they are found."""
    from cases.models import SearchKey

    return {
        "tasks": sorted(map(str, Task.objects.values_list("pk", "registration"))),
        "people": sorted(map(str, Person.objects.values_list("pk", "phone", "email"))),
        "keys": sorted((str(key.pk), sorted(key.pieces)) for key in SearchKey.objects.all()),
    }
