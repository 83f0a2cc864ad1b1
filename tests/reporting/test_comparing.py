"""Comparing on screen: asked for, worked out once, and the numbers behind each cause."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import AccessLine
from accounts.roles import REPORTING_STAFF
from cases.models import Code
from cases.services import start
from reporting.figures import REPORT, count
from reporting.models import Comparison, CountedIds, Edition, Period, ReportRun
from reporting.services import comparing
from reporting.services.comparing import request_comparison, work_on_comparison
from reporting.services.publishing import _keep_ids, _rules, digest_of
from reporting.services.running import as_json
from reporting.tasks import sweep
from tests.reporting.differing import JULY_1, JUNE, Office, an_office, drawn, registered
from tests.reporting.runs import HTMX, NOT_COLLECTED, a_run, fatima, rianne, someone

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr(comparing, "wake_a_worker", lambda comparison: None)


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


def a_draw(**fields) -> ReportRun:
    dates = drawn()
    return ReportRun.objects.create(
        label="Mei t/m juli 2024", period_start=dates.period_start, known_on=dates.known_on,
        reference_date=dates.reference_date, state="done", finished_at=Now(), code_version="toets",
        figures=as_json(count(REPORT, dates)), **fields,
    )  # fmt: skip


def published(run: ReportRun) -> Edition:
    """As services.publishing freezes it, without its files."""
    edition = Edition.objects.create(
        period=Period.objects.get(last_day="2024-07-31"), slug="gepubliceerd", title="Gepubliceerd",
        run=run, begun_by=None,
    )  # fmt: skip
    _keep_ids(edition, run.figures, run.dates)
    edition.figures, edition.digest = run.figures, digest_of(run.figures, run.dates)
    edition.rules = _rules(run.figures, run.dates)
    edition.offered_by, edition.approved_by = (
        someone(f"{name}@ot.example.org", name, REPORTING_STAFF) for name in ("sofie", "jasper")
    )
    edition.offered_at = edition.approved_at = edition.published_at = Now()
    edition.state = Edition.State.PUBLISHED
    edition.save()
    return Edition.objects.get(pk=edition.pk)


@pytest.fixture
def made(office) -> Comparison:
    """Els turned out to have started in June, and somebody was recorded late."""
    earlier = a_draw()
    start(registration=office.els, on=JUNE, by=None)
    registered(JULY_1)
    made = request_comparison(earlier=earlier, later=a_draw(), by=None)
    work_on_comparison(made.pk)
    return Comparison.objects.get(pk=made.pk)


class TestAsking:
    def test_the_order_is_that_of_the_dates(self, office):
        first, second = a_draw(), a_draw()
        asked = request_comparison(earlier=second, later=first, by=None)
        assert (asked.earlier, asked.later) == (first, second)

    def test_asked_again_it_is_the_one_that_is_there(self, made):
        again = request_comparison(earlier=made.earlier, later=made.later, by=None)
        assert again == made

    def test_not_with_itself(self, office):
        run = a_draw()
        with pytest.raises(ValidationError, match="twee verschillende"):
            request_comparison(earlier=run, later=run, by=None)
        with pytest.raises(IntegrityError, match="comparison_of_two"), transaction.atomic():
            Comparison.objects.create(earlier=run, later=run)

    def test_not_without_figures(self, office):
        with pytest.raises(ValidationError, match="nog geen cijfers"):
            request_comparison(earlier=a_draw(), later=a_run(), by=None)

    def test_the_database_wants_an_outcome_and_a_reason(self, office):
        runs = {"earlier": a_draw(), "later": a_draw()}
        for state, constraint in (("done", "has_an_outcome"), ("failed", "says_why")):
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                Comparison.objects.create(state=state, **runs)


class TestWorkingOut:
    def test_the_sweep_picks_up_what_waits(self, office):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
        sweep()
        asked.refresh_from_db()
        assert (asked.state, asked.outcome, asked.attempts) == ("done", {}, 1)

    def test_who_may_no_longer_see_figures_gets_none(self, office):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=fatima())
        sweep()
        asked.refresh_from_db()
        assert asked.state == "failed"
        assert "mag geen cijfers meer zien" in asked.error

    def test_what_goes_wrong_is_said_and_not_tried_for_ever(self, office, monkeypatch):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
        monkeypatch.setattr(comparing, "compare", lambda *sides: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work_on_comparison(asked.pk)
        asked.refresh_from_db()
        assert asked.state == "failed"

    def test_a_worker_that_dies_of_it_three_times_is_not_followed(self, office):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
        Comparison.objects.filter(pk=asked.pk).update(attempts=3)
        work_on_comparison(asked.pk)
        asked.refresh_from_db()
        assert "drie keer afgebroken" in asked.error

    def test_a_difference_that_is_not_explained_is_never_shown(self, office, monkeypatch):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
        start(registration=office.els, on=JUNE, by=None)
        wrong = comparing.FigureDifference("registrations.total", 1, 5)
        wrong.add(comparing.causes.LATE, "x", 3)
        monkeypatch.setattr(comparing, "compare", lambda *sides: [wrong])
        with pytest.raises(RuntimeError, match="3 verklaard van 4"):
            work_on_comparison(asked.pk)


class TestAPublishedEdition:
    def test_its_frozen_numbers_are_what_is_compared_with(self, office):
        """As if the program counted Els otherwise then: a rule, and no fact."""
        edition = published(a_draw())
        frozen = CountedIds.objects.get(edition=edition, key="registrations.status.running")
        assert frozen.ids == [str(office.sanne.pk)]
        start(registration=office.els, on=JUNE, by=None)
        made = request_comparison(earlier=edition.run, later=a_draw(), by=None)
        work_on_comparison(made.pk)
        made.refresh_from_db()
        assert made.outcome["registrations.status.running"] == {
            "before": 1, "after": 2, "causes": {"dated_back": [1, 0]},
        }  # fmt: skip

    def test_a_code_that_went_to_another_theme(self, office):
        edition = published(a_draw())
        theme = office.request.request.theme
        other = Code.objects.in_list("theme").exclude(pk=theme.pk).first()
        item = Code.objects.get(pk=office.request.request_id)
        item.theme = other
        item.save()
        made = request_comparison(earlier=edition.run, later=a_draw(), by=None)
        work_on_comparison(made.pk)
        made.refresh_from_db()
        assert made.outcome == {
            f"families.request.theme.{theme.code}": {
                "before": 1, "after": 0, "causes": {"code_list": [0, 1]},
            },
            f"families.request.theme.{other.code}": {
                "before": 0, "after": 1, "causes": {"code_list": [1, 0]},
            },
        }  # fmt: skip

    def test_figures_without_kept_numbers_leave_it_to_the_rule(self, office):
        earlier = a_draw()
        ReportRun.objects.filter(pk=earlier.pk).update(
            figures={**earlier.figures, "families.total": 7}
        )
        made = request_comparison(earlier=earlier, later=a_draw(), by=None)
        work_on_comparison(made.pk)
        made.refresh_from_db()
        assert made.outcome == {
            "families.total": {"before": 7, "after": 2, "causes": {"rule": [0, 5]}}
        }


class TestOnScreen:
    def test_every_figure_that_differs_with_its_causes(self, reader, made):
        page = reader.get(reverse("comparison", args=[made.pk]))
        rows = {row.key: row for chapter in page.context["found"].chapters for row in chapter.rows}
        total = rows["registrations.total"]
        assert (total.before, total.after, total.difference) == ("3", "4", "+1")
        assert [(one.cause.key, one.counts) for one in total.why] == [("late", "+1")]
        not_started = rows["registrations.status.not_started"]
        assert not_started.difference == "0"
        assert [(one.cause.key, one.counts) for one in not_started.why] == [
            ("late", "+1"), ("dated_back", "−1"),
        ]  # fmt: skip
        assert "Status met een eerdere datum" in page.content.decode()

    def test_the_numbers_behind_a_cause_and_never_a_name(self, reader, made, office):
        address = [made.pk, "registrations.status.not_started", "dated_back"]
        page = reader.get(reverse("comparison_records", args=address))
        text = page.content.decode()
        assert office.els.number in text
        assert "Eraf gegaan" in text
        assert "Els" not in text
        line = AccessLine.objects.latest("at")
        assert (line.action, line.object_id) == (AccessLine.Action.DRILL_DOWN, address[1])
        assert line.subjects == [office.person(office.els).pk]

    @pytest.mark.parametrize(
        "behind",
        [("registrations.total", "merged"), ("geen.cijfer", "late"), ("activities.x", "late")],
    )
    def test_what_is_no_difference_has_no_page(self, reader, made, behind):
        page = reader.get(reverse("comparison_records", args=[made.pk, *behind]))
        assert page.status_code == 404

    def test_a_page_that_waits_is_loaded_again_once_it_is_done(self, reader, office):
        asked = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
        address = reverse("comparison", args=[asked.pk])
        assert "Wacht op een werker" in reader.get(address).content.decode()
        assert reader.get(address, headers=HTMX).status_code == 204
        work_on_comparison(asked.pk)
        assert reader.get(address, headers=HTMX)["HX-Refresh"] == "true"
        assert "geen enkel verschil" in reader.get(address).content.decode()

    def test_two_chosen_from_the_list(self, reader, office):
        first, second = a_draw(), a_draw()
        answer = reader.post(reverse("comparisons"), {"earlier": second.pk, "later": first.pk})
        assert answer["Location"] == reverse("comparison", args=[Comparison.objects.get().pk])

    def test_twice_the_same_is_refused_in_words(self, reader, office):
        run = a_draw()
        page = reader.post(reverse("comparisons"), {"earlier": run.pk, "later": run.pk})
        assert "Kies een andere dan de eerdere stand." in page.content.decode()
        page = reader.post(reverse("comparisons"), {"earlier": "niets", "later": run.pk})
        assert "Deze berekening is er niet (meer)." in page.content.decode()

    def test_an_edition_leads_to_what_changed_since_the_one_before(self, reader, office):
        edition = published(a_draw())
        correction = Edition.objects.create(
            period=edition.period, number=2, slug="tweede", title="Herstel", run=a_draw(),
            correction="Els liep al.",
        )  # fmt: skip
        address = reverse("edition", args=[correction.pk])
        assert "Vergelijken met de vorige editie" in reader.get(address).content.decode()
        runs = {"earlier": edition.run_id, "later": correction.run_id}
        made = reader.post(reverse("comparisons"), runs)["Location"]
        assert made in reader.get(address).content.decode()

    @pytest.mark.parametrize("late", [1, 3, 30])
    def test_as_many_queries_for_many_records(
        self, reader, office, django_assert_num_queries, late
    ):
        earlier = a_draw()
        for _ in range(late):
            registered(JULY_1)
        made = request_comparison(earlier=earlier, later=a_draw(), by=None)
        work_on_comparison(made.pk)
        addresses = (
            (reverse("comparison", args=[made.pk]), 10),
            (reverse("comparison_records", args=[made.pk, "registrations.total", "late"]), 15),
        )
        for address, queries in addresses:
            reader.get(address)
            with django_assert_num_queries(queries):
                reader.get(address)
