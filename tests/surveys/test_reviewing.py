"""What the privacy officer decides about free text, and what it leaves behind."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Now
from django.db.utils import IntegrityError

from accounts.models import AccessLine
from surveys.models import Remark, Round
from surveys.remarks import how_many, released_texts, shown_of, words_of
from surveys.services.clearing import FREE_TEXT, clear_old
from surveys.services.resealing import reseal_answers
from surveys.services.reviewing import release, take_back, withhold
from tests.cases.office import officer
from tests.surveys.remarking import a_remark, answered, more_answers

pytestmark = pytest.mark.django_db
State = Remark.State


def test_what_is_blacked_out_is_gone_from_what_others_read():
    round = answered()
    remark = a_remark(round, "Fatima hielp ons, bel 0612345678")
    release(remark, blacked_out={0, 4}, by=officer())
    remark.refresh_from_db()
    assert shown_of(remark) == "▇▇▇ hielp ons, bel ▇▇▇"
    assert list(released_texts(round).values()) == [["▇▇▇ hielp ons, bel ▇▇▇"]]
    assert words_of(remark) == "Fatima hielp ons, bel 0612345678"


def test_a_text_goes_to_and_fro_and_what_was_released_goes_when_it_is_taken_back():
    round, by = answered(), officer()
    remark = a_remark(round, "Dank Fatima")
    withhold(remark, by=by)
    release(remark, blacked_out=[1], by=by)
    assert released_texts(round) != {}
    take_back(remark, by=by)
    remark.refresh_from_db()
    assert (remark.state, remark.shown) == (State.NEW, "")
    assert released_texts(round) == {}
    release(remark, blacked_out=[], by=by)
    assert list(released_texts(round).values()) == [["Dank Fatima"]]


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        (State.RELEASED, lambda remark: release(remark, blacked_out=[], by=None)),
        (State.RELEASED, lambda remark: withhold(remark, by=None)),
        (State.WITHHELD, lambda remark: withhold(remark, by=None)),
        (State.WITHHELD, lambda remark: take_back(remark, by=None)),
        (State.NEW, lambda remark: take_back(remark, by=None)),
    ],
)
def test_what_can_not_be_done_from_where_it_stands_is_refused(state, deed):
    remark = a_remark(answered(), "Dank", shown="Dank" if state == State.RELEASED else "")
    remark.state = state
    remark.save()
    with pytest.raises(ValidationError, match="intussen al besloten"):
        deed(remark)


def test_a_word_that_is_not_there_can_not_be_blacked_out():
    remark = a_remark(answered(), "Dank Fatima")
    with pytest.raises(ValidationError, match="staat er niet"):
        release(remark, blacked_out=[2], by=None)
    remark.refresh_from_db()
    assert remark.state == State.NEW


def test_the_database_refuses_a_released_text_that_is_not_there_and_a_shown_one_that_is_not():
    remark = a_remark(answered(), "Dank")
    withheld = {"state": State.WITHHELD, "shown": "x"}
    for fields in ({"state": State.RELEASED}, {"shown": "x"}, withheld):
        with pytest.raises(IntegrityError, match="remark_is_shown"), transaction.atomic():
            Remark.objects.filter(pk=remark.pk).update(**fields)


def test_who_decided_stands_in_the_log_with_the_round_and_not_with_the_text():
    round, by = answered(), officer()
    remark = a_remark(round, "Dank Fatima")
    before = AccessLine.objects.count()
    release(remark, blacked_out=[1], by=by)
    take_back(remark, by=by)
    withhold(remark, by=by)
    lines = list(AccessLine.objects.order_by("number", "at")[before:])
    assert {line.actor for line in lines} == {by}
    assert {str(line.object_id) for line in lines} == {str(round.pk)}
    assert sorted(line.part for line in lines) == [
        "opmerking: blijft dicht",
        "opmerking: nog na te lezen",
        "opmerking: vrijgegeven",
    ]
    for line in lines:
        assert line.subjects == []
        assert line.detail == {}
    assert str(remark.pk) not in "".join(str(line.__dict__) for line in lines)


def test_how_many_are_counted_by_state_and_below_ten_answers_not_at_all():
    round = answered(many=9)
    a_remark(round, "Een")
    a_remark(round, "Twee", shown="Twee")
    assert how_many(Remark.objects.readable()) == {}
    more_answers(round, 1)
    counted = {"new": 1, "released": 1, "withheld": 0}
    assert how_many(Remark.objects.readable()) == {round.pk: counted}


@pytest.mark.parametrize(("of_a_year", "left"), [(0.99, 2), (1.01, 0)])
def test_a_year_after_its_round_free_text_goes_and_not_before(of_a_year, left):
    round = answered()
    a_remark(round, "Een")
    a_remark(round, "Twee", shown="Twee")
    ended = {"state": Round.State.ENDED, "ended_at": Now() - FREE_TEXT * of_a_year}
    Round.objects.filter(pk=round.pk).update(**ended)
    clear_old()
    assert Remark.objects.in_round(round).count() == left
    assert Remark.objects.exclude(sealed="", shown="").count() == left
    assert Remark.objects.count() == 2, "how many wrote is kept"
    assert reseal_answers() == 0


def test_one_that_is_erased_while_it_is_being_decided_on_stays_erased():
    remark = a_remark(answered(), "Dank")
    Remark.objects.update(sealed="", shown="", state=State.WITHHELD)
    remark.state = State.WITHHELD
    with pytest.raises(ValidationError, match="intussen al besloten"):
        release(remark, blacked_out=[], by=None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_hears_it():
    remark = a_remark(answered(), "Dank Fatima")
    heard, start = [], threading.Barrier(2)
    seen = Remark.objects.get(pk=remark.pk), Remark.objects.get(pk=remark.pk)

    def decide(deed):
        start.wait()
        try:
            deed()
        except ValidationError as refusal:
            heard.append(refusal.messages[0])
        finally:
            connection.close()

    deeds = [
        lambda: release(seen[0], blacked_out=[1], by=None),
        lambda: withhold(seen[1], by=None),
    ]
    threads = [threading.Thread(target=decide, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 1
    assert "intussen al besloten" in heard[0]
    remark.refresh_from_db()
    assert remark.state in (State.RELEASED, State.WITHHELD)
