"""Answers leave the box only among ten of their own group, or without it: who has the database
knows who answered and of which group they are, so a small group would be one person."""

from collections import Counter
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from surveys.models import Dropped, Given, Invitation, Response, Round
from surveys.report.asking import counted
from surveys.services.moving import empty_boxes
from surveys.services.rounds import end, remind
from tests.surveys.saying import a_running_round_of, drop

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


def told_together(table: str) -> Counter:
    """How many rows one transaction wrote, by the group that they say."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT xmin::text, group_id, count(*) FROM {table} GROUP BY xmin::text, group_id"
        )
        return Counter({(xmin, group): many for xmin, group, many in cursor.fetchall()})


def answers_come_in(round: Round, many: dict[str, int], seed: int) -> None:
    """In an order of chance, with a sweep after each."""
    chance, question = Random(seed), round.questions.get(key="satisfied")
    coming = [
        one
        for key, number in many.items()
        for one in Invitation.objects.filter(round=round, group__key=key).order_by("pk")[:number]
    ]
    chance.shuffle(coming)
    for one in coming:
        drop(one, {question: "yes"})
        empty_boxes()
        check_everybody_is_among_ten()
    end(round=round, by=None)
    empty_boxes()
    check_everybody_is_among_ten()


def check_everybody_is_among_ten() -> None:
    for table in ("surveys_response", "surveys_given"):
        assert min(told_together(table).values(), default=10) >= 10, told_together(table)
    for group in Response.objects.exclude(group=None).values_list("group", flat=True).distinct():
        assert Invitation.objects.filter(group=group, answered=True).count() >= 10


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("answering", [{"parent": 30, "child": 12}, {"parent": 25, "child": 10}])
def test_whatever_the_order_each_says_its_group_among_ten(seed, answering):
    round = a_running_round_of("Voorjaar", {"parent": 30, "child": 12}, None)
    answers_come_in(round, answering, seed)
    assert Counter(Response.objects.values_list("group__key", flat=True)) == answering
    assert not Dropped.objects.exists()


@pytest.mark.parametrize("children", [0, 1, 9])
def test_where_a_group_stays_under_ten_it_is_lost_among_the_rest(children):
    """One child answered: its answer was the only one of its group, joined to the one child that
    has the mark."""
    round = a_running_round_of("Voorjaar", {"parent": 30, "child": 10}, None)
    answers_come_in(round, {"parent": 25, "child": children}, seed=children)
    assert not Given.objects.filter(group__key="child").exists()
    unnamed = Response.objects.filter(group=None).count()
    assert unnamed >= 10 + children
    assert Response.objects.count() == 25 + children


def test_to_remind_again_and_again_marks_nobody():
    """The page for it stays within reach: pressed each hour it would tell who answered in it."""
    round = a_running_round_of("Voorjaar", {"parent": 30}, None)
    remind(round=round, by=None)
    one = Invitation.objects.filter(round=round).first()
    drop(one, {round.questions.get(key="satisfied"): "yes"})
    with pytest.raises(ValidationError, match="al verstuurd"):
        remind(round=round, by=None)
    assert not Invitation.objects.filter(answered=True).exists()


def test_everybody_counts_who_says_no_group():
    round = a_running_round_of("Voorjaar", {"parent": 30, "child": 10}, None)
    answers_come_in(round, {"parent": 21, "child": 4}, seed=1)
    (found,) = counted([round])
    everybody = found.everybody
    assert everybody.answered == everybody.answers["satisfied"] == 25
    assert everybody.chosen["satisfied", "yes"] == 25
    assert everybody.invited == 40
    assert found.groups["Kinderen"].answered == 0, "so that no group is told apart"
