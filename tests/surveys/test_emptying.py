"""The drop box when something is wrong with it, or the round ends halfway."""

import pytest
from django.utils import timezone

from surveys.models import Dropped, Invitation, Letter, Response, Round
from surveys.report.rounds import Stage, stage_of
from surveys.services import clearing
from surveys.services.moving import SHUT_BOX, empty_boxes, mark_answered, move_on
from surveys.services.rounds import end
from surveys.tasks import empty_boxes as the_task
from tests.cases.office import browser_of
from tests.surveys.asking import a_round, a_running_round, reporter, rounds
from tests.surveys.saying import drop

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


def answers_of(round: Round, start: int, stop: int) -> None:
    question = round.questions.get(key="satisfied")
    for one in Invitation.objects.filter(round=round).order_by("pk")[start:stop]:
        drop(one, {question: "yes"})


def test_a_box_that_does_not_open_holds_up_no_other_and_waits(monkeypatch, caplog):
    shut = a_running_round(12)
    answers_of(shut, 0, 12)
    end(round=shut, by=None)
    fine = a_round(name="Zomer", months_between=0)
    rounds.start(round=fine, by=None, today=timezone.localdate())
    fine.refresh_from_db()
    answers_of(fine, 0, 12)
    end(round=fine, by=None)
    Dropped.objects.filter(pk=Dropped.objects.filter(round=shut).first().pk).update(
        sealed="v1.weg.A"
    )
    cleared = []
    monkeypatch.setattr(clearing, "clear_old", lambda: cleared.append(True))
    the_task()
    assert Response.objects.filter(round=fine).count() == 12
    assert f"De bus van ronde {shut.pk} gaat niet open" in caplog.text
    assert cleared
    monkeypatch.undo()
    monkeypatch.setattr(clearing, "HALF_FILLED_IN", -clearing.HALF_FILLED_IN)
    clearing.clear_old()
    assert Dropped.objects.filter(round=shut).count() == 12, "the key may come back"


def test_what_is_old_goes_whatever_went_wrong_before(monkeypatch):
    cleared = []
    monkeypatch.setattr(clearing, "clear_old", lambda: cleared.append(True))
    monkeypatch.setattr("surveys.services.moving.empty_boxes", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        the_task()
    assert cleared


def test_who_comes_in_just_before_the_end_is_counted_with_the_rest():
    """Marks were set while it ran; three more came, and it ended before the answers moved."""
    round = a_running_round(18)
    answers_of(round, 0, 15)
    mark_answered(round, at_least=1)
    answers_of(round, 15, 18)
    end(round=round, by=None)
    assert move_on(round) == 0
    round.refresh_from_db()
    assert stage_of(round) == Stage.COUNTING
    empty_boxes()
    assert Response.objects.count() == 18
    assert not Dropped.objects.exists()


def test_a_box_that_does_not_open_says_so_when_someone_wants_to_remind(settings):
    round = a_running_round(12)
    answers_of(round, 0, 3)
    Letter.objects.update(state="sent", finished_at=timezone.now())
    browser, address = browser_of(reporter()), f"/enquetes/{round.pk}/"
    assert "wachten op een sleutel" not in browser.get(address).text
    kept, settings.FIELD_KEYS = settings.FIELD_KEYS, {"new": b"0" * 32}
    page = browser.get(address).text
    assert "Antwoorden wachten op een sleutel" in page
    assert "er gaat niets verloren. Vraag de functioneel beheerder" in page
    assert "stap/herinneren" not in page
    refused = browser.post(f"{address}stap/herinneren/")
    assert refused.status_code == 422
    assert SHUT_BOX in refused.text
    assert not Letter.objects.filter(kind="reminder").exists()
    assert not Invitation.objects.filter(answered=True).exists()
    settings.FIELD_KEYS = kept
    assert browser.post(f"{address}stap/herinneren/").status_code == 302
    assert Letter.objects.filter(kind="reminder").count() == 9


def test_a_report_that_waits_for_a_key_does_not_promise_itself_in_five_minutes(settings):
    round = a_running_round(12)
    answers_of(round, 0, 12)
    end(round=round, by=None)
    browser, address = browser_of(reporter()), f"/enquetes/{round.pk}/rapport/"
    assert "over vijf minuten" in browser.get(address).text
    settings.FIELD_KEYS = {"new": b"0" * 32}
    page = browser.get(address).text
    assert "Antwoorden wachten op een sleutel" in page
    assert "over vijf minuten" not in page


@pytest.mark.parametrize("marked_first", [False, True])
def test_an_answer_whose_invitation_was_deleted_by_hand_holds_nothing_up_and_counts(marked_first):
    round = a_running_round(12)
    answers_of(round, 0, 12)
    if marked_first:
        mark_answered(round, at_least=1)
    end(round=round, by=None)  # before that the database refuses it
    gone = Invitation.objects.filter(round=round).order_by("pk").first()
    gone.letters.all().delete()
    gone.delete()
    empty_boxes()
    assert not Dropped.objects.exists()
    assert Response.objects.count() == 12
    assert Invitation.objects.filter(answered=True).count() == 11
