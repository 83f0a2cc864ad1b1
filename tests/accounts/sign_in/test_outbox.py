"""A letter is written, sent once, and says what became of it (T46, T83, T84)."""

import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import OutgoingMail
from accounts.services import outbox
from accounts.services.outbox import claim, mark_abandoned, send, send_later, waiting_for_work
from accounts.tasks import sweep_mail

from .helpers import account

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


def letter(**fields) -> OutgoingMail:
    return send_later(
        **{
            "to": "rik@ot.example.org",
            "subject": "Een brief",
            "text": "Met een sleutel erin",
            "purpose": "proef",
            "by": None,
            **fields,
        }
    )


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_letter_is_sent_and_its_text_is_wiped():
    mail = letter(html="<p>Met een sleutel erin</p>")
    sweep_mail()
    assert state_of(mail) == State.SENT
    assert mail.sealed_body == ""
    sent = django_mail.outbox[0]
    assert (sent.to, sent.subject) == (["rik@ot.example.org"], "Een brief")
    assert sent.extra_headers["Message-ID"] == mail.message_id
    assert sent.alternatives[0].mimetype == "text/html"


def test_the_text_cannot_be_read_in_the_table():
    mail = letter()
    assert "sleutel" not in mail.sealed_body


def test_a_letter_belongs_to_its_transaction(django_capture_on_commit_callbacks, monkeypatch):
    woken = []
    monkeypatch.setattr(outbox, "wake_a_worker", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        mail = letter()
        assert woken == []
    assert woken == [mail.pk]


def test_a_broker_that_hangs_is_no_reason_to_wait_and_one_that_is_away_none_to_fail(monkeypatch):
    calls, let_go = [], threading.Event()

    def hangs(*args, **kwargs):
        calls.append(args)
        let_go.wait(10)
        raise ConnectionError

    monkeypatch.setattr(outbox.current_app, "send_task", hangs)
    mail = letter()
    for _ in range(50):
        outbox.wake_a_worker(mail.pk)
    sweep_mail()
    let_go.set()
    assert state_of(mail) == State.SENT
    assert len(calls) <= 1


def test_two_workers_never_hold_the_same_letter():
    mail = letter()
    assert claim(mail.pk)
    assert claim(mail.pk) is None
    assert waiting_for_work() == []


def test_what_a_dead_worker_was_sending_is_uncertain_and_stays_so():
    mail = letter()
    claim(mail.pk)
    assert mark_abandoned() == 0
    OutgoingMail.objects.update(claimed_at=F("claimed_at") - timedelta(minutes=6))
    sweep_mail()
    sweep_mail()
    assert state_of(mail) == State.UNCERTAIN
    assert "stopte" in mail.error
    assert not django_mail.outbox


def test_a_worker_that_was_thought_dead_but_finished_knows_better():
    mail = letter()
    ours = claim(mail.pk)
    OutgoingMail.objects.update(claimed_at=F("claimed_at") - timedelta(minutes=6))
    mark_abandoned()
    send(ours)
    assert state_of(mail) == State.SENT


def test_nothing_goes_to_an_account_that_was_closed_meanwhile():
    rik = account()
    mail = letter(recipient=rik)
    rik.is_active = False
    rik.save()
    sweep_mail()
    assert state_of(mail) == State.FAILED
    assert "gesloten" in mail.error
    assert not django_mail.outbox


SMUGGLED = {
    "two addresses": {"to": "rik@ot.nl,eve@x.nl"},
    "a line in the address": {"to": "rik@ot.nl\nBcc: eve@x.nl"},
    "a name": {"to": "Rik <rik@ot.nl>"},
    "a line in the subject": {"subject": "Hallo\r\nBcc: eve@x.nl"},
    "a vertical tab": {"subject": "Hallo\x0bBcc: eve@x.nl"},
    "a line separator": {"subject": "Hallo\u2028Bcc: eve@x.nl"},
    "a text turned around": {"subject": "Hallo \u202egro.elpmaxe"},
    "no subject": {"subject": "  "},
    "a NUL": {"subject": "Hallo\0"},
}


@pytest.mark.parametrize("fields", SMUGGLED.values(), ids=SMUGGLED)
def test_nothing_is_smuggled_in(fields):
    with pytest.raises(ValidationError):
        letter(**fields)
    assert not OutgoingMail.objects.exists()


WRONG_ROWS = {
    "mail_to_one_address": {"to": "a@b.nl,c@d.nl"},
    "mail_subject_on_one_line": {"subject": "a\nb"},
    "mail_sending_has_an_owner": {"state": "sending"},
    "mail_finished_is_wiped": {"state": "sent"},
    "mail_not_sent_says_why": {
        "state": "failed",
        "sealed_body": "",
        "finished_at": F("created_at"),
    },
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_the_database_refuses(name):
    mail = letter()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**WRONG_ROWS[name])
