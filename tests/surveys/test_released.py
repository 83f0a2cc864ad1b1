"""What others than the privacy officer read of free text."""

import pytest

from accounts.sealing import CannotOpen
from surveys.models import Remark
from surveys.remarks import released_texts, shown_of
from tests.surveys.remarking import a_remark, answered, more_answers

pytestmark = pytest.mark.django_db


def test_only_what_was_released_is_read_by_question_and_in_order_of_the_text():
    round = answered()
    first, second = round.questions.filter(kind="text")
    for text in ("Zo fijn", "aardig", "Beter"):
        a_remark(round, f"{text} van Fatima", shown=text)
    a_remark(round, "Nog dicht", question=second)
    a_remark(round, "Meer tijd", shown="Meer tijd", question=second)
    read = released_texts(round)
    assert list(read.items()) == [
        (first, ["aardig", "Beter", "Zo fijn"]),
        (second, ["Meer tijd"]),
    ]


def test_below_ten_answers_nothing_is_read():
    round = answered(many=9)
    a_remark(round, "Fijn", shown="Fijn")
    assert released_texts(round) == {}
    assert not Remark.objects.in_round(round).exists()
    more_answers(round, 1)
    assert list(released_texts(round).values()) == [["Fijn"]]


def test_what_was_written_does_not_open_as_what_was_released():
    round = answered()
    remark = a_remark(round, "Van Fatima", shown="Van ▇▇▇")
    remark.shown = remark.sealed
    with pytest.raises(CannotOpen):
        shown_of(remark)
