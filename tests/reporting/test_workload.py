"""How much work there is and who waits: as counted by hand, in every form of an edition, and never
so small that it tells of someone."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import odfdo
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from cases.services import note
from facts.dates import Dates
from reporting.appendix import STATUSES, appendix
from reporting.documents import FORMS, Listing, Source
from reporting.figures import REPORT
from reporting.models import Activity
from reporting.workload import Line, hidden_in, said, workload
from tests.oracle.count.workload import workload_by_hand
from tests.oracle.worlds import worlds
from tests.reporting.reading_forms import TEXTS
from tests.reporting.runs import FIGURES as GOLDEN
from tests.reporting.worlds import imported

DATES = Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2024, 8, 5))
KNOWN_NOW = Dates(DATES.period_start, DATES.reference_date, datetime(2100, 1, 1, tzinfo=UTC))
EVIL = '=HYPERLINK("http://example.org";"klik")'
KEPT = (
    ("inspire", EVIL, date(2024, 7, 4), ""),
    ("inspire", "Eerst", date(2024, 1, 12), ""),
    ("inspire", "Van een jaar eerder", date(2023, 12, 31), ""),
    ("safeguard", "Commissie", date(2024, 4, 12), ""),
    ("publication", "Artikel over vertrouwen", date(2024, 6, 1), "juni editie"),
    ("publication", "Na de peildatum", date(2024, 8, 1), ""),
)


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_each_number_equals_a_count_by_hand(world, tmp_path):
    book, dates = world
    with imported(book, tmp_path):
        ours = {line.key: line.number for line in workload(Dates.by_day(*dates))}
    by_hand = workload_by_hand(book, **dates._asdict())
    assert ours == {
        key: None if number is None else Decimal(str(number)) for key, number in by_hand.items()
    }


@pytest.mark.django_db
def test_an_empty_team_has_no_means_and_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        lines = {line.key: said(line) for line in workload(DATES)}
    assert lines["workload.fte"] == "0,00"
    assert lines["waiting.unheld"] == "0"
    assert lines["workload.per_fte"] == lines["waiting.to_start.days"] == "–"


class TestWhatThePublicSees:
    def lines(self, **of: int) -> list[Line]:
        """All numbers large, except those given by key (dots as _)."""
        numbers = dict.fromkeys(LABELLED, 50) | {
            key: of[key.replace(".", "_")] for key in LABELLED if key.replace(".", "_") in of
        }
        units = {"waiting.at_the_start.too_long": "trajecten", "waiting.unheld": "trajecten"}
        return [
            Line(key, key, units.get(key, "iets"), "", Decimal(many), many)
            for key, many in numbers.items()
        ]

    def test_nothing_is_hidden_where_all_is_large_or_nought(self):
        assert hidden_in(self.lines(waiting_at_the_start_too_long=0), False) == frozenset()

    def test_a_mean_of_four_is_hidden_and_of_five_is_not(self):
        assert hidden_in(self.lines(waiting_to_start_days=4), False) == {"waiting.to_start.days"}
        assert hidden_in(self.lines(waiting_to_start_days=5), False) == frozenset()

    def test_what_is_left_of_those_who_wait_is_not_small_either(self):
        lines = self.lines(waiting_at_the_start_days=12, waiting_at_the_start_too_long=10)
        assert hidden_in(lines, False) == {"waiting.at_the_start.too_long"}

    def test_who_has_nobody_does_not_follow_from_who_has(self):
        hidden = hidden_in(self.lines(waiting_unheld=3), False)
        assert hidden == {"waiting.unheld", "workload.per_fte"}

    def test_who_has_somebody_does_not_follow_from_who_has_nobody(self):
        hidden = hidden_in(self.lines(workload_per_fte=3), False)
        assert hidden == {"waiting.unheld", "workload.per_fte"}

    def test_a_hidden_status_is_not_told_by_its_parts_nor_by_whether_there_is_a_mean(self):
        assert hidden_in(self.lines(), True) == set(LABELLED) - {"waiting.to_start.days"}

    def test_the_threshold_is_that_of_the_report(self, settings):
        settings.SUPPRESS_BELOW = 10
        assert hidden_in(self.lines(waiting_to_start_days=9), False) == {"waiting.to_start.days"}

    def test_what_hidden_means_is_said_where_only_the_appendix_hides(self):
        cells = (("Zonder procesbegeleider", "verborgen"),)
        listing = Listing("Werkdruk", "Nu.", ("Cijfer", "Waarde"), (1, 1), cells)
        assert Source(GOLDEN, DATES, appendix=(listing,)).about_hidden
        assert not Source(GOLDEN, DATES).about_hidden

    def test_the_statuses_are_known_by_their_key(self):
        assert REPORT.find(f"{STATUSES}running") is not None


LABELLED = (
    "workload.per_fte",
    "waiting.at_the_start.days",
    "waiting.at_the_start.too_long",
    "waiting.unheld",
    "waiting.unheld.days",
    "waiting.to_start.days",
)


@pytest.mark.django_db
class TestTheAppendixInEveryForm:
    @pytest.fixture(autouse=True)
    def activities(self) -> None:
        for section, title, day, words in KEPT:
            activity = Activity(
                section_id=f"activity_section.{section}",
                title=title,
                form="Webinar",
                audience="Docenten",
                happened_on=day,
                date_in_words=words,
            )
            note(activity, by=None)

    @pytest.fixture
    def source(self) -> Source:
        return Source(GOLDEN, KNOWN_NOW, appendix=appendix(KNOWN_NOW, frozenset()), described=True)

    def test_it_lists_the_activities_of_the_year_so_far_in_order(self, source):
        assert [one.title for one in source.appendix] == [
            "Overzicht 2024, inspireren", "Overzicht 2024, borgen", "Overzicht 2024, publicatie",
            "Werkdruk en wachttijden",
        ]  # fmt: skip
        assert [(row[0], row[4]) for row in source.appendix[0].rows] == [
            ("Eerst", "12 jan 2024"), (EVIL, "4 jul 2024")
        ]  # fmt: skip
        assert source.appendix[2].rows[0][4] == "juni editie", "the words, where the date has some"

    @pytest.mark.parametrize("extension", ["html", "json", "ods", "odt", "pdf", "xlsx"])
    def test_every_cell_stands_in_it(self, source, extension):
        found = "".join(READ[extension](FORMS[extension].make(source)).split())
        for listing in source.appendix:
            for cell in (listing.title, *(cell for row in listing.rows for cell in row)):
                assert "".join(cell.split())[:28] in found, cell

    def test_a_title_never_becomes_a_formula(self, source):
        book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx"].make(source)))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if cell.value == EVIL] == ["s"]


def _xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = (v for page in book for row in page.iter_rows(values_only=True) for v in row)
    return " ".join(map(str, [*book.sheetnames, *values]))


def _ods(content: bytes) -> str:
    tables = odfdo.Document(io.BytesIO(content)).body.tables
    values = (v for table in tables for row in table.get_values() for v in row)
    return " ".join(map(str, [*(table.name for table in tables), *values]))


def _json(content: bytes) -> str:
    said = json.loads(content)["appendix"]
    return " ".join(
        " ".join([one["title"], *(cell for row in one["rows"] for cell in row)]) for one in said
    )


READ = {**TEXTS, "xlsx": _xlsx, "ods": _ods, "json": _json}
