"""Figures through the editions: exact for staff; for the public what was public, and no more."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from accounts.roles import REPORTING_STAFF
from reporting.charts import over_time
from reporting.models import Edition, Period
from tests.reporting.runs import FIGURES, NOT_COLLECTED, a_done_run, rianne, someone

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
SECRET = 87_654_321  # found nowhere by accident


def offered_and_approved() -> dict[str, Any]:
    names = ("sofie", "jasper")
    found = [
        User.objects.filter(email=f"{name}@ot.example.org").first()
        or someone(f"{name}@ot.example.org", name, REPORTING_STAFF)
        for name in names
    ]
    return {"offered_by": found[0], "approved_by": found[1]} | dict.fromkeys(
        ("offered_at", "approved_at", "published_at"), Now()
    )


def an_edition(
    last: date, number: int = 1, hidden: tuple[str, ...] = (), **figures: Any
) -> Edition:
    """Published, with the golden quarter's figures and those that are given."""
    period, _ = Period.objects.get_or_create(
        last_day=last, defaults={"label": f"tot {last}", "first_day": last.replace(day=1)}
    )
    figures = {**FIGURES, **{key.replace("__", "."): one for key, one in figures.items()}}
    return Edition.objects.create(
        period=period, number=number, slug=f"{last}-{number}", title="Voortgang",
        run=a_done_run(figures), correction="Hersteld" if number > 1 else "",
        state="published", figures=figures, digest="0" * 64,
        hidden={key: {"why": "klein", "reason": ""} for key in hidden}, **offered_and_approved(),
    )  # fmt: skip


@pytest.fixture
def editions() -> None:
    july, october = date(2024, 7, 31), date(2024, 10, 31)
    an_edition(july, registrations__total=1_030)
    an_edition(july, number=2, registrations__total=1_034)
    an_edition(
        october,
        registrations__total=SECRET,
        hidden=("registrations.total", "registrations.status.running"),
        registrations__status__running=SECRET,
    )


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


def cells(response, title: str) -> list[str]:
    groups = {group.title: group for group in response.context["groups"]}
    return [cell.number for cell in groups[title].alone.cells]


TOTAL = "Aanmeldingen in totaal"


def test_staff_see_every_edition_exactly(reader, editions):
    page = reader.get(reverse("series"))
    assert cells(page, TOTAL) == ["1.030", "1.034", "87.654.321"]


def test_the_public_sees_what_was_public(client, editions):
    page = client.get(reverse("public_series"))
    assert cells(page, TOTAL) == ["1.030", "1.034", "verborgen"]
    for address in ("?cijfer=registrations.status.running", "?cijfer=registrations.total", ""):
        text = client.get(reverse("public_series") + address).content.decode()
        assert "87.654.321" not in text
        assert str(SECRET) not in text


def test_a_correction_takes_the_place_in_the_chart_of_what_it_corrects(reader, editions):
    page = reader.get(reverse("series"), {"cijfer": "registrations.total"})
    chart = page.context["chosen"].alone.chart
    assert [column.number for column in chart.columns] == [1_034, SECRET]


def test_the_files_say_the_same_as_the_page(client, reader, editions):
    for name, last in (("series_file", str(SECRET)), ("public_series_file", "verborgen")):
        text = client.get(reverse(name, args=["csv"])).content.decode("utf-8-sig")
        rows = {row["sleutel"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
        assert list(rows["registrations.total"].values())[5:] == ["1030", "1034", last]
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(reverse(name, args=["xlsx"])).content), read_only=True
        )
        line = next(row for row in book.worksheets[0].values if row[0] == "registrations.total")
        assert [str(one) for one in line[4:]] == ["1030", "1034", last]
        assert rows.keys() == FIGURES.keys()


def test_what_an_edition_did_not_count_is_no_nought_and_a_code_that_counts_nobody_is(reader):
    an_edition(date(2024, 4, 30), children__measure__both=4)
    older = Edition.objects.get()
    figures = {key: one for key, one in older.figures.items() if key != "children.total"}
    del figures["children.measure.both"]
    newer = an_edition(date(2024, 7, 31))
    later = {**offered_and_approved(), "figures": figures}
    copied = {name: getattr(newer, name) for name in ("period", "title", "run", "state", "digest")}
    Edition.objects.create(number=2, slug="weer", correction="Korter", **copied, **later)
    page = reader.get(reverse("series"), {"onderdeel": "kinderen"})
    assert cells(page, "Kinderen in de gezinnen")[-1] == "–"
    page = reader.get(reverse("series"), {"cijfer": "children.measure.both"})
    assert page.context["chosen"].alone.cells[-1].number == "0"


def test_nothing_published_yet(client):
    page = client.get(reverse("public_series"))
    assert "Er is nog niets gepubliceerd." in page.content.decode()
    for extension in ("csv", "xlsx"):
        assert client.get(reverse("public_series_file", args=[extension])).status_code == 200
    assert client.get(reverse("public_series_file", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("address", ["?onderdeel=bestaat-niet", "?cijfer=bestaat.niet"])
def test_an_address_that_someone_kept_leads_to_the_first_chapter(client, editions, address):
    page = client.get(reverse("public_series") + address)
    assert page.context["chapter"].slug == "aanmeldingen"


@pytest.mark.parametrize("many", [1, 3, 12])
def test_as_many_queries_for_many_editions(client, django_assert_num_queries, many):
    for month in range(1, many + 1):
        an_edition(date(2023, month, 28))
    client.get(reverse("public_series"))
    with django_assert_num_queries(4):
        client.get(reverse("public_series"))


def test_a_chart_names_few_moments_and_always_the_last():
    chart = over_time([(str(n), f"{n:02}-2024", n) for n in range(1, 13)])
    assert len(chart.years) == 4
    assert chart.years[-1].name == "12-2024"
    assert over_time([]) is None
    assert over_time([("a", "a", None)]).columns[0].height == "0.0"
