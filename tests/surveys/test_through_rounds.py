"""The key figures through the rounds: as the reports tell them, and a gap where these tell none."""

import re

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLine
from surveys.models import Question, Round, Text
from surveys.report.rounds import stages_of, told_report
from surveys.report.series import NOT_ASKED, OTHER_WORDS, through_rounds
from surveys.report.structure import TOO_FEW
from tests.cases.office import browser_of
from tests.surveys.asking import reporter
from tests.surveys.saying import a_round_that_is_over, random_answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]
GROUPS = {"parent": 40}


def series():
    rounds = Round.objects.exclude(state="draft")
    return through_rounds(rounds, stages_of(rounds))


def bars():
    """figure -> (round, share, of how many, note), the oldest first."""
    return {
        each.figure.key: [(bar.label, bar.share, bar.number, bar.note) for bar in each.bars]
        for one in series()
        for each in one.figures
    }


def few(_group: str, number: int):
    return {"satisfied": "yes", "grade": 9} if number < 9 else None


def seven_of_ten(_group: str, number: int):
    """Forty are asked: twenty answer, fourteen are satisfied and nine give a grade."""
    if number >= 20:
        return None
    said = {"satisfied": "mostly" if number < 14 else "no", "helped": ["trust"]}
    return said | ({"grade": 8} if number < 9 else {})


def test_three_rounds_of_which_one_is_too_small():
    first, _ = a_round_that_is_over("Eerste", GROUPS, seven_of_ten)
    a_round_that_is_over("Klein", GROUPS, few, like=first)
    a_round_that_is_over("Laatste", GROUPS, lambda *_: {"satisfied": "yes"}, like=first)
    found = bars()
    assert found["response"] == [
        ("Eerste", "50%", "40", ""), ("Klein", "–", "", TOO_FEW), ("Laatste", "100%", "40", ""),
    ]  # fmt: skip
    assert found["satisfied.yes-mostly"] == [
        ("Eerste", "70%", "20", ""), ("Klein", "–", "", TOO_FEW), ("Laatste", "100%", "40", ""),
    ]  # fmt: skip
    assert [one[1:] for one in found["grade.mean"]] == [("–", "", TOO_FEW)] * 3
    assert found["helped.trust"][0] == ("Eerste", "100%", "20", "")
    assert found["helped.trust"][2] == ("Laatste", "–", "", TOO_FEW)
    page = browser_of(reporter()).get("/enquetes/rapporten/").text
    assert page.count("<caption") == len(found)
    assert re.search(r"Klein\s*<span[^>]*>Minder dan 10", page)
    assert AccessLine.objects.filter(part="door de rondes heen", ground="counts").count() == 1


def test_each_number_is_the_one_that_the_report_of_its_round_tells():
    first, _ = a_round_that_is_over("Eerste", GROUPS, random_answers(1))
    a_round_that_is_over("Tweede", GROUPS, random_answers(2), like=first)
    found = bars()
    for round in Round.objects.all():
        report = told_report(round)
        told = {
            line.figure.key: line.number
            for section in report.sections
            for line in section.all_lines
            if not line.group
        }
        for key, rows in found.items():
            assert {row[0]: row[1] for row in rows}[round.name] == told[key]


def test_other_words_are_marked_and_other_choices_are_a_gap():
    first, _ = a_round_that_is_over("Eerste", GROUPS, random_answers(1))
    second, _ = a_round_that_is_over("Tweede", GROUPS, random_answers(2), like=first)
    third, _ = a_round_that_is_over("Derde", GROUPS, random_answers(3), like=first)
    with pgtrigger.ignore("surveys.Text:frozen_with_its_round"):
        said = Text.objects.filter(round__in=[second, third], part="question.satisfied")
        said.filter(language="nl").update(body="Was het fijn?")
    with pgtrigger.ignore("surveys.Question:frozen_with_its_round"):
        helped = Question.objects.filter(round=first, key="helped")
        helped.update(options=["trust", "contact", "money"])
    found = bars()
    assert [one[3] for one in found["satisfied.yes-mostly"]] == ["", OTHER_WORDS, ""]
    assert [one[3] for one in found["helped.trust"]] == [NOT_ASKED, "", ""]
    assert found["helped.trust"][0][1:3] == ("–", "")
    assert "helped.money" not in found


def test_with_one_report_there_is_no_series_and_nothing_to_log():
    a_round_that_is_over("Eerste", GROUPS, random_answers(1))
    assert series() == []
    assert "Door de rondes" not in browser_of(reporter()).get("/enquetes/rapporten/").text
    assert not AccessLine.objects.filter(part="door de rondes heen").exists()


def test_it_takes_as_many_queries_whatever_the_number_of_rounds():
    first, _ = a_round_that_is_over("Eerste", GROUPS, random_answers(1))
    counted = []
    for number in range(2, 5):
        a_round_that_is_over(f"Ronde {number}", GROUPS, random_answers(number), like=first)
        with CaptureQueriesContext(connection) as asked:
            assert len(series()[0].figures[0].bars) == number
        counted.append(len(asked))
    assert counted == [10, 10, 10]
