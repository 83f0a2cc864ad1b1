"""Who asks for figures while much is being recorded hears so, and loses nothing."""

import psycopg
import pytest
from django.db import connection

from facts.recording import BUSY, RECORDING_LOCK
from reporting.models import Edition, Period, ReportRun
from tests.reporting.processes import environ_of_tests
from tests.reporting.runs import NOT_COLLECTED, OWN_DATES, rianne

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), NOT_COLLECTED]


@pytest.fixture
def somebody_records():
    """A writer of another process, for longer than a page waits."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    with psycopg.connect(environ_of_tests()["DATABASE_OWNER_URL"]) as writer:
        writer.execute("SELECT pg_advisory_xact_lock_shared(%s)", [RECORDING_LOCK])
        yield
        writer.rollback()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


@pytest.fixture
def reader(client, somebody_records):
    client.force_login(rianne())
    return client


def test_for_figures(reader):
    page = reader.post("/rapporten/", OWN_DATES).content.decode()
    assert BUSY in page
    assert f'value="{OWN_DATES["reference_date"]}"' in page, "what was typed is kept"
    assert not ReportRun.objects.exists()


def test_for_those_of_today(reader):
    assert BUSY in reader.post("/rapporten/vandaag/", follow=True).content.decode()
    assert not ReportRun.objects.exists()


def test_for_an_edition(reader):
    period = Period.objects.first()
    page = reader.post("/rapporten/edities/", {"period": period.pk}).content.decode()
    assert BUSY in page
    assert not Edition.objects.exists()


def test_accounting_waits_for_nobody_and_holds_up_nobody(reader):
    assert reader.get("/verantwoording/").status_code == 200
