"""The table of moves, as the database knows it: every test goes round the forms."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from cases.models import StatusChange
from cases.status import FIRST, MOVES, Status, can_follow
from tests.cases.going_round import AFTER, DAY, refuses, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rule", "status", "reason"),
    [
        ("statuschange_reason_where_asked", Status.NEVER_STARTED, None),
        ("statuschange_reason_where_asked", Status.RUNNING, "closing_reason.completed"),
        (
            "statuschange_never_started_reason_from_its_list",
            Status.NEVER_STARTED,
            "closing_reason.completed",
        ),
        (
            "statuschange_closing_reason_from_its_list",
            Status.CLOSED,
            "never_started_reason.not_affected",
        ),
        ("statuschange_status_is_known", 7, None),
    ],
)
def test_a_status_has_the_reason_that_belongs_to_it(world, rule, status, reason):
    fields = {"registration": world["registration"], "happened_on": DAY}
    refuses(rule, StatusChange, status=status, reason_id=reason, **fields)


REASON = {
    Status.NEVER_STARTED: "never_started_reason.not_affected",
    Status.CLOSED: "closing_reason.completed",
}
WAY_TO = {  # how a registration gets to a status
    Status.NOT_STARTED: [],
    Status.NEVER_STARTED: [Status.NEVER_STARTED],
    Status.RUNNING: [Status.RUNNING],
    Status.CLOSED: [Status.RUNNING, Status.CLOSED],
    Status.REOPENED: [Status.RUNNING, Status.CLOSED, Status.REOPENED],
}


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_the_database_knows_the_same_table_of_moves(world, before, after):
    def change(status, on):
        return {
            "registration": world["registration"],
            "status": status,
            "happened_on": on,
            "reason_id": REASON.get(status),
        }

    for number, status in enumerate(WAY_TO[before]):
        write(StatusChange, **change(status, DAY + timedelta(days=number)))
    allowed = can_follow(before if WAY_TO[before] else None, after)
    assert allowed == (
        (before, after) in {(move.source, move.target) for move in MOVES}
        or (not WAY_TO[before] and after in FIRST)
    )
    last = change(after, DAY + timedelta(days=10))
    if allowed:
        write(StatusChange, **last)
    else:
        refuses("status_follows_the_table", StatusChange, **last)


def test_withdrawing_a_change_on_which_another_rests_is_refused(world):
    fields = {"registration": world["registration"]}
    run = write(StatusChange, status=Status.RUNNING, happened_on=DAY, **fields)
    write(
        StatusChange,
        status=Status.CLOSED,
        happened_on=AFTER,
        reason_id="closing_reason.completed",
        **fields,
    )
    with (
        pytest.raises(Error, match="status_follows_the_table|kan niet volgen"),
        transaction.atomic(),
    ):
        StatusChange.objects.filter(pk=run.pk).update(
            withdrawn_at=timezone.now(), withdrawal_reason="Vergissing"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
