"""What each kind of answer of a real mail server does to a letter (T84, H4)."""

from datetime import timedelta

import pytest
from django.db.models import F

from accounts.models import OutgoingMail
from accounts.services.outbox import PAUSES, send_later
from accounts.tasks import sweep_mail
from ondersteuning.mail_server import read_mail_server

from . import mail_server

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture
def server(settings):
    handler = mail_server.Server()
    controller = mail_server.start(handler)
    address = f"smtp://127.0.0.1:{controller.port}"
    for name, value in read_mail_server(address).items():
        setattr(settings, name, value)
    settings.EMAIL_TIMEOUT = 1
    yield handler
    handler.let_go.set()
    controller.stop()


@pytest.fixture
def mail():
    return send_later(
        to="rik@ot.example.org", subject="Één brief", text="€ 5", purpose="proef", by=None
    )


def after_sending(mail) -> OutgoingMail:
    sweep_mail()
    mail.refresh_from_db()
    return mail


def try_again_now():
    OutgoingMail.objects.update(next_try_at=F("next_try_at") - timedelta(days=1))
    sweep_mail()


def test_what_is_taken_is_sent(server, mail):
    assert after_sending(mail).state == State.SENT
    letter = server.taken[0]
    assert letter.rcpt_tos == ["rik@ot.example.org"]
    assert f"Message-ID: {mail.message_id}".encode() in letter.content


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_not_now_is_tried_again_with_pauses_until_it_is_taken(server, mail, step):
    server.answers[step] = "451 Later graag"
    assert after_sending(mail).state == State.WAITING
    assert "451 Later graag" in mail.error
    sweep_mail()
    mail.refresh_from_db()
    assert mail.attempts == 1, "not before its time"
    server.answers.clear()
    try_again_now()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, len(server.taken)) == (State.SENT, 2, 1)


def test_not_now_for_a_day_is_given_up(server, mail):
    server.answers["RCPT"] = "451 Later graag"
    after_sending(mail)
    for _ in PAUSES:
        try_again_now()
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.error.startswith("Na 8 pogingen opgegeven")


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_never_is_never_tried_again(server, mail, step):
    server.answers[step] = "550 Onbekend adres"
    assert after_sending(mail).state == State.FAILED
    assert "550 Onbekend adres" in mail.error
    server.answers.clear()
    try_again_now()
    assert server.taken == []


def test_a_server_that_hangs_after_the_text_leaves_it_uncertain(server, mail):
    server.hang_after_data = True
    assert after_sending(mail).state == State.UNCERTAIN
    try_again_now()
    assert len(server.taken) == 1, "never a second time by itself"


def test_a_line_that_breaks_before_the_answer_leaves_it_uncertain(server, mail):
    server.drop_after_taking = True
    assert after_sending(mail).state == State.UNCERTAIN
    try_again_now()
    assert len(server.taken) == 1


def test_no_server_at_all_is_tried_later(settings, mail):
    for name, value in read_mail_server("smtp://127.0.0.1:1").items():
        setattr(settings, name, value)
    assert after_sending(mail).state == State.WAITING
    assert "geen verbinding" in mail.error


def test_a_laptop_keeps_letters_in_a_folder(settings, tmp_path, mail):
    for name, value in read_mail_server("").items():
        setattr(settings, name, value)
    settings.MAIL_FOLDER = tmp_path / "mail"
    assert after_sending(mail).state == State.SENT
    file = next((tmp_path / "mail").iterdir())
    assert "rik@ot.example.org" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.nl", 25, False, False),
        ("smtp://u:p%40x@mail.nl?tls=1", 587, True, False),
        ("smtps://mail.nl", 465, False, True),
        ("smtp://mail.nl:2525?tls=1", 2525, True, False),
    ],
)
def test_an_address_of_a_server(url, port, tls, ssl):
    read = read_mail_server(url)
    found = (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"])
    assert found == (port, tls, ssl)
