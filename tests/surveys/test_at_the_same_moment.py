"""Two at the same moment: staff, workers, tabs, and the end of a round (T51, T85)."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count

from surveys.models import Dropped, Given, Invitation, Letter, Response, Round
from surveys.parts import FIXED
from surveys.services import answering, moving, rounds, texts
from surveys.services.answering import Closed
from surveys.tasks import sweep_letters
from tests.reporting.runs import NOT_COLLECTED
from tests.surveys.asking import TODAY, a_round, a_running_round, parents
from tests.surveys.visitors import all_answer, answer, fill_in, link_of, send, visitor

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What became of each: 'done', or the kind of its refusal."""
    began, found = threading.Barrier(len(deeds)), []

    def one(deed: Callable[[], object]) -> None:
        try:
            began.wait(10)
            deed()
            found.append("done")
        except (ValidationError, Closed) as refusal:
            found.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found)


def letters_a_person(kind: str) -> set[int]:
    counted = Letter.objects.filter(kind=kind).values("invitation").annotate(many=Count("pk"))
    return set(counted.values_list("many", flat=True))


def test_two_staff_start_a_round_and_remind():
    parents(12)
    round = a_round()
    start = lambda: rounds.start(round=round, by=None, today=TODAY)  # noqa: E731
    assert at_once(start, start) == ["ValidationError", "done"]
    assert (Invitation.objects.count(), letters_a_person("invitation")) == (12, {1})
    Letter.objects.update(state="sent", finished_at="2026-01-01T12:00Z")
    remind = lambda: rounds.remind(round=round, by=None)  # noqa: E731
    assert at_once(remind, remind, remind) == ["ValidationError", "ValidationError", "done"]
    assert (Letter.objects.count(), letters_a_person("reminder")) == (24, {1})


def test_two_staff_change_what_both_saw():
    """T87: who looked at the same version is second, also within the same moment."""
    round = a_round()
    language = round.languages.get(code="ar")
    part = next(one for one in FIXED if one.key == "page.title")
    about = {"round": round, "language": language, "audience": "", "by": None}
    seen = texts.version_of(round, "ar", "")

    def write(body: str) -> Callable[[], object]:
        return lambda: texts.change_texts(words={part: body}, seen=seen, **about)

    assert at_once(write("een"), write("twee")) == ["ValidationError", "done"]
    seen_rules = rounds.version_of(round)

    def rule(months: int) -> Callable[[], object]:
        return lambda: rounds.change_rules(
            round=round, by=None, seen=seen_rules, months_between=months
        )

    assert at_once(rule(3), rule(4)) == ["ValidationError", "done"]


def test_two_staff_make_a_round_of_one_name():
    make = lambda: rounds.make_round(name="Voorjaar", like=None, by=None)  # noqa: E731
    assert at_once(make, make) == ["ValidationError", "done"]
    assert Round.objects.count() == 1


def test_three_workers_bring_each_letter_once(server):
    a_running_round(many=40)
    assert at_once(sweep_letters, sweep_letters, sweep_letters) == ["done"] * 3
    to = [envelope.rcpt_tos[0] for envelope in server.taken]
    assert (len(to), len(set(to))) == (40, 40)


@pytest.fixture
def opened() -> answering.Opened:
    invitation = Invitation.objects.filter(round=a_running_round()).first()
    return answering.open_link(link_of(invitation), today=TODAY)


def answers(opened: answering.Opened) -> dict:
    return {str(opened.round.questions.first().pk): {"options": ["yes"]}}


def test_two_telephones_send_in_one_answer(opened):
    send = lambda: answering.send_in(opened, answers(opened))  # noqa: E731
    assert at_once(send, send, send) == ["Closed", "Closed", "done"]
    assert Dropped.objects.count() == 1


def test_a_double_press_on_sending_in_is_thanked_twice(opened):
    """The browser shows what the second press got."""
    fill_in(visitor(opened.link))
    said: list[str] = []
    press = lambda: said.append(send(visitor(opened.link)).text)  # noqa: E731
    assert at_once(press, press, press) == ["done"] * 3
    assert [("Je antwoorden zijn binnen" in one) for one in said] == [True] * 3
    assert Dropped.objects.count() == 1


def test_two_tabs_keep_the_answers_of_both(opened):
    client = visitor(opened.link)
    fill_in(client)
    for grade in ("3", "4", "5"):
        deeds = [
            lambda n=number, said=said: answer(visitor(opened.link), n, said)
            for number, said in ((1, "no"), (2, ["control"]), (3, grade), (4, "a"), (5, "b"))
        ]
        assert at_once(*deeds) == ["done"] * 5
        kept = answering.kept(opened)["answers"].values()
        assert {"number": int(grade)} in kept
        assert {"options": ["no"]} in kept
        assert {"options": ["control"]} in kept
        assert len(kept) == 5


def test_two_sweeps_count_an_answer_once():
    round = a_running_round(many=24)
    all_answer(round, 24)
    assert at_once(moving.empty_boxes, moving.empty_boxes, moving.empty_boxes) == ["done"] * 3
    rounds.end(round=round, by=None)
    assert at_once(moving.empty_boxes, moving.empty_boxes) == ["done"] * 2
    assert (Response.objects.count(), Dropped.objects.count()) == (24, 0)
    assert Given.objects.count() == 24 * 3


def test_who_sends_in_while_the_round_ends_is_told_so_and_nothing_stays_behind(opened):
    """Else it would lie in the box of a round that was counted already."""
    ended, told = threading.Event(), []

    def late() -> None:
        ended.wait(10)
        told.extend(at_once(lambda: answering.send_in(opened, answers(opened))))

    sender = threading.Thread(target=late)
    sender.start()
    with transaction.atomic():
        rounds.end(round=opened.round, by=None)
        ended.set()
        sender.join(1)
        assert sender.is_alive(), "it waits for the end, to know"
    sender.join(10)
    assert told == ["Closed"]
    assert Dropped.objects.count() == 0


def test_who_was_just_in_time_is_counted(opened):
    """The end waits for an answer that is on its way into the box."""
    done: list[str] = []
    end = lambda: done.extend(at_once(lambda: rounds.end(round=opened.round, by=None)))  # noqa: E731
    with transaction.atomic():
        answering.send_in(opened, answers(opened))
        ender = threading.Thread(target=end)
        ender.start()
        ender.join(1)
        assert ender.is_alive()
    ender.join(10)
    assert (done, Dropped.objects.count()) == (["done"], 1)
    assert Round.objects.get(pk=opened.round.pk).state == Round.State.ENDED


def test_the_last_day_is_a_whole_day(opened):
    link, last = opened.link, opened.round.ends_on
    assert answering.open_link(link, today=last)
    rounds.end_what_is_over(last)
    assert answering.open_link(link, today=last)
    with pytest.raises(Closed):
        answering.open_link(link, today=date.fromordinal(last.toordinal() + 1))
    rounds.end_what_is_over(date.fromordinal(last.toordinal() + 1))
    assert Round.objects.get(pk=opened.round.pk).state == Round.State.ENDED
