"""After a random day of work through the screens, every figure equals a plain count of it."""

import datetime

import pytest
from django.db import transaction

from facts.models import DatedFactQuerySet, FactQuerySet, LastingFactQuerySet
from reporting.figures import REPORT, count
from reporting.models import ReportRun
from reporting.services.running import as_json
from tests.day.comparing import counted, differences, drawn, zero
from tests.day.ledger import as_book
from tests.oracle.count import count as count_by_hand

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")
DAYS_AGO = (0, 14, 45, 75)


@pytest.fixture(autouse=True)
def undone(db):
    """What one test does, no other finds."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ago(worked, days: int) -> datetime.date:
    return worked.day.today - datetime.timedelta(days=days)


@pytest.mark.parametrize("days", DAYS_AGO)
def test_every_figure_equals_a_plain_count_of_what_was_done(worked, days):
    reference, today = ago(worked, days), worked.day.today
    ours = drawn(reference, today)
    assert differences(ours, counted(worked.book, reference, today)) == {}


@pytest.mark.parametrize("days", DAYS_AGO)
def test_and_as_it_was_known_halfway_the_day(worked, days):
    instant, book = worked.halfway
    reference, today = ago(worked, days), worked.day.today
    ours = drawn(reference, today, known_on=instant)
    assert differences(ours, counted(book, reference, today)) == {}
    assert days or ours != drawn(reference, today)


def test_the_day_was_full_enough_to_say_something(worked):
    """Nearly everything that can be done was done; and most of what is counted was something."""
    done = {what for (what, answer), _ in worked.day.tally.items() if answer == "gedaan"}
    refused = sum(n for (_, answer), n in worked.day.tally.items() if answer != "gedaan")
    assert len(done) > 35, sorted(done)
    assert refused > 20
    nothing = zero(drawn(worked.day.today, worked.day.today))
    assert len(nothing) <= 12, nothing  # of some thirty; which ones differs by seed and by day


def test_what_the_reporter_asks_for_on_screen_is_that_count(worked):
    today, rianne = worked.day.today, worked.day.reporter()
    page = rianne.open("/rapporten/")
    asked = {"period": "", "period_start": today - datetime.timedelta(days=60)}
    asked |= {"reference_date": today, "known_on": ""}
    answer = rianne.send(page, page.form_with("period_start"), asked)
    assert answer.moved
    run = ReportRun.objects.latest("requested_at")
    dates = {name: getattr(run, name) for name in ("period_start", "reference_date")}
    plain = count_by_hand(worked.book, **dates, known_on=today)
    assert differences(as_json(count(REPORT, run.dates)), plain) == {}


def known_at_all(rows, instant):
    """A count that forgets that something was taken back."""
    return rows.filter(recorded_at__lte=instant)


def counted_whenever(rows, dates):
    """A count that forgets on which day something happened."""
    return FactQuerySet.counted(rows, dates)


def open_for_good(rows, day):
    """A count that forgets that things end."""
    return rows.filter(happened_on__lte=day)


@pytest.mark.parametrize(
    ("queryset", "name", "mutant"),
    [
        (FactQuerySet, "known_at", known_at_all),
        (DatedFactQuerySet, "counted", counted_whenever),
        (LastingFactQuerySet, "open_on", open_for_good),
    ],
)
def test_a_count_that_forgets_something_is_found_out(worked, monkeypatch, queryset, name, mutant):
    monkeypatch.setattr(queryset, name, mutant)
    today = worked.day.today
    assert any(
        differences(drawn(reference, today), counted(worked.book, reference, today))
        for reference in (today, ago(worked, 45))
    )


def test_and_so_is_a_ledger_that_forgets_what_was_taken_back(worked):
    today = worked.day.today
    book = as_book(worked.day.ledger, forgets_what_was_taken_back=True)
    assert differences(drawn(today, today), counted(book, today, today))
