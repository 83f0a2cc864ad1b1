"""The office in which the stories of files play: colleagues, and a family with a file."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from accounts.models import AccessLine, Team, User
from accounts.roles import sync_roles
from cases.models import FamilyMember, Registration
from cases.services import add_person, assign, start
from tests.cast import a_child, a_registration, family_of

TODAY = date.today()
LAST_MONTH, LAST_WEEK, YESTERDAY, TOMORROW = (TODAY + timedelta(days=n) for n in (-40, -7, -1, 1))


def colleague(name: str, role: str = "procesbegeleider", team: str = "Team Oost") -> User:
    sync_roles()
    user = User.objects.create_user(
        f"{name}@ot.example.org",
        name=name.capitalize(),
        team=Team.objects.get_or_create(name=team)[0],
        invited_at="2024-01-01T12:00Z",
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def officer(name: str = "gea") -> User:
    return colleague(name, "functionaris gegevensbescherming")


def a_case(supervisor: User, **fields: Any) -> Registration:
    """A family with a child, that `supervisor` supports since last month."""
    registration = a_registration(on=LAST_MONTH, **fields)
    add_person(family=family_of(registration), person=a_child(), by=None)
    start(registration=registration, on=LAST_MONTH, by=None)
    assign(registration=registration, supervisor=supervisor, on=LAST_MONTH, by=None)
    return registration


def people_in(registration: Registration) -> set:
    members = FamilyMember.objects.standing().filter(family=family_of(registration))
    return set(members.values_list("person_id", flat=True))


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seal() -> None:
    """Give the lines their numbers, as a commit would; a test never commits."""
    connection.check_constraints()


def last_line(**fields: Any) -> AccessLine:
    return AccessLine.objects.filter(**fields).order_by("at").last()
