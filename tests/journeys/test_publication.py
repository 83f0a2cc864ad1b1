"""The golden quarter, from its workbook to its readers: two people, a browser and a real worker.
Every number is compared with the golden one, in every form."""

from datetime import date

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from accounts.roles import REPORTING_STAFF
from cases.monitor.importing import import_monitor
from facts.dates import end_of_day
from reporting.documents import FORMS
from reporting.models import Edition, Period
from tests.reporting.processes import Worker, wait_until
from tests.reporting.reading_forms import READERS, TEXTS, first_missing, shown, text_of_page
from tests.reporting.runs import FIGURES, NOT_COLLECTED, rianne, someone
from tests.reporting.test_golden import WORKBOOK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
LONGEST = 90  # seconds, for a worker to draw or to publish


@pytest.fixture
def no_worker() -> None:
    """There is one here: nothing of the product is replaced in this test."""


@pytest.fixture
def golden_quarter(transactional_db: None) -> Period:
    import_monitor(WORKBOOK, dry_run=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Period.objects.get(last_day="2024-07-31")


def test_the_golden_quarter_from_workbook_to_reader(golden_quarter, signed_in, open_page):
    with Worker():
        address = it_is_begun(signed_in(rianne()), golden_quarter)
        it_is_approved_by_another(signed_in(a_colleague()), address)
    edition = Edition.objects.get()
    assert edition.figures == FIGURES, "of the golden quarter, each and no other"
    hidden = frozenset(edition.hidden)
    assert 5 < len(hidden) < 60
    reader = open_page()
    what_stands_on_the_page(reader, edition, hidden)
    what_stands_in_the_files(reader, edition, hidden)


def a_colleague():
    return someone("sofie@ot.example.org", "Sofie Schrijver", REPORTING_STAFF)


def it_is_begun(page: Page, period: Period) -> str:
    """Drawn, explained and offered; its address."""
    page.goto("/rapporten/edities/")
    page.get_by_label("Periode").select_option(value=str(period.pk))
    page.get_by_label("Zoals bekend op").fill("2024-08-05")
    page.get_by_role("button", name="Editie beginnen").click()
    address = page.url
    edition = Edition.objects.get()
    wait_until(lambda: _fresh(edition).run.state == "done", seconds=LONGEST, what="berekend")
    page.reload()
    expect(page.get_by_role("link", name="Alle cijfers, exact")).to_be_visible()
    page.get_by_role("link", name="Inleiding").click()
    page.get_by_label("Tekst").fill("Er waren {registrations.total} aanmeldingen.")
    page.get_by_role("button", name="Tekst vastleggen").click()
    expect(page.get_by_text("De tekst staat erin.")).to_be_visible()
    page.get_by_role("button", name="Ter goedkeuring aanbieden").click()
    expect(page.get_by_text("Ter goedkeuring, editie 1")).to_be_visible()
    expect(page.get_by_role("button", name="Goedkeuren en publiceren")).to_have_count(0)
    return address


def it_is_approved_by_another(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Goedkeuren en publiceren").click()
    expect(page.get_by_text("Goedgekeurd door Sofie Schrijver")).to_be_visible()
    edition = Edition.objects.get()
    wait_until(
        lambda: _fresh(edition).state == Edition.State.PUBLISHED,
        seconds=LONGEST,
        what="de editie is gepubliceerd",
    )
    page.reload()
    expect(page.get_by_role("link", name="Publicatie bekijken")).to_be_visible()


def what_stands_on_the_page(page: Page, edition: Edition, hidden: frozenset[str]) -> None:
    """For a reader without an account."""
    page.goto(f"/publicaties/{edition.slug}/")
    expect(page.get_by_text("Er waren 1.030 aanmeldingen.")).to_be_visible()
    text = text_of_page(page.content().encode())
    assert first_missing(shown(FIGURES, edition.run.dates, hidden), text) == ""


def what_stands_in_the_files(page: Page, edition: Edition, hidden: frozenset[str]) -> None:
    lines = shown(FIGURES, edition.run.dates, hidden)
    public = {key: None if key in hidden else number for key, number in FIGURES.items()}
    for extension, form in FORMS.items():
        answer = page.request.get(f"/publicaties/{edition.slug}/cijfers.{extension}")
        assert answer.headers["content-type"] == form.media_type
        if extension in READERS:
            assert READERS[extension](answer.body()) == public, extension
        else:
            text = TEXTS[extension](answer.body())
            assert first_missing(lines, text) == "", extension
            assert "Er waren 1.030 aanmeldingen." in " ".join(text.split())


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("run").get(pk=edition.pk)


def test_the_dates_of_the_golden_quarter_are_those_of_its_period():
    """Else the journey above would prove another quarter."""
    period = Period.objects.get(last_day="2024-07-31")
    assert (period.first_day, end_of_day(period.last_day).date()) == (
        date(2024, 5, 1),
        date(2024, 7, 31),
    )
