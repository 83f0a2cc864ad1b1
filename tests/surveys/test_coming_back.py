"""What comes back: a bounce is noted once, an answer or an out-of-office starts nothing (T86); and
what is kept no longer than needed."""

import re
from datetime import timedelta
from email import message_from_string

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from surveys.bounces import came_back, came_back_in
from surveys.choosing.who import months_before
from surveys.models import ClosedLink, Dropped, Invitation, Letter, Progress, Round
from surveys.models.rounds import MOST_MONTHS_BETWEEN
from surveys.report.documents import FORMS
from surveys.report.rounds import told_report
from surveys.services import clearing
from surveys.services.clearing import clear_old
from surveys.services.moving import mark_answered
from surveys.services.rounds import end
from surveys.services.sending import note_bounce
from surveys.tasks import note_bounces
from tests.cases.office import browser_of
from tests.surveys.asking import TODAY, a_running_round, reporter
from tests.surveys.saying import a_round_that_is_over
from tests.surveys.visitors import fill_in, link_of, send, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]
REPORT = """From: MAILER-DAEMON@example.org
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.org

Final-Recipient: rfc822; ouder@example.org
Action: {action}
Status: 5.1.1

--b
Content-Type: message/rfc822

Message-ID: {number}
Subject: Hoe ging de hulp

Hallo
--b--
"""
AWAY = "Auto-Submitted: auto-replied\nIn-Reply-To: {number}\nMessage-ID: <a@b>\n\nIk ben er niet."


def test_only_a_failed_delivery_is_noted_and_only_once(tmp_path):
    one, two, three = Invitation.objects.filter(round=a_running_round())[:3]
    for invitation in (one, two, three):
        link_of(invitation)
    numbers = [Letter.objects.get(invitation=i).message_id for i in (one, two, three)]
    (tmp_path / "1").write_text(REPORT.format(action="failed", number=numbers[0]))
    (tmp_path / "2").write_text(REPORT.format(action="delayed", number=numbers[1]))
    (tmp_path / "3").write_text(AWAY.format(number=numbers[2]))
    for _ in range(2):
        call_command("note_bounces", str(tmp_path))
    states = [Letter.objects.get(invitation=i).state for i in (one, two, three)]
    assert states == ["bounced", "sent", "sent"]
    with pytest.raises(CommandError, match="is er niet"):
        call_command("note_bounces", str(tmp_path / "weg"))


def test_what_nobody_can_read_is_passed_by_and_a_folder_that_is_not_there_is_told(tmp_path, caplog):
    """Anybody can mail in whatever they like; what is sorted after it is read all the same."""
    one = Invitation.objects.filter(round=a_running_round()).first()
    link_of(one)
    number = Letter.objects.get(invitation=one).message_id
    odd = REPORT.format(action="failed", number="<gr\xfc\xdfe\0@example.org>").encode("latin-1")
    (tmp_path / "1").write_bytes(odd)
    (tmp_path / "2").write_bytes(odd.replace(b"Date:", b"Date: \xff"))
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "mail").write_text(REPORT.format(action="failed", number=number))
    call_command("note_bounces", str(tmp_path))
    assert Letter.objects.get(invitation=one).state == "bounced"
    with pytest.raises(FileNotFoundError):
        list(came_back_in(tmp_path / "weg"))


def test_what_came_back_before_a_letter_went_again_says_nothing_of_the_second():
    one = Invitation.objects.filter(round=a_running_round()).first()
    link_of(one)
    letter = Letter.objects.get(invitation=one)
    assert not note_bounce(letter.message_id, at=letter.claimed_at - timedelta(minutes=5))
    assert note_bounce(letter.message_id, at=letter.claimed_at)


def test_a_report_with_the_headers_alone_names_the_letter_too():
    """Also where a long Message-ID went to the next line."""
    report = REPORT.format(action="failed", number="<lang@example.org>")
    report = report.replace("message/rfc822", "text/rfc822-headers")
    for headers in (report, report.replace("Message-ID: ", "Message-ID:\n ")):
        assert came_back(message_from_string(headers)) == ["<lang@example.org>"]


def test_a_folder_that_is_named_is_read_by_the_clock(settings, tmp_path):
    a_running_round()
    letter = Letter.objects.first()
    Letter.objects.filter(pk=letter.pk).update(state="sent", finished_at=Now())
    note_bounces()  # none is named: nothing happens
    (tmp_path / "new").mkdir()
    report = REPORT.format(action="failed", number=letter.message_id)
    (tmp_path / "new" / "1").write_text(report)
    settings.BOUNCES = str(tmp_path)
    note_bounces()
    note_bounces()
    letter.refresh_from_db()
    assert letter.state == "bounced"


def test_what_ended_long_ago_is_cleared_and_before_that_kept(monkeypatch):
    round = a_running_round()
    one, two = Invitation.objects.filter(round=round)[:2]
    half, whole = visitor(link_of(one)), visitor(link_of(two))
    fill_in(half)
    fill_in(whole)
    send(whole)
    mark_answered(round, at_least=1)
    end(round=round, by=None)
    clear_old()
    assert (Progress.objects.count(), Dropped.objects.count()) == (1, 1)
    monkeypatch.setattr(clearing, "HALF_FILLED_IN", timedelta(days=-1))
    clear_old()
    assert (Progress.objects.count(), Dropped.objects.count()) == (0, 0)
    assert ClosedLink.objects.count() == 1
    monkeypatch.setattr(clearing, "LINKS", timedelta(days=-1))
    clear_old()
    assert ClosedLink.objects.count() == 0
    assert not Letter.objects.exclude(link_hash=None).exists()
    assert Letter.objects.exclude(unsubscribe_hash=None).count() == 2, "who wants out still can"
    assert "gesloten" in half.get("/enquete/").text
    assert Invitation.objects.filter(round=round).count() == 10


def test_who_was_asked_is_forgotten_after_two_years_and_the_report_stays(monkeypatch):
    ten = lambda group, number: {"satisfied": "yes"} if number < 10 else None  # noqa: E731
    round, _ = a_round_that_is_over("Lang geleden", {"parent": 20, "child": 15}, ten, bounced=3)
    before = FORMS["csv"].make(told_report(round))
    clear_old()
    assert Invitation.objects.count() == 35
    monkeypatch.setattr(clearing, "ASKED", timedelta(days=-1))
    clear_old()
    assert (Invitation.objects.count(), Letter.objects.count()) == (0, 0)
    round = Round.objects.get(pk=round.pk)
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/").text
    assert [int(one) for one in re.findall(r"<dd>\s*(\d+)\s*</dd>", page)][:2] == [35, 20]
    assert sum(sum(one.missed.values()) for one in round.groups.all()) == 3
    assert FORMS["csv"].make(told_report(round)) == before
    with pytest.raises(DatabaseError, match="verandert niet meer"), transaction.atomic():
        round.groups.update(missed={"bounced": 4})


def test_who_was_asked_stands_as_long_as_a_round_may_ask_for():
    assert months_before(TODAY, MOST_MONTHS_BETWEEN) > TODAY - clearing.ASKED
    with pytest.raises(DatabaseError, match="months_between"), transaction.atomic():
        Round.objects.create(name="Te lang", months_between=MOST_MONTHS_BETWEEN + 1)
