"""The report of a round: each number as plain counting gives it, and nothing of fewer than ten."""

import pytest

from facts.numbers import percentage
from surveys.models import Question
from surveys.report.rounds import told_report
from tests.surveys.saying import Ledger, a_round_that_is_over, random_answers

pytestmark = pytest.mark.django_db
GROUPS = {"parent": 60, "child": 50}


def lines_of(report) -> dict[tuple[str, str], object]:
    return {
        (line.group, line.figure.key): line
        for section in report.sections
        for line in section.all_lines
    }


def by_hand(ledger: Ledger, question: Question, group: str) -> dict[str, tuple[float, int, int]]:
    """Figure -> value, numerator, denominator: counted by hand."""
    said, key = ledger.said[group, question.key], question.key
    if len(said) < 10:
        return {}
    if question.kind == Question.Kind.SCALE:
        found = {f"{key}.mean": (round(sum(said) / len(said) + 1e-9, 1), sum(said), len(said))}
        choices = {str(one): [one] for one in range(1, 11)}
    elif question.kind == Question.Kind.TEXT:
        return {f"{key}.written": (len(said), len(said), 0)}
    else:
        found, choices = {}, {one: [one] for one in question.options}
        if key == "satisfied":
            choices["yes-mostly"] = ["yes", "mostly"]
    for name, wanted in choices.items():
        of = sum(
            any(one in wanted for one in (answer if isinstance(answer, list) else [answer]))
            for answer in said
        )
        found[f"{key}.{name}"] = (percentage(of, len(said)), of, len(said))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_that_of_plain_counting(seed):
    round, ledger = a_round_that_is_over("Voorjaar", GROUPS, random_answers(seed), bounced=4)
    lines = lines_of(told_report(round))
    many = ledger.answered[""]
    expected = {
        ("", "invited"): (110, 110, 0),
        ("", "not_reached"): (4, 4, 0),
        ("", "answers"): (many, many, 0),
        ("", "response"): (percentage(many, 106), many, 106),
    }
    questions = list(round.questions.all())
    groups = [one for one in ("Ouders", "Kinderen") if ledger.answered[one] >= 10]
    for question in questions:
        expected |= {("", k): v for k, v in by_hand(ledger, question, "").items()}
        if question.kind != Question.Kind.TEXT and len(groups) == 2:
            for group in groups:
                found = by_hand(ledger, question, group)
                expected |= {(group, key): value for key, value in found.items()}
    told = {
        key: (line.value, line.share.of, line.share.base)
        for key, line in lines.items()
        if line.share and (not key[0] or line.figure.question)
    }
    assert told == expected
    assert lines["Ouders", "answers"].value == ledger.answered["Ouders"]
