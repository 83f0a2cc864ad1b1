"""The cast, and the small world in which they work. Everyone is invented."""

from datetime import date
from typing import Any

from accounts.models import Team, User
from cases.models import Code, Family, Registration
from cases.services import NewPerson, register

MONDAY = date(2024, 5, 6)


def code(list_name: str, name: str) -> Code:
    return Code.objects.get(pk=f"{list_name}.{name}")


def fatima() -> User:
    """A process supervisor of team Oost."""
    team, _ = Team.objects.get_or_create(name="Team Oost")
    return User.objects.create_user("fatima@ot.example.org", name="Fatima Voorbeeld", team=team)


def a_mother(**fields: Any) -> NewPerson:
    return NewPerson("Sanne", "Dorpstraat", role="mother", **fields)


def a_father(**fields: Any) -> NewPerson:
    return NewPerson("Ruben", "Kade", role="father", **fields)


def a_child(**fields: Any) -> NewPerson:
    return NewPerson("Lot", "Dorpstraat", role="child", **fields)


def a_registration(*, on: date = MONDAY, by: Any = None, **fields: Any) -> Registration:
    """A mother who registers, and her new family."""
    return register(applicants=[a_mother()], happened_on=on, by=by, **fields)


def family_of(registration: Registration) -> Family:
    return registration.intakes.standing().get().family
