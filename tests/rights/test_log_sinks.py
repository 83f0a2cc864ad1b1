"""No value of a file ends up where technique is kept: the technical log, also when something goes
wrong; the page that says so; the queue in Redis; the message to a worker (T59). The log at DEBUG
of every page is watched by tests/matrix/test_every_page.py, letters by
test_elsewhere_than_on_pages.py."""

import io
import logging
import smtplib
import uuid
from collections.abc import Iterator

import pytest
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from redis import Redis

from accounts.services import outbox
from cases.models import Family
from ondersteuning.logs import WithoutWords
from reporting.services.running import request_run
from tests.cases.office import LAST_MONTH, TODAY
from tests.matrix import cast
from tests.matrix.world import World

KEPT_BESIDE = {"accounts_guesscount", "cache", "django_session"}
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


class Sink:
    """What a terminal would show."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(WithoutWords())

    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def sink():
    found, root = Sink(), logging.getLogger()
    before = root.level
    root.addHandler(found.handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(found.handler)
    root.setLevel(before)


def test_the_application_s_own_log_is_that_one():
    assert settings.LOGGING["formatters"]["line"] == {"()": "ondersteuning.logs.WithoutWords"}
    assert current_app.conf.worker_hijack_root_logger is False


def test_a_page_that_breaks_says_nothing_of_what_it_was_at(world: World, sink, monkeypatch):
    mother = world.own["mother"]
    secret = f"{mother.last_name} {mother.phone}"

    def breaks(*args: object, **kwargs: object) -> None:
        note = f"Bezoek aan {secret}"
        raise ValueError(note)

    monkeypatch.setattr("cases.views.files.page_of_files", breaks)
    asked = f"/gezinnen/?zoek={mother.last_name}"
    with world.browsers[cast.OWNER].asked("GET", asked) as answer:
        assert answer.code == 500
        assert world.canaries.in_text(answer.text) == set()
    assert world.canaries.in_text(sink.text()) == set()
    assert "ValueError" in sink.text()
    assert "files.py" in sink.text(), "where it went wrong is said"


def test_what_the_database_says_of_a_row_stays_out(world: World, sink):
    """PostgreSQL names the values: 'Key (number)=(…) already exists'."""
    number = world.own["family"].number
    with pytest.raises(IntegrityError, match=number) as refused, transaction.atomic():
        Family.objects.bulk_create([Family(id=uuid.uuid4(), number=number)])
    logging.getLogger("proef").error("Opslaan lukte niet", exc_info=refused.value)
    assert "IntegrityError" in sink.text()
    assert world.canaries.in_text(sink.text().split("Opslaan lukte niet")[1]) == set()


def test_what_a_mail_server_says_stays_out(world: World, sink, monkeypatch):
    address = f"{world.own['mother'].last_name}@example.org"
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)
    mail = outbox.send_later(to=address, subject="Brief", text=address, purpose="proef", by=None)

    def breaks(message: EmailMultiAlternatives, *args: object) -> None:
        raise smtplib.SMTPServerDisconnected(f"while sending to {message.to}")

    monkeypatch.setattr(EmailMultiAlternatives, "send", breaks)
    claimed = outbox.claim(mail.pk)
    outbox.send(claimed)
    assert str(mail.pk) in sink.text()
    assert world.canaries.in_text(sink.text()) == set()


SECRETS = {"link", "token", "key"}  # what opens something for whoever has it, by its name


def addresses_with_a_secret() -> list[str]:
    """Every address that takes one, with `SECRET` in it; and as mail programs break them."""
    found = []
    for pattern, names in _patterns(get_resolver()):
        if names & SECRETS and "achter/" not in pattern:  # there it is the key of a figure
            words = {name: SECRET if name in SECRETS else "abc" for name in names}
            found.append("/" + pattern % words)
    return [*found, *(f"{one}meer/" for one in found), *(one.rstrip("/") + ">" for one in found)]


def _patterns(resolver: URLResolver) -> Iterator[tuple[str, set[str]]]:
    for name in {name for name in resolver.reverse_dict if isinstance(name, str)}:
        for shapes, *_ in resolver.reverse_dict.getlist(name):
            yield from ((shape, set(names)) for shape, names in shapes)


SECRET = "GEHEIM" + 37 * "x"


@pytest.mark.django_db
def test_no_line_has_an_address_that_opens_something(sink):
    """Refused, unknown, broken in two or not allowed: Django logs the address of each (T48)."""
    strict = Client(enforce_csrf_checks=True)
    assert len(addresses_with_a_secret()) >= 12
    for address in addresses_with_a_secret():
        for ask in (strict.get, strict.post, strict.put):
            ask(address)
    strict.get(f"/enquete/ {SECRET}/")
    strict.post("/inloggen/", headers={"referer": f"http://testserver/enquete/{SECRET}/"})
    logging.getLogger("proef").error('"GET /enquete/%s/ HTTP/1.1" 302', SECRET)
    said = sink.text()
    assert "Not Found: /enquete/afmelden/…" in said, "or nothing was looked at"
    assert "GEHEIM" not in said


def test_what_celery_says_of_a_task_that_broke_stays_out(world: World, sink):
    name = world.own["mother"].last_name
    said = {
        "name": "een.taak",
        "id": "1",
        "exc": f"ValueError('{name}')",
        "args": f"('{name}',)",
        "kwargs": "{}",
        "traceback": f"ValueError: {name}",
        "description": "raised",
    }
    logging.getLogger("celery.app.trace").error(
        "Task %(name)s[%(id)s] %(description)s: %(exc)s\n%(traceback)s %(args)s", said
    )
    assert "een.taak" in sink.text()
    assert "ValueError" in sink.text()
    assert world.canaries.in_text(sink.text()) == set()


def test_the_queue_in_redis_holds_ids_alone(world: World, django_capture_on_commit_callbacks):
    redis = Redis.from_url(settings.CELERY_BROKER_URL)
    before = set(redis.keys())
    name = world.own["mother"].last_name
    with django_capture_on_commit_callbacks(execute=True):
        run = request_run(
            period_start=LAST_MONTH, reference_date=TODAY, known_on=None, label=name,
            by=world.users[cast.REPORTER],
        )  # fmt: skip
    kept = "\n".join(_all_of(redis, key) for key in redis.scan_iter())
    for key in set(redis.keys()) - before:
        redis.delete(key)
    assert str(run.pk) in kept, "or nothing was looked at"
    assert world.canaries.in_text(kept) == set()


def _all_of(redis: Redis, key: bytes) -> str:
    kind = redis.type(key)
    read = {
        b"string": redis.get,
        b"list": lambda name: redis.lrange(name, 0, -1),
        b"set": redis.smembers,
        b"hash": redis.hgetall,
        b"zset": lambda name: redis.zrange(name, 0, -1),
    }
    return f"{key!r} {read[kind](key)!r}"


def test_the_tables_of_counts_and_of_the_cache_hold_none(world: World):
    mother = world.own["mother"]
    for words in (mother.last_name, mother.phone):
        with world.browsers[cast.OWNER].asked("GET", f"/gezinnen/?zoek={words}"):
            kept = ""
            for table in KEPT_BESIDE & set(connection.introspection.table_names()):
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT * FROM {table}")
                    kept += str(cursor.fetchall())
            assert world.canaries.in_text(kept) == set()
