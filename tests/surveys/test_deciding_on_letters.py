"""Letters that may have gone, or came back: only people send them again, and both mails work."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from accounts.models import OutgoingMail
from accounts.services import outbox
from surveys.models import ClosedLink, FormerLink, Letter, Round
from surveys.services import answering, letters, moving, sending, settling
from surveys.tasks import sweep_letters
from tests.cases.office import browser_of
from tests.surveys.asking import TODAY, a_running_round, reporter
from tests.surveys.visitors import visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def round() -> Round:
    return a_running_round()


@pytest.mark.parametrize("state", ["uncertain", "refused", "skipped"])
def test_what_may_have_gone_goes_again_only_when_someone_decided_so(round, state):
    ended = {"cause": "x", "finished_at": Now()}
    Letter.objects.update(state="uncertain", **ended)
    Letter.objects.update(state=state, **ended)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Letter.objects.update(state="waiting", finished_at=None)
    decided = {"settled_by": reporter(), "settled_at": Now()}
    Letter.objects.update(state="waiting", finished_at=None, **decided)


def test_what_arrived_never_becomes_uncertain(round, server):
    sweep_letters()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Letter.objects.update(state="uncertain", cause="x")


@pytest.mark.parametrize("decide", [settling.arrived, settling.let_rest])
def test_a_bounce_is_seen_also_when_someone_had_decided_on_the_letter(round, decide):
    Letter.objects.update(state="uncertain", cause="line_broke", finished_at=Now())
    letter = Letter.objects.first()
    decide(letter, by=reporter())
    assert letter not in settling.troubled(round)
    assert sending.note_bounce(letter.message_id)
    assert letter in settling.troubled(round)


def test_both_mails_work_when_the_first_did_arrive_after_all(round, server):
    letter = Letter.objects.first()
    first = letters.claim(letter.pk)
    letters.end(first.letter, Letter.State.UNCERTAIN, letters.LINE_BROKE)
    visitor(first.link).post("/enquete/", {"taal": "nl"})
    settling.send_again(letter, by=reporter())
    assert visitor(first.link).get("/enquete/").status_code == 200, "before the second one left"
    second = letters.claim(letter.pk)
    letters.end(second.letter, Letter.State.SENT)
    for link in (first, second):
        assert visitor(link.link).get("/enquete/").status_code == 200
        assert "Afmelden" in visitor(link.link).get(f"/enquete/afmelden/{link.unsubscribe}/").text
    one = answering.open_link(first.link, today=TODAY)
    answering.send_in(one, {})
    moving.mark_answered(round, at_least=1)
    assert FormerLink.objects.get().link_hash is None
    assert ClosedLink.objects.count() == 2
    for link in (first, second):
        with pytest.raises(answering.Closed, match="done"):
            answering.open_link(link.link, today=TODAY)


def test_who_answered_by_a_mail_that_went_twice_can_still_opt_out_by_it(round, server):
    """Also when they were marked before it was sent again: then it led to no question any more."""
    letter = Letter.objects.first()
    first = letters.claim(letter.pk)
    letters.end(first.letter, Letter.State.UNCERTAIN, letters.LINE_BROKE)
    answering.send_in(answering.open_link(first.link, today=TODAY), {})
    moving.mark_answered(round, at_least=1)
    letter.refresh_from_db()
    settling.send_again(letter, by=reporter())
    sweep_letters()
    assert "Afmelden" in visitor("").get(f"/enquete/afmelden/{first.unsubscribe}/").text


def test_after_a_backup_was_put_back_nothing_goes_by_itself(round, server):
    sent, *_ = Letter.objects.order_by("pk")
    letters.end(letters.claim(sent.pk).letter, Letter.State.SENT)
    outbox.send_later(to="a@example.org", subject="Dag", text="Dag", purpose="test", by=None)
    decided = Letter.objects.exclude(pk=sent.pk).first()
    Letter.objects.filter(pk=decided.pk).update(settled_at=Now(), settled_by=reporter("rita"))
    call_command("after_restore")
    sweep_letters()
    outbox.send_waiting()
    assert server.taken == []
    assert set(Letter.objects.exclude(pk=sent.pk).values_list("state", "cause")) == {
        ("uncertain", "restored")
    }
    assert settling.troubled(round).count() == 9
    assert list(OutgoingMail.objects.values_list("state", "sealed_body")) == [("uncertain", "")]
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/brieven/").text
    assert "reservekopie teruggezet" in page
