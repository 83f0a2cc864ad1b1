"""Files of a draw and of an edition are rows: asked for, made by a worker, done once (T74, T78)."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import REPORTING_STAFF
from reporting.documents import FORMS
from reporting.models import Edition, ReportFile
from reporting.services import editions, making
from reporting.services.making import (
    BY_A_WORKER,
    OF_AN_EDITION,
    ask_for_files,
    claim_file,
    files_waiting,
    make,
)
from reporting.services.publishing import publish, waiting_to_be_published
from reporting.tasks import sweep
from tests.reporting.runs import (
    FIGURES,
    HTMX,
    NOT_COLLECTED,
    a_done_run,
    make_all,
    mirjam,
    rianne,
    someone,
)
from tests.reporting.test_editions import a_draft

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
State = ReportFile.State


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr(making, "wake_makers", lambda files: None)
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)


@pytest.fixture(autouse=True)
def quick_forms(monkeypatch):
    """What the forms say is for test_documents."""
    monkeypatch.setattr(making, "make_form", lambda extension, source: extension.encode())


@pytest.fixture
def asker():
    return rianne()


@pytest.fixture
def run(asker):
    return a_done_run(requested_by=asker)


@pytest.fixture
def reader(asker):
    client = Client()
    client.force_login(asker)
    return client


class TestARow:
    def test_asking_twice_asks_for_each_form_once(self, run, asker):
        ask_for_files(run=run, by=asker)
        ask_for_files(run=run, by=asker)
        assert sorted(ReportFile.objects.values_list("extension", flat=True)) == sorted(BY_A_WORKER)

    def test_a_file_is_claimed_once_and_made_whole(self, run, asker):
        (first, *_) = ask_for_files(run=run, by=asker)
        claimed = claim_file(first.pk)
        assert claim_file(first.pk) is None
        make(claimed)
        first.refresh_from_db()
        assert first.state == State.DONE
        assert bytes(first.content).decode() == first.extension
        assert claim_file(first.pk) is None

    def test_of_two_workers_the_one_declared_dead_writes_nothing(self, run, asker, monkeypatch):
        """T78: the row is claimed, and the loser's work is ignored."""
        (first, *_) = ask_for_files(run=run, by=asker)
        slow = claim_file(first.pk)
        ReportFile.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        quick = claim_file(first.pk)
        assert (quick.attempts, quick.owner != slow.owner) == (2, True)
        make(slow)
        first.refresh_from_db()
        assert (first.state, first.content) == (State.RUNNING, None)
        make(quick)
        first.refresh_from_db()
        assert first.state == State.DONE

    def test_after_three_deaths_it_fails_says_so_and_may_be_asked_again(self, run, asker, reader):
        ask_for_files(run=run, by=asker)
        for _ in range(4):
            for waiting in files_waiting():
                claim_file(waiting)
            ReportFile.objects.filter(state=State.RUNNING).update(
                heartbeat_at=timezone.now() - timedelta(minutes=1)
            )
        assert set(ReportFile.objects.values_list("state", flat=True)) == {State.FAILED}
        page = reader.get(reverse("report_files", args=[run.pk])).content.decode()
        assert "drie keer afgebroken" in page
        reader.post(reverse("report_files", args=[run.pk]))
        make_all()
        assert set(ReportFile.objects.values_list("state", flat=True)) == {State.DONE}

    @pytest.mark.parametrize("lost", ["the role", "the account"])
    def test_who_may_no_longer_see_figures_gets_none(self, run, asker, lost):
        (first, *_) = ask_for_files(run=run, by=asker)
        if lost == "the role":
            asker.groups.clear()
        else:
            User.objects.update(is_active=False)
        assert claim_file(first.pk) is None
        first.refresh_from_db()
        assert (first.state, first.content) == (State.FAILED, None)
        assert "mag geen cijfers meer zien" in first.error

    def test_a_form_that_breaks_is_failed_and_holds_up_no_other(self, run, asker, monkeypatch):
        """T79."""
        ask_for_files(run=run, by=asker)
        whole = making.make_form

        def broken(extension, source):
            if extension == "odt":
                raise RuntimeError("stuk")
            return whole(extension, source)

        monkeypatch.setattr(making, "make_form", broken)
        sweep()
        states = dict(ReportFile.objects.values_list("extension", "state"))
        assert states.pop("odt") == State.FAILED
        assert set(states.values()) == {State.DONE}
        assert "stuk" not in ReportFile.objects.get(extension="odt").error

    @pytest.mark.parametrize(
        "half",
        [
            {"state": "done", "finished_at": timezone.now(), "made_of": "0" * 64},
            {"state": "done", "content": b"x", "made_of": "0" * 64},
            {"state": "done", "content": b"x", "finished_at": timezone.now()},
            {"state": "waiting", "content": b"half"},
            {"state": "failed", "error": ""},
            {"state": "running"},
        ],
    )
    def test_the_database_keeps_no_half_file(self, run, asker, half):
        (first, *_) = ask_for_files(run=run, by=asker)
        with pytest.raises(Error), transaction.atomic():
            ReportFile.objects.filter(pk=first.pk).update(**half)

    def test_nor_two_of_a_form(self, run):
        ReportFile.objects.create(run=run, extension="pdf")
        with pytest.raises(Error, match="reportfile_one_a_form"), transaction.atomic():
            ReportFile.objects.create(run=run, extension="pdf")


