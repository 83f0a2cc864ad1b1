"""SQL that is made once gives what the ORM gives, whatever is filled in; and refuses to be made
where something of what it is given would be forgotten."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from cases.models import Intake, SearchKey
from facts.among import among
from facts.made_once import rows
from tests.cast import a_registration

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 31)


def _of_some(*, registrations: Collection[UUID], until: date) -> QuerySet:
    intakes = Intake.objects.filter(registration__in=among(registrations), happened_on__lte=until)
    return intakes.order_by("happened_on").values_list("registration_id", "happened_on")


def test_each_time_it_asks_for_what_it_is_given_then():
    first, later = (a_registration(on=TODAY + timedelta(days=n)).pk for n in (0, 7))
    both, week = [first, later], TODAY + timedelta(days=7)
    assert rows(_of_some, registrations=both, until=TODAY) == [(first, TODAY)]
    assert rows(_of_some, registrations=both, until=week) == [(first, TODAY), (later, week)]
    assert rows(_of_some, registrations={later}, until=week) == [(later, week)]
    assert rows(_of_some, registrations=[], until=week) == []
    assert rows(_of_some, registrations=[uuid4()], until=week) == []


def test_a_question_for_ids_is_asked_within_it():
    known = a_registration(on=TODAY).pk
    ids = Intake.objects.filter(happened_on=TODAY).values("registration")
    assert rows(_of_some, registrations=ids, until=TODAY) == [(known, TODAY)]


def _with_a_piece_each(*, asked: Collection[str]) -> QuerySet:
    return SearchKey.objects.filter(pieces__contains=list(asked)).values_list("pk")


def _with_its_own_day(*, until: date) -> QuerySet:
    return Intake.objects.filter(happened_on__lte=TODAY).values_list("pk")


@pytest.mark.parametrize(
    ("make", "given"),
    [(_with_a_piece_each, {"asked": ["ina"]}), (_with_its_own_day, {"until": TODAY})],
)
def test_what_would_be_forgotten_is_refused(make, given):
    with pytest.raises(TypeError, match="doesn't ask for what it is given"):
        rows(make, **given)
