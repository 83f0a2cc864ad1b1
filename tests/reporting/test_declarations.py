"""What a declaration lacks stops the server; what it says is what is counted."""

import shutil
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from facts.dates import Dates
from reporting.figures import REPORT, broken_rules, count, records
from reporting.figures.declarations import EVERY, Breakdown, Chapter, Count, Percentage, Report
from reporting.figures.engine import percentage
from reporting.figures.labels import Statuses
from reporting.figures.units import FAMILIES, REGISTRATIONS
from tests.cast import a_registration

WHOLE = {"key": "a", "label": "A", "rows": REGISTRATIONS, "where": EVERY}
DATES = Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ({"key": " "}, "geen key"),
        ({"label": ""}, "geen label"),
        ({"rows": None}, "wat het telt"),
        ({"where": None}, "geen voorwaarde"),
    ],
)
def test_a_figure_without_key_label_unit_or_condition_is_refused(lacking, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        Count(**{**WHOLE, **lacking})


def test_label_unit_and_condition_cannot_be_left_out_either():
    for name in WHOLE:
        with pytest.raises(TypeError, match=name):
            Count(**{key: value for key, value in WHOLE.items() if key != name})


def test_a_breakdown_says_by_what_and_a_percentage_of_what():
    with pytest.raises(ImproperlyConfigured, match="mist 'by'"):
        Breakdown(**WHOLE, by="", labels=Statuses())
    with pytest.raises(ImproperlyConfigured, match="geen base"):
        Percentage(key="p", label="P", of="a", base="")


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ((Count(**WHOLE), Count(**WHOLE)), "twee keer"),
        ((Count(**WHOLE, parts=("b",)),), "verwijst naar 'b'"),
        ((Count(**WHOLE), Percentage(key="p", label="P", of="a", base="z")), "verwijst naar 'z'"),
    ],
)
def test_a_report_refuses_a_key_twice_and_a_reference_to_nothing(figures, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        Report((Chapter("x", "X", figures),))


def test_such_a_declaration_stops_the_server_at_start(tmp_path):
    """A copy of the program in which someone gave two figures one key."""
    for folder in (
        "facts",
        "accounts",
        "cases",
        "surveys",
        "reporting",
        "ondersteuning",
        "templates",
        "static",
    ):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    chapter = tmp_path / "reporting" / "figures" / "chapters" / "organisation.py"
    spoilt = chapter.read_text().replace('"complaints.handled"', '"complaints.received"')
    chapter.write_text(spoilt)

    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "Cijfer 'complaints.received' is twee keer opgeschreven" in ended.stderr


def test_percentages_are_whole_half_up_and_none_of_nothing():
    assert [percentage(part, 200) for part in (0, 1, 2, 3, 199)] == [0, 1, 1, 2, 100]
    assert percentage(0, 0) is None


def test_rules_that_do_not_hold_are_said_in_words():
    report = Report(
        (
            Chapter(
                "x",
                "X",
                (
                    Count(**{**WHOLE, "parts": ("b",)}),
                    Count(key="b", label="B", rows=FAMILIES, where=EVERY),
                ),
            ),
        )
    )
    assert broken_rules(report, {"a": 3, "b": 3}) == []
    assert broken_rules(report, {"a": 3, "b": 2}) == ["'A' is 3, maar de delen samen zijn 2 (b)."]


@pytest.mark.django_db
def test_a_declaration_yields_the_number_and_the_records():
    registration = a_registration()
    figures = count(REPORT, DATES)
    assert figures["registrations.status.not_started"] == 1
    assert list(records(REPORT, "registrations.status.not_started", DATES)) == [registration.pk]
    assert list(records(REPORT, "registrations.route.not_in_view", DATES)) == [registration.pk]
    assert list(records(REPORT, "registrations.route.self", DATES)) == []
    with pytest.raises(KeyError):
        records(REPORT, "registrations.shoe_size", DATES)


def test_a_condition_is_never_left_out_by_accident():
    assert all(isinstance(figure.where, Q) for figure in REPORT if hasattr(figure, "where"))
