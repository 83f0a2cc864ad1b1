"""Letters to a real mail server that takes, refuses, hangs and drops (T46, T52, T84, T85, T86)."""

import email
import re
from datetime import timedelta
from email.message import Message

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.functions import Now

from cases.models import Person
from surveys.links import hash_of
from surveys.models import Invitation, Letter, Round
from surveys.services import letters, rounds, sending, settling
from surveys.tasks import sweep_letters
from tests.cases.office import colleague
from tests.surveys.asking import a_running_round

pytestmark = pytest.mark.django_db
State = Letter.State
LATER, NEVER = "451 Later graag", "550 Onbekend adres <geheim@example.org>"


@pytest.fixture
def round() -> Round:
    return a_running_round()


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Letter.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def try_again_now() -> None:
    Letter.objects.update(next_try_at=F("next_try_at") - timedelta(days=1))
    sweep_letters()


def read(envelope) -> Message:
    return email.message_from_bytes(envelope.content)


def body_of(message: Message, kind: str) -> str:
    part = next(one for one in message.walk() if one.get_content_type() == kind)
    return part.get_payload(decode=True).decode()


def test_everybody_gets_one_letter_with_a_link_of_their_own(round, server):
    sweep_letters()
    sweep_letters()
    assert states() == {"sent": 10}
    to = [envelope.rcpt_tos for envelope in server.taken]
    assert sorted(to) == sorted([one.person.email] for one in Invitation.objects.all())
    links = {re.search(r"/enquete/([\w-]{43})/", body_of(read(one), "text/plain")).group(1)
             for one in server.taken}  # fmt: skip
    assert len(links) == 10
    hashes = set(Letter.objects.values_list("link_hash", flat=True))
    assert hashes == {hash_of(link) for link in links}


def test_a_letter_is_plain_honest_and_can_be_left_in_one_step(round, server, settings):
    sweep_letters()
    message = read(server.taken[0])
    text, page = body_of(message, "text/plain"), body_of(message, "text/html")
    letter = Letter.objects.get(message_id=message["Message-ID"])
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = re.fullmatch(
        r"<(\S+/enquete/afmelden/([\w-]{43})/)>", message["List-Unsubscribe"].strip()
    )
    assert hash_of(leave.group(2)) == letter.unsubscribe_hash
    for said in (text, page):
        assert settings.TEAM_PHONE in said
        assert leave.group(1) in said
        assert "العربية" in said
        assert re.search(r"/enquete/[\w-]{43}/\?taal=ar", said)
        assert "{" not in said
    assert "<img" not in page
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="(https?://[^/"]+)', page)) == {settings.SITE_URL}


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_not_now_is_tried_again_with_a_fresh_link_and_the_same_message_id(round, server, step):
    server.answers[step] = LATER
    before = Letter.objects.order_by("pk").values_list("message_id", flat=True)
    before = list(before)
    sweep_letters()
    tried = Letter.objects.filter(attempts=1)
    assert len(tried) == 10, "it may be of this one address only"
    assert states() == {"waiting": 10}
    assert not tried.exclude(link_hash=None).exists(), "no link that nobody has"
    server.answers.clear()
    try_again_now()
    assert states() == {"sent": 10}
    assert list(Letter.objects.order_by("pk").values_list("message_id", flat=True)) == before
    assert len(server.taken) == 10


def test_a_server_that_takes_nothing_from_us_is_left_alone_and_nobody_is_refused(round, server):
    """Also for ever: who refuses the sender says nothing of the one we write to."""
    server.answers["MAIL"] = "550 Deze afzender kennen we niet"
    sweep_letters()
    assert states() == {"waiting": 10}
    assert Letter.objects.filter(attempts=1, cause="550").count() == sending.PATIENCE
    server.answers.clear()
    try_again_now()
    assert states() == {"sent": 10}


def test_when_one_after_the_other_goes_nowhere_a_sweep_stops(server):
    a_running_round(many=sending.NOT_TAKEN + 4)
    server.answers["RCPT"] = NEVER
    sweep_letters()
    assert states() == {"refused": sending.NOT_TAKEN, "waiting": 4}


def test_a_letter_that_can_not_be_made_was_sent_to_nobody_and_waits(round, server, monkeypatch):
    monkeypatch.setattr(sending, "write", lambda claimed, wording: 1 / 0)
    sweep_letters()
    assert states() == {"waiting": 10}
    assert Letter.objects.filter(cause="not_made").count() == sending.PATIENCE
    monkeypatch.undo()
    try_again_now()
    assert states() == {"sent": 10}


def test_not_now_for_a_day_is_given_up_and_shown(round, server):
    server.answers["RCPT"] = LATER
    Letter.objects.update(attempts=len(letters.PAUSES))
    for _ in range(4):
        try_again_now()
    assert states() == {"refused": 10}
    assert settling.troubled(round).count() == 10
    assert Letter.objects.first().cause == "gave_up 451"


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_never_is_not_tried_again_and_the_address_is_kept_nowhere(round, server, step):
    server.answers[step] = NEVER
    sweep_letters()
    assert states() == {"refused": 10}
    assert set(Letter.objects.values_list("cause", "link_hash")) == {("550", None)}
    server.answers.clear()
    try_again_now()
    assert server.taken == []


