"""What leaves by other ways than a page: letters, messages to a worker, and the read log itself
(T59)."""

from contextlib import contextmanager
from unittest import mock

import pytest
from celery import current_app

from accounts.models import AccessLine, OutgoingMail
from accounts.sealing import unseal
from accounts.services.outbox import PURPOSE
from cases.services.emergency import open_in_emergency
from reporting.services.running import request_run
from tests.cases.office import LAST_MONTH, TODAY
from tests.matrix import cast

REASON = "Het kan niet wachten tot maandag."


@contextmanager
def commits(django_capture_on_commit_callbacks):
    """What is sent to a worker inside, as the text of the message."""
    sent: list[str] = []

    def send_task(name, args=(), kwargs=None, **options):
        sent.append(f"{name} {args} {kwargs} {options}")

    with (
        mock.patch.object(current_app, "send_task", send_task),
        mock.patch("threading.Thread.start", lambda thread: thread.run()),
        django_capture_on_commit_callbacks(execute=True),
    ):
        yield sent


def letters_since(known: set) -> list[str]:
    """Every letter that was written, opened."""
    return [
        f"{mail.to} {mail.subject} {unseal(mail.sealed_body, purpose=f'{PURPOSE} {mail.pk}')}"
        for mail in OutgoingMail.objects.exclude(pk__in=known)
    ]


@pytest.fixture
def known_letters(world) -> set:
    return set(OutgoingMail.objects.values_list("pk", flat=True))


def test_a_letter_about_noodtoegang_has_a_number_and_no_more(
    world, known_letters, django_capture_on_commit_callbacks
):
    with commits(django_capture_on_commit_callbacks) as sent:
        open_in_emergency(
            registration=world.own["registration"],
            ground="safety",
            reason=f"{REASON} {world.own['mother'].last_name}",
            by=world.users[cast.COLLEAGUE],
        )
    letters = letters_since(known_letters)
    assert letters
    found = {canary.of for canary in world.canaries.in_text("\n".join(letters))}
    assert found == {"cases.Family.number"}
    assert sent
    assert world.canaries.in_text("\n".join(sent)) == set()


def test_a_draw_goes_to_the_worker_by_its_id_alone(world, django_capture_on_commit_callbacks):
    with commits(django_capture_on_commit_callbacks) as sent:
        run = request_run(
            period_start=LAST_MONTH,
            reference_date=TODAY,
            known_on=None,
            label=world.own["mother"].last_name,  # whatever someone typed
            by=world.users[cast.REPORTER],
        )
    assert [message for message in sent if str(run.pk) in message] == sent
    assert sent
    assert world.canaries.in_text("\n".join(sent)) == set()


def test_the_read_log_itself_holds_no_word_that_was_typed(world):
    """Of every way to search: what was typed stands in it as a hash."""
    mother = world.own["mother"]
    asked = {
        cast.COLLEAGUE: f"/gezinnen/?zoek={mother.last_name}",
        cast.OWNER: f"/gezinnen/?zoek={mother.phone}",
        cast.MANAGER: f"/aanmeldingen/nieuw/?zoek={mother.email}",
        cast.OFFICER: f"/leeslogboek/?persoon={mother.last_name}",
    }
    for actor, address in asked.items():
        with world.browsers[actor].asked("GET", address) as answer:
            assert answer.code == 200
            lines = answer.lines()
            assert lines, address
            text = "\n".join(str(vars(line)) for line in lines)
            assert world.canaries.in_text(text) == set(), address


def test_no_line_that_stands_in_the_read_log_holds_a_canary(world):
    text = "\n".join(str(line) for line in AccessLine.objects.values())
    assert world.canaries.in_text(text) == set()