class TestOnScreen:
    def test_asked_left_and_come_back_to(self, run, reader):
        address = reverse("report_files", args=[run.pk])
        assert "Bestanden maken" in reader.get(address).content.decode()
        reader.post(address)
        assert f"0 van {len(BY_A_WORKER)} klaar" in reader.get(address).content.decode()
        make(claim_file(ReportFile.objects.get(extension="pdf").pk))
        page = reader.get(address).content.decode()
        assert f"1 van {len(BY_A_WORKER)} klaar" in page
        assert reverse("report_file", args=[run.pk, "pdf"]) in page
        make_all()
        part = reader.get(reverse("report_files_progress", args=[run.pk]), headers=HTMX)
        assert "De bestanden zijn klaar." in part.content.decode()
        assert "hx-get" not in part.content.decode()

    def test_what_is_not_made_leads_to_where_it_is_made(self, run, reader):
        address = reverse("report_file", args=[run.pk, "pdf"])
        assert reader.get(address).headers["Location"] == reverse("report_files", args=[run.pk])
        assert not ReportFile.objects.exists(), "looking asks for nothing"

    def test_plain_data_is_there_at_once(self, run, reader):
        for extension in ("csv", "json"):
            assert reader.get(reverse("report_file", args=[run.pk, extension])).status_code == 200

    def test_who_is_signed_out_while_waiting_has_the_page_reloaded(self, run, client):
        address = reverse("report_files_progress", args=[run.pk])
        assert client.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
        assert client.get(address).status_code == 302

    def test_the_number_of_queries_does_not_grow(self, run, reader, django_assert_num_queries):
        address = reverse("report_files", args=[run.pk])
        reader.get(address)
        with django_assert_num_queries(QUERIES):
            reader.get(address)
        reader.post(address)
        with django_assert_num_queries(QUERIES):
            reader.get(address)


QUERIES = 9


class TestAnEdition:
    @pytest.fixture
    def approved(self, asker, monkeypatch) -> Edition:
        edition = a_draft(asker)
        editions.offer(edition_id=edition.pk, by=asker)
        editions.approve(
            edition_id=edition.pk,
            by=someone("sofie@ot.example.org", "Sofie Schrijver", REPORTING_STAFF),
        )
        monkeypatch.setattr("reporting.services.publishing.count", lambda *which: FIGURES)
        nothing = ReportFile.objects.none()
        monkeypatch.setattr("reporting.services.publishing.records", lambda *which: nothing)
        return Edition.objects.get(pk=edition.pk)

    def test_it_waits_until_every_form_is_there(self, approved, reader):
        waiting = files_waiting()
        assert len(waiting) == len(OF_AN_EDITION) == len(FORMS) + 1
        for file in waiting[:-1]:
            make(claim_file(file))
        assert publish(approved.pk) is None
        page = reader.get(reverse("edition", args=[approved.pk])).content.decode()
        assert f"{len(waiting) - 1} van {len(waiting)} bestanden klaar" in page
        sweep()
        approved.refresh_from_db()
        assert approved.state == Edition.State.PUBLISHED
        assert approved.files.count() == len(OF_AN_EDITION)
        assert not ReportFile.objects.exists()

    def test_what_failed_may_be_tried_again(self, approved, reader):
        ReportFile.objects.filter(extension="pdf").update(state=State.FAILED, error="Stuk.")
        sweep()
        page = reader.get(reverse("edition", args=[approved.pk])).content.decode()
        assert "PDF: Stuk." in page
        assert waiting_to_be_published() == [approved.pk], "visibly waiting"
        reader.post(reverse("edition_step", args=[approved.pk, "bestanden"]))
        sweep()
        approved.refresh_from_db()
        assert approved.state == Edition.State.PUBLISHED

    def test_files_that_say_something_else_by_now_are_made_anew(self, approved):
        """Another edition was published meanwhile, and more has to be hidden for it."""
        make_all()
        ReportFile.objects.filter(extension="csv").update(made_of="0" * 64)
        assert publish(approved.pk) is None
        assert files_waiting() == [ReportFile.objects.get(extension="csv").pk]
        sweep()
        approved.refresh_from_db()
        assert approved.state == Edition.State.PUBLISHED

    def test_an_approval_that_is_taken_back_takes_its_files_along(self, approved):
        User.objects.filter(pk=approved.approved_by_id).update(is_active=False)
        sweep()
        approved.refresh_from_db()
        assert approved.state == Edition.State.OFFERED
        assert not ReportFile.objects.exists()
        editions.approve(edition_id=approved.pk, by=mirjam())
        sweep()
        approved.refresh_from_db()
        assert approved.state == Edition.State.PUBLISHED
