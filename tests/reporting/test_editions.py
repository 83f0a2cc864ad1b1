"""From a draft to a publication that never changes: two people, one quarter."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import REPORTING_STAFF
from cases.models import Registration
from cases.monitor.importing import import_monitor
from cases.services import correct
from facts.dates import end_of_day
from reporting.documents import FORMS
from reporting.figures import REPORT, count
from reporting.models import CountedIds, Edition, EditionFile, EditionText, Period, ReportRun
from reporting.services import editions
from reporting.services.publishing import canonical, digest_of, publish, waiting_to_be_published
from reporting.services.running import as_json, claim
from reporting.tasks import sweep
from tests.reporting.reading_forms import READERS, text_of_pdf
from tests.reporting.runs import (
    FIGURES,
    NOT_COLLECTED,
    a_done_run,
    fatima,
    make_all,
    mirjam,
    rianne,
    someone,
)
from tests.reporting.test_golden import WORKBOOK
from tests.surveys.sent_back import fields_of

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
KNOWN = end_of_day(date(2024, 8, 5))


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr("reporting.services.making.wake_makers", lambda files: None)
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)


@pytest.fixture
def rik():
    return rianne()


@pytest.fixture
def sofie():
    return someone("sofie@ot.example.org", "Sofie Schrijver", REPORTING_STAFF)


def period() -> Period:
    return Period.objects.get(last_day="2024-07-31")


def a_draft(by, **fields) -> Edition:
    """With the figures of the golden quarter, without its facts."""
    edition = editions.begin_edition(period=period(), by=by, **fields)
    Edition.objects.filter(pk=edition.pk).update(run=a_done_run())
    return Edition.objects.get(pk=edition.pk)


def drawn(edition: Edition) -> None:
    for run in ReportRun.objects.filter(state=ReportRun.State.WAITING):
        figures = draw_here(run)
        run.refresh_from_db()
        assert run.figures == figures


def draw_here(run: ReportRun) -> dict:
    """In this transaction: a draw has one of its own, which would not see what a test wrote."""
    claim(run.pk)
    figures = as_json(count(REPORT, run.dates))
    ReportRun.objects.filter(pk=run.pk).update(
        state="done", figures=figures, finished_at=KNOWN, code_version="toets"
    )
    return figures


class TestTheGoldenQuarter:
    """One import of the workbook, and one story."""

    def published(self, rik, sofie) -> Edition:
        import_monitor(WORKBOOK, dry_run=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        writer = Client()
        writer.force_login(rik)
        writer.post("/rapporten/edities/", {"period": period().pk, "known_on": "2024-08-05"})
        edition = Edition.objects.get()
        drawn(edition)
        writer.post(
            reverse("edition_text", args=[edition.pk, "inleiding"]),
            {"body": "Er waren {registrations.total} aanmeldingen.\n\nDank.", "instead_of": ""},
        )
        writer.post(reverse("edition_step", args=[edition.pk, "aanbieden"]))
        reader = Client()
        reader.force_login(sofie)
        reader.post(reverse("edition_step", args=[edition.pk, "goedkeuren"]))
        sweep()
        return Edition.objects.get()

    def test_it_is_published_and_never_changes(self, rik, sofie, client):
        published = self.published(rik, sofie)
        self.has_every_form_and_the_same_number_in_each(published, client)
        self.keeps_what_it_counted(published)
        self.has_the_same_bytes_when_drawn_again(published)
        self.is_not_changed_by_what_happens_later(published, client)

    def has_every_form_and_the_same_number_in_each(self, published, client):
        assert published.state == Edition.State.PUBLISHED
        steps = [one.history_change_reason for one in published.history.order_by("history_id")]
        assert steps == ["Editie begonnen", "Cijfers berekend", "Aangeboden", "Goedgekeurd",
                         "Gepubliceerd"]  # fmt: skip
        assert published.figures == FIGURES
        hidden = set(published.hidden)
        assert 5 < len(hidden) < 60
        expected = {key: None if key in hidden else one for key, one in FIGURES.items()}
        for extension, read in READERS.items():
            response = client.get(f"/publicaties/2024-07/cijfers.{extension}")
            assert read(response.content) == expected, extension
        page = client.get("/publicaties/2024-07/").content.decode()
        pdf = " ".join(text_of_pdf(client.get("/publicaties/2024-07/cijfers.pdf").content).split())
        for text in (page, pdf):
            assert "Er waren 1.030 aanmeldingen." in text
            assert "verborgen" in text
        assert "Eigen keuze verborgen" in pdf
        for extension in FORMS:
            response = client.get(f"/publicaties/2024-07/cijfers.{extension}")
            assert response.headers["Content-Type"] == FORMS[extension].media_type

    def keeps_what_it_counted(self, published):
        counted = {one.key: one.ids for one in published.counted.all()}
        assert len(counted["registrations.total"]) == 1030
        assert len(counted["children.placed_now"]) == FIGURES["children.placed_now"]
        assert set(counted) == set(FIGURES)

    def is_not_changed_by_what_happens_later(self, published, client):
        before = client.get("/publicaties/2024-07/").content
        registration = Registration.objects.filter(status_changes__status=2).first()
        intake = registration.intakes.standing().get()
        correct(intake, by=None, reason="Verkeerde dag", happened_on=date(2024, 1, 15))
        again = draw_here(a_waiting_run())
        assert again == published.figures, "as known then"
        assert digest_of(again, published.run.dates) == published.digest
        assert client.get("/publicaties/2024-07/").content == before

    def has_the_same_bytes_when_drawn_again(self, published):
        again = draw_here(a_waiting_run())
        dates = published.run.dates
        assert canonical(again, dates) == canonical(published.figures, dates)


def a_waiting_run() -> ReportRun:
    return ReportRun.objects.create(
        label="Opnieuw",
        period_start=date(2024, 5, 1),
        reference_date=date(2024, 7, 31),
        known_on=KNOWN,
    )


class TestSteps:
    def test_who_offers_does_not_approve(self, rik):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        with pytest.raises(ValidationError, match="keurt haar niet zelf goed"):
            editions.approve(edition_id=edition.pk, by=rik)

    def test_nor_does_the_database_let_them(self, rik):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        with pytest.raises(Error, match="edition_approved_by_another"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(
                state="approved", approved_by=rik, approved_at=KNOWN
            )

    def test_who_has_no_right_neither(self, rik):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        with pytest.raises(ValidationError, match="mag geen editie goedkeuren"):
            editions.approve(edition_id=edition.pk, by=fatima())

    def test_a_manager_may_approve(self, rik):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        editions.approve(edition_id=edition.pk, by=mirjam())
        assert waiting_to_be_published() == [edition.pk]

    def test_a_step_that_was_done_by_another_is_told(self, rik):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        with pytest.raises(ValidationError, match="staat intussen op 'ter goedkeuring'"):
            editions.offer(edition_id=edition.pk, by=rik)

    def test_sent_back_it_is_a_draft_with_the_reason_on_record(self, rik, sofie):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        with pytest.raises(ValidationError, match="wat er nog moet"):
            editions.send_back(edition_id=edition.pk, by=sofie, reason=" ")
        editions.send_back(edition_id=edition.pk, by=sofie, reason="Inleiding mist")
        edition.refresh_from_db()
        assert edition.state == Edition.State.DRAFT
        assert edition.history.first().history_change_reason == "Inleiding mist"

    def test_without_figures_it_is_not_offered(self, rik):
        edition = editions.begin_edition(period=period(), by=rik)
        with pytest.raises(ValidationError, match="nog niet berekend"):
            editions.offer(edition_id=edition.pk, by=rik)

    def test_nor_when_the_statuses_do_not_make_the_total(self, rik):
        edition = a_draft(rik)
        broken = FIGURES | {"registrations.status.running": 466}
        ReportRun.objects.filter(pk=edition.run_id).update(figures=broken)
        with pytest.raises(ValidationError, match="maar de delen samen zijn 1031"):
            editions.offer(edition_id=edition.pk, by=rik)

    def test_one_in_the_making_a_period(self, rik):
        a_draft(rik)
        with pytest.raises(ValidationError, match="al een editie in de maak"):
            editions.begin_edition(period=period(), by=rik)


class TestTexts:
    def write(self, edition, by, body, instead_of=""):
        return editions.write_text(
            edition_id=edition.pk, part="inleiding", body=body, instead_of=instead_of, by=by
        )

    def test_a_number_in_a_text_is_the_number_of_the_table(self, rik):
        edition = a_draft(rik)
        self.write(edition, rik, "Het zijn er {registrations.total}.\n\n{supervisors.fte} fte.")
        said = editions.paragraphs(edition, frozenset())
        assert said == {"inleiding": ("Het zijn er 1.030.", "35,17 fte.")}

    def test_a_number_that_does_not_exist_is_refused(self, rik):
        with pytest.raises(ValidationError, match="dat cijfer bestaat niet"):
            self.write(a_draft(rik), rik, "Er zijn {registrations.totaal}.")

    def test_a_hidden_number_in_a_text_stands_in_the_way(self, rik):
        edition = a_draft(rik)
        self.write(edition, rik, "{registrations.never_started_reason.own_choice} kozen zelf.")
        edition = Edition.objects.get()
        assert any("wordt verborgen" in one for one in editions.obstacles(edition))

    def test_who_writes_over_someone_sees_both_texts(self, rik, sofie):
        edition = a_draft(rik)
        self.write(edition, sofie, "Van Sofie.")
        client = Client()
        client.force_login(rik)
        address = reverse("edition_text", args=[edition.pk, "inleiding"])
        response = client.post(address, {"body": "Van Rianne.", "instead_of": ""})
        page = response.content.decode()
        assert "Van Sofie." in page
        assert "Van Rianne." in page
        again = fields_of(page)
        assert again["body"] == "Van Rianne."
        client.post(address, again)
        assert EditionText.objects.get().body == "Van Rianne."


class TestDecisions:
    KEY = "registrations.never_started_reason.own_choice"

    def test_an_editor_shows_a_small_number_with_a_reason(self, rik):
        edition = a_draft(rik)
        client = Client()
        client.force_login(rik)
        address = reverse("edition_hidden", args=[edition.pk])
        assert self.KEY in client.get(address).content.decode()
        asked = {"key": self.KEY, "shown": "ja", "reason": ""}
        assert "Dit klopt nog niet" in client.post(address, asked).content.decode()
        client.post(address, asked | {"reason": "Al eerder genoemd"})
        assert self.KEY not in editions.hidden_in(Edition.objects.get()).choices
        client.post(reverse("edition_step", args=[edition.pk, "besluit-weg"]), {"key": self.KEY})
        assert self.KEY in editions.hidden_in(Edition.objects.get()).choices


class TestFrozen:
    @pytest.fixture
    def published(self, rik, sofie, monkeypatch) -> Edition:
        edition = a_draft(rik)
        editions.write_text(
            edition_id=edition.pk, part="inleiding", body="Tekst", instead_of="", by=rik
        )
        editions.offer(edition_id=edition.pk, by=rik)
        editions.approve(edition_id=edition.pk, by=sofie)
        monkeypatch.setattr("reporting.services.publishing.count", lambda *which: FIGURES)
        monkeypatch.setattr(
            "reporting.services.publishing.records", lambda *which: Registration.objects.none()
        )
        make_all()
        return publish(edition.pk)

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: Edition.objects.filter(pk=one.pk).update(title="Anders"),
            lambda one: Edition.objects.filter(pk=one.pk).delete(),
            lambda one: EditionText.objects.update(body="Anders"),
            lambda one: EditionText.objects.create(edition=one, part="borgen", body="Erbij"),
            lambda one: EditionFile.objects.update(content=b"x"),
            lambda one: EditionFile.objects.all().delete(),
            lambda one: CountedIds.objects.update(ids=["x"]),
        ],
    )
    def test_nothing_of_it_can_be_changed(self, published, change):
        with pytest.raises(Error), transaction.atomic():
            change(published)

    def test_publishing_it_twice_does_nothing(self, published):
        assert publish(published.pk) is None
        assert EditionFile.objects.count() == len(FORMS) + 1

    def test_a_correction_is_a_new_edition_that_says_what_changed(self, published, rik, client):
        with pytest.raises(ValidationError, match="wat er wordt hersteld"):
            editions.begin_edition(period=period(), by=rik)
        second = editions.begin_edition(period=period(), by=rik, correction="Drie late meldingen.")
        assert (second.number, second.slug) == (2, "2024-07-2")
        assert second.texts.get().body == "Tekst"
        assert client.get("/publicaties/2024-07-2/").status_code == 404
        assert client.get("/publicaties/2024-07/").status_code == 200

    def test_figures_that_come_out_otherwise_are_not_published(self, rik, sofie, monkeypatch):
        edition = a_draft(rik)
        editions.offer(edition_id=edition.pk, by=rik)
        editions.approve(edition_id=edition.pk, by=sofie)
        make_all()
        monkeypatch.setattr("reporting.services.publishing.count", lambda *which: {})
        with pytest.raises(RuntimeError, match="andere cijfers"):
            publish(edition.pk)
        assert waiting_to_be_published() == [edition.pk]
