"""What no form asks for can't be sent along with it: not a state, a supervisor, a team, a right, a
key or a moment (T19). Every form that the resolver knows, sent as it opens, with all of these."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from accounts.models import Team, User
from cases.models import StatusChange
from tests.matrix.addresses import ARGUMENTS
from tests.matrix.expectations import EXPECTED
from tests.matrix.walking import LOGS_AND_SESSIONS, _rows_written
from tests.rights.forms import fields_of

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")
SENTINEL = UUID("5e471e15-0000-4000-8000-0000005e4715")
LONG_AGO = date(1907, 3, 4)
KEYS = ("id", "pk", "uuid", "registration_id", "family_id", "person_id", "user_id")
PEOPLE = (
    "supervisor", "supervisor_id", "procesbegeleider", "owner", "owner_id", "created_by",
    "recorded_by", "recorded_by_id", "decided_by", "approved_by", "judged_by", "given_by", "actor",
    "user", "by", "_history_user",
)  # fmt: skip
MOMENTS = (
    "created_at", "recorded_at", "known_from", "known_on", "joined_at", "invited_at", "judged_at",
    "decided_at", "received_at", "begins_at", "withdrawn_at", "history_date",
)  # fmt: skip
RIGHTS = ("is_staff", "is_superuser", "is_active", "groups", "user_permissions", "permission")
DECISIONS = ("status", "state", "approved", "ground")
# These change a state, and that is what they are for.
ABOUT_RIGHTS = {"person_work", "person_close", "person_reopen", "reset_approve"}
ABOUT_A_STATUS = {"move", "take_back_move"}
LEAST_SAVED = 20  # of the forms: what is refused as a whole proves nothing


@pytest.fixture
def trap(world) -> dict[str, str]:
    """Everything that is sent along; each value is found again wherever it would land."""
    user = User.objects.create_user("val@ot.example.org", name="Val", pk=SENTINEL)
    team = Team.objects.create(name="Zijteam")
    at = f"{LONG_AGO:%Y-%m-%d}"
    return {
        **dict.fromkeys(KEYS, str(SENTINEL)),
        **dict.fromkeys(PEOPLE, str(user.pk)),
        **dict.fromkeys(MOMENTS, f"{at}T10:00:00Z"),
        **dict.fromkeys(RIGHTS, "1"),
        **dict.fromkeys(DECISIONS, "closed"),
        "team": str(team.pk),
        "team_id": str(team.pk),
    }


def forms(world) -> Iterator[tuple[str, str, str]]:
    """Name, address and who may send it, of every form that someone of the cast may send."""
    for name, expected in sorted(EXPECTED.items()):
        if expected.post is None or name == "account_logout":
            continue
        for args in (expected.args, *expected.also):
            yield name, reverse(name, kwargs=ARGUMENTS[args](world.own)), min(expected.who)


def what_landed(trap: dict[str, str], tables: Collection[str]) -> set[str]:
    """The columns of these tables in which a value of the trap stands now."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.db_table in tables
        for field in model._meta.concrete_fields
        for condition in [_condition(field, trap)]
        if condition and model._base_manager.filter(**condition).exists()
    }


def _condition(field: models.Field, trap: dict[str, str]) -> dict | None:
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.UUIDField):
        return {f"{field.attname}__in": [SENTINEL, UUID(trap["team"])]}
    if isinstance(kind, models.DateTimeField):
        return {f"{field.name}__year": LONG_AGO.year}
    if isinstance(kind, models.DateField):
        return {field.name: LONG_AGO}
    return None


def rights(of: Collection[UUID] = ()) -> dict[UUID, tuple]:
    """Of everybody, or of those: what they may do and where they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, is_staff, is_superuser, is_active, team_id, invited_at, count(g.id)"
            " FROM accounts_user u LEFT JOIN accounts_user_groups g ON g.user_id = u.id"
            " GROUP BY u.id ORDER BY u.id"
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    return {user: rows.get(user) for user in of or rows}


def test_what_no_form_asks_for_lands_nowhere(world, trap):
    before, had = what_landed(trap, connection.introspection.table_names()), rights()
    states = StatusChange.objects.count()
    saved, wrong = set(), []
    for name, address, actor in forms(world):
        browser = world.browsers[actor]
        with browser.asked("GET", address) as answer:
            own = fields_of(answer.text)
        extra = {key: value for key, value in trap.items() if key not in own}
        rows = _rows_written()
        with browser.asked("POST", address, data={**own, **extra}) as answer:
            written = {table for table, n in _rows_written().items() if n > rows.get(table, 0)}
            if written - LOGS_AND_SESSIONS and answer.code == 302:
                saved.add(name)
            if answer.code >= 500:
                wrong.append(f"{name}: {answer.code}")
            wrong += [f"{name}: {column}" for column in what_landed(trap, written) - before]
            if rights(had) != had and name not in ABOUT_RIGHTS:
                wrong.append(f"{name}: iemands rechten")
            if StatusChange.objects.count() != states and name not in ABOUT_A_STATUS:
                wrong.append(f"{name}: een stand")
    assert sorted(set(wrong)) == []
    assert len(saved) >= LEAST_SAVED, sorted(saved)


def test_it_would_be_found(world, trap):
    """What a form would take over is caught, by each kind of value."""
    tables = connection.introspection.table_names()
    before = what_landed(trap, tables)
    person = world.own["mother"]
    type(person).history.model.objects.filter(id=person.pk).update(
        history_date=datetime(LONG_AGO.year, 5, 6, 10).astimezone()
    )
    world.users["owner"].team_id = trap["team"]
    world.users["owner"].save(update_fields=["team_id"])
    found = what_landed(trap, tables) - before
    assert {"accounts.User.team", "cases.HistoricalPerson.history_date"} <= found
