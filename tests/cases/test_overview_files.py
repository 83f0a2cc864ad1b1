"""What a parent takes along is what the officer sees on the screen: row for row, and nothing more
(T15). Of the files of the report: tests/reporting/test_no_more_than_the_screen.py."""

import html
import re

import pytest

from cases.models import FamilyMember
from cases.who_looked.overview import overview_of
from tests.cases.office import a_case, browser_of, colleague, officer, seal
from tests.cases.writing import person_of
from tests.cast import family_of
from tests.reporting.reading_forms import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
LOG = "/leeslogboek/"


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


@pytest.fixture
def mother(case):
    return FamilyMember.objects.get(family=family_of(case), role="mother").person


@pytest.fixture
def gea():
    return officer()


@pytest.fixture
def answers(case, fatima, gea, mother) -> dict[str, str]:
    file = f"/gezinnen/{family_of(case).pk}/"
    for path in (file, "/gezinnen/", f"{file}tijdlijn/"):
        browser_of(fatima).get(path)
    seal()
    client, base = browser_of(gea), f"{LOG}overzicht/{mother.pk}/"
    seen = {"screen": overview_of(mother)}
    for form in ("overzicht.html", "overzicht.pdf"):
        content = client.get(base + form).content
        seen[form] = text_of_pdf(content) if form.endswith("pdf") else content.decode()
    return seen


def test_each_row_is_in_it_once_and_no_other(answers):
    rows = answers["screen"].rows
    page = answers["overzicht.html"]
    body = page[page.index("<tbody") : page.index("</tbody")]
    assert body.count("<tr") == len(rows)
    for form in ("overzicht.html", "overzicht.pdf"):
        text = re.sub(r"\W", "", html_of(answers[form]))
        for row in rows:
            for said in (row.day, row.who, row.what, row.purpose):
                assert re.sub(r"\W", "", said) in text, (form, said)


def test_it_names_no_colleague_and_nobody_else_of_the_family(answers, case):
    others = [person_of(case, "child").first_name, "Fatima", "Gea", case.number]
    for form in ("overzicht.html", "overzicht.pdf"):
        assert [one for one in others if one in answers[form]] == []


def html_of(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", text))
