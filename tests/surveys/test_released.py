"""What others than the privacy officer read of free text."""

import pytest
from django.core.management import call_command

from accounts.sealing import CannotOpen, seal, unseal
from surveys.models import Dropped, Remark
from surveys.remarks import SHUT, released_texts, shown_of, words_of
from surveys.services.moving import purpose_of
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


def test_a_new_key_takes_over_what_was_said(settings):
    settings.FIELD_KEYS = {"oud": bytes(32)}
    round = answered()
    new, released = a_remark(round, "Nieuw"), a_remark(round, "Van Fatima", shown="Van ▇▇▇")
    box = Dropped(round=round, once="0" * 64)
    box.sealed = seal("dicht", purpose=purpose_of(box.pk))
    box.save(force_insert=True)
    settings.FIELD_KEYS = {"nieuw": bytes([1]) * 32, "oud": bytes(32)}
    call_command("reseal", verbosity=0)
    settings.FIELD_KEYS = {"nieuw": bytes([1]) * 32}
    for row in (new, released, box):
        row.refresh_from_db()
    assert (words_of(new), shown_of(new)) == ("Nieuw", "")
    assert (words_of(released), shown_of(released)) == ("Van Fatima", "Van ▇▇▇")
    assert unseal(box.sealed, purpose=purpose_of(box.pk)) == "dicht"


def test_one_that_does_not_open_is_told_and_holds_up_no_other(settings):
    round = answered()
    settings.FIELD_KEYS = {"weg": bytes(32)}
    a_remark(round, "Fijn", shown="Fijn")
    settings.FIELD_KEYS = {"nieuw": bytes([1]) * 32}
    a_remark(round, "Goed", shown="Goed")
    assert list(released_texts(round).values()) == [[SHUT, "Goed"]]


def test_what_was_written_does_not_open_as_what_was_released():
    round = answered()
    remark = a_remark(round, "Van Fatima", shown="Van ▇▇▇")
    remark.shown = remark.sealed
    with pytest.raises(CannotOpen):
        shown_of(remark)