@pytest.mark.parametrize("fault", ["hang_after_data", "drop_after_taking"])
def test_what_may_have_gone_is_uncertain_and_never_goes_again_by_itself(round, server, fault):
    Letter.objects.exclude(pk=Letter.objects.first().pk).delete()
    setattr(server, fault, True)
    sweep_letters()
    assert states() == {"uncertain": 1}
    for _ in range(3):
        try_again_now()
    assert len(server.taken) == 1
    assert settling.troubled(round).count() == 1


def test_a_server_that_hangs_before_the_text_has_nothing_and_gets_it_later(round, server):
    Letter.objects.exclude(pk=Letter.objects.first().pk).delete()
    server.waits["RCPT"] = 1.5
    sweep_letters()
    assert states() == {"waiting": 1}
    assert Letter.objects.get().link_hash is None
    server.waits.clear()
    try_again_now()
    assert states() == {"sent": 1}
    assert len(server.taken) == 1


def test_a_slow_server_is_waited_for(round, server):
    Letter.objects.exclude(pk=Letter.objects.first().pk).delete()
    server.waits |= {"RCPT": 0.6, "DATA": 0.6}
    sweep_letters()
    assert states() == {"sent": 1}


def test_the_link_of_an_uncertain_letter_works_as_it_may_have_arrived(round, server):
    Letter.objects.exclude(pk=Letter.objects.first().pk).delete()
    server.drop_after_taking = True
    sweep_letters()
    link = re.search(r"/enquete/([\w-]{43})/", body_of(read(server.taken[0]), "text/plain"))
    assert Letter.objects.get().link_hash == hash_of(link.group(1))


def test_people_decide_about_what_is_uncertain(round, server):
    by = colleague("rik", "rapporteur")
    one, two, three = Letter.objects.all()[:3]
    for letter in (one, two, three):
        assert letters.claim(letter.pk)
    Letter.objects.update(claimed_at=F("claimed_at") - timedelta(minutes=6))
    assert letters.mark_abandoned() == 3
    settling.arrived(one, by=by)
    settling.send_again(two, by=by)
    settling.let_rest(three, by=by)
    with pytest.raises(ValidationError, match="intussen"):
        settling.send_again(three, by=by)
    sweep_letters()
    found = dict(Letter.objects.values_list("pk", "state"))
    assert [found[one.pk], found[two.pk], found[three.pk]] == ["sent", "sent", "uncertain"]
    assert len(server.taken) == 8, "seven that waited, and the one that someone sent again"
    assert settling.troubled(round).count() == 0


def test_after_the_end_nothing_is_sent_again(round, server):
    letter = Letter.objects.first()
    Letter.objects.filter(pk=letter.pk).update(state="refused", cause="550", finished_at=Now())
    rounds.end(round=round, by=None)
    with pytest.raises(ValidationError, match="loopt niet meer"):
        settling.send_again(letter, by=None)
    letter.refresh_from_db()
    assert letter.state == "refused"


def test_the_database_itself_sends_nothing_twice(round, server):
    sweep_letters()
    for again in ({"state": "waiting", "finished_at": None}, {"state": "refused", "cause": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Letter.objects.update(**again)
    letter = Letter.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.create(invitation=letter.invitation, kind="invitation", message_id="<x@y>")


def test_two_workers_never_have_the_same_letter(round):
    number = Letter.objects.first().pk
    assert letters.claim(number) is not None
    assert letters.claim(number) is None


def test_a_bounce_is_seen_and_starts_nothing(round, server):
    sweep_letters()
    letter = Letter.objects.first()
    assert sending.note_bounce(letter.message_id)
    assert not sending.note_bounce(letter.message_id)
    assert not sending.note_bounce("<van-een-ander@example.org>")
    assert [one.state for one in settling.troubled(round)] == ["bounced"]

    try_again_now()
    assert len(server.taken) == 10


def test_an_address_with_a_second_one_in_it_goes_nowhere(round, server):
    one = Invitation.objects.first()
    Person.objects.filter(pk=one.person_id).update(email="a@example.org\nBcc: b@example.org")
    sweep_letters()
    assert all("b@example.org" not in str(envelope.rcpt_tos) for envelope in server.taken)
    assert states() == {"sent": 9, "refused": 1}


def test_a_reminder_has_another_link_and_both_stay_good(round, server):
    sweep_letters()
    Letter.objects.update(finished_at=Now())
    rounds.remind(round=round, by=None)
    sweep_letters()
    assert len(server.taken) == 20
    assert Letter.objects.exclude(link_hash=None).values("link_hash").distinct().count() == 20
    assert "Nog een keer" in str(email.header.make_header(
        email.header.decode_header(read(server.taken[-1])["Subject"])))  # fmt: skip
