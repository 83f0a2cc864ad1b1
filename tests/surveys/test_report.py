"""The report of a round: each number as plain counting gives it, and nothing of fewer than ten."""

import io
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from time import process_time

import odfdo
import openpyxl
import pgtrigger
import pikepdf
import pytest
from django.db.models.functions import Now

from facts.numbers import percentage
from surveys.models import Letter, Question, Response, Round
from surveys.remarks import ERASED
from surveys.report.asking import counted, same_question
from surveys.report.documents import FORMS
from surveys.report.quoting import quotes_to_offer
from surveys.report.rounds import Stage, stage_of, told_report
from surveys.report.tables import tables_of
from surveys.services import clearing
from surveys.services.moving import empty_boxes
from surveys.services.rounds import end, make_round
from tests.cases.office import browser_of, officer
from tests.reporting.reading_pdf import elements_below
from tests.surveys.asking import a_running_round, reporter
from tests.surveys.reading_reports import (
    TO_COUNT_WITH,
    as_told,
    lines_of,
    plain,
    rows_in,
    text_in_pdf,
)
from tests.surveys.saying import Ledger, a_round_that_is_over, drop, random_answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]
GROUPS = {"parent": 60, "child": 50}


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
        ("", "bounced"): (4, 4, 0),
        ("", "refused"): (0, 0, 0),
        ("", "not_sent"): (0, 0, 0),
        ("", "not_reached"): (4, 4, 0),
        ("", "reached"): (percentage(106, 110), 106, 110),
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


class TestEveryForm:
    """The same numbers on the page, in the PDF and in what programs read."""

    @pytest.fixture
    def report(self):
        before, _ = a_round_that_is_over("Najaar", GROUPS, random_answers(5))
        round, _ = a_round_that_is_over("Voorjaar", GROUPS, random_answers(6), like=before)
        return told_report(round)

    def test_says_the_same(self, report):
        assert report.previous.name == "Najaar"
        lines = lines_of(report)
        for extension in TO_COUNT_WITH:
            rows = rows_in(extension, report)
            assert len(rows) == len(lines)
            for (group, key), line in lines.items():
                row = rows[group or "Iedereen", key]
                assert {name: row[name] for name in as_told(line)} == as_told(line), extension
        page = plain(browser_of(reporter()).get(f"/enquetes/{report.round.pk}/rapport/").text)
        pdf = text_in_pdf(report)
        assert sum(one.hidden for one in report.sections) == 1, "nobody was asked to write there"
        for section in (one for one in report.sections if not one.hidden):
            shown = tables_of(section)
            assert section.answered in pdf
            assert section.answered in page
            for line in shown.sentences:
                said = plain(f"{line.number} {line.figure.label.lower()} {line.detail}")
                assert said in pdf
                assert said in page
                assert not line.change or plain(line.change.words) in page
            for table in shown.tables:
                for bar in table.rows:
                    assert plain(f"{bar.label} {bar.number} {bar.share} {bar.note}") in pdf
                    note = f"vorige ronde {bar.note}" if table.extra == "Vorige ronde" else bar.note
                    note = note if bar.note else ""
                    assert plain(f"{bar.label} {note} {bar.share} {bar.number}") in page

    def test_is_made_within_a_second_and_twice_the_same(self, report):
        """So none of them needs a worker (docs/enquetes.md)."""
        for extension, form in FORMS.items():
            begun = process_time()
            made = form.make(report)
            assert process_time() - begun < 1, extension
            if extension in ("pdf", "csv"):
                assert form.make(report) == made

    def test_the_pdf_is_for_everyone_and_for_the_archive(self, report):
        with pikepdf.open(io.BytesIO(FORMS["pdf"].make(report))) as pdf:
            with pdf.open_metadata() as meta:
                assert meta["pdfuaid:part"] == "1"
                assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert str(pdf.Root.Lang) == "nl-NL"
            tags = elements_below(pdf.Root.StructTreeRoot)
            levels = [int(name[2:]) for name, _ in tags if name in ("/H1", "/H2", "/H3")]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(then <= now + 1 for now, then in pairwise(levels))
            tables = [node for name, node in tags if name == "/Table"]
            assert len(tables) > 6
            for table in tables:
                first = next(node for name, node in elements_below(table) if name == "/TR")
                cells = [name for name, _ in elements_below(first) if name in ("/TH", "/TD")]
                assert set(cells) == {"/TH"}

    def test_text_is_never_a_formula(self, report):
        evil = replace(report.sections[4], remarks=("=1+1", "@SUM(A1)", "-2"), answers=20)
        report = replace(report, sections=(*report.sections[:4], evil))
        book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx"].make(report)))
        cells = [row[1] for row in book["Opmerkingen"].iter_rows(min_row=2)]
        assert [cell.value for cell in cells] == ["=1+1", "@SUM(A1)", "-2"]
        assert {cell.data_type for cell in cells} == {"s"}
        content = odfdo.Document(io.BytesIO(FORMS["ods"].make(report)))
        assert "table:formula" not in content.body.serialize()
        told = FORMS["csv"].make(report).decode("utf-8-sig")
        assert all(f";'{text}" in told for text in ("=1+1", "@SUM(A1)", "-2"))


def test_how_many_wrote_stays_after_their_texts_were_erased(monkeypatch):
    round, ledger = a_round_that_is_over("Voorjaar", GROUPS, random_answers(4))
    wrote = len(ledger.said["", "good"])
    before = tables_of(told_report(round).sections[4])
    assert (before.sentences[0].value, before.section.notes) == (wrote, ())
    monkeypatch.setattr(clearing, "FREE_TEXT", timedelta(days=-1))
    clearing.clear_old()
    after = tables_of(told_report(round).sections[4])
    assert (after.sentences[0].value, after.section.notes) == (wrote, (ERASED,))
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/rapport/").text
    assert ERASED in page
    assert "nog niets vrijgegeven" not in page
    assert "gewist" in text_in_pdf(told_report(round))
    nalezen = browser_of(officer()).get(f"/enquetes/{round.pk}/nalezen/").text
    assert ERASED in nalezen
    assert "Pas als tien" not in nalezen


def test_a_share_of_a_group_says_of_whom():
    everybody = lambda group, number: {"satisfied": "yes"}  # noqa: E731
    round, _ = a_round_that_is_over("Voorjaar", {"parent": 12, "child": 10}, everybody)
    _, table = tables_of(told_report(round).sections[0]).tables
    assert {bar.note for bar in table.rows} == {
        "12 van de 12 die zijn bereikt",
        "10 van de 10 die zijn bereikt",
    }


class TestNeverUnderTen:
    def ten_of(self, group: str, number: int):
        return {"satisfied": "yes"} if number < 10 else None

    def test_no_report_while_it_runs_also_with_many_answers(self):
        round = a_running_round(many=25)
        for one in round.invitations.all():
            drop(one, {round.questions.get(key="satisfied"): "yes"})
        empty_boxes()
        assert Response.objects.count() >= 10
        assert (stage_of(round), told_report(round)) == (Stage.RUNNING, None)
        end(round=round, by=None)
        round.refresh_from_db()
        assert (stage_of(round), told_report(round)) == (Stage.COUNTING, None)
        empty_boxes()
        assert stage_of(round) == Stage.TOLD
        assert told_report(round).answers == 25

    def test_nine_answers_are_never_told(self):
        nine = lambda group, number: {"satisfied": "yes"} if number < 9 else None  # noqa: E731
        round, _ = a_round_that_is_over("Klein", {"parent": 30}, nine)
        assert (stage_of(round), told_report(round)) == (Stage.TOO_FEW, None)
        assert quotes_to_offer() == []

    def test_ten_are(self):
        round, _ = a_round_that_is_over("Tien", {"parent": 30}, self.ten_of)
        lines = lines_of(told_report(round))
        assert lines["", "satisfied.yes"].value == 100
        assert lines["", "grade.mean"].share is None, "nobody answered that question"

    def test_a_question_that_nine_answered_has_no_number_anywhere(self):
        def choose(group: str, number: int):
            return {"satisfied": "yes"} | ({"grade": 3, "helped": ["trust"]} if number < 9 else {})

        round, _ = a_round_that_is_over("Negen", {"parent": 20}, choose)
        report = told_report(round)
        hidden = [line for line in lines_of(report).values() if line.share is None]
        assert {line.figure.question for line in hidden} == {"grade", "helped", "good", "better"}
        rows = rows_in("csv", report)
        for line in hidden:
            row = rows["Iedereen", line.figure.key]
            assert (row["Waarde"], row["Teller"], row["Noemer"]) == (None, None, None)
            assert row["Waarom leeg"] == "Minder dan 10 antwoorden."
        page = browser_of(reporter()).get(f"/enquetes/{round.pk}/rapport/").text
        assert page.count("Minder dan 10 mensen antwoordden hierop.") == 4
        assert "9 van" not in page

    @pytest.mark.parametrize("said", [0, 9])
    def test_one_small_group_leaves_the_total_alone(self, said):
        def choose(group: str, number: int):
            return {"satisfied": "yes"} if group == "parent" or number < said else None

        round, _ = a_round_that_is_over("Scheef", {"parent": 20, "child": 15}, choose)
        report = told_report(round)
        split = [line for key, line in lines_of(report).items() if key[0]]
        assert split
        assert not [line for line in split if line.figure.of_answers]
        assert any("een groep zou minder dan 10" in one for one in report.sections[1].notes)

    def test_nor_a_question_that_one_group_skipped_though_the_response_is_split(self):
        def choose(group: str, number: int):
            said = {"grade": 7}
            return said | ({"satisfied": "no"} if group == "parent" or number < 9 else {})

        round, _ = a_round_that_is_over("Oversla", {"parent": 20, "child": 15}, choose)
        split = {key for group, key in lines_of(told_report(round)) if group}
        assert "response" in split
        assert "grade.mean" in split
        assert "satisfied.no" not in split

    def test_what_comes_back_after_the_end_changes_nothing(self):
        round, _ = a_round_that_is_over("Laat", {"parent": 30}, self.ten_of, bounced=2)
        before = FORMS["csv"].make(told_report(round))
        late = {"state": "bounced", "finished_at": Now() + timedelta(days=1)}
        Letter.objects.filter(state="sent").update(cause="bounced", **late)
        assert FORMS["csv"].make(told_report(round)) == before

    def test_a_round_that_ends_later_is_not_laid_beside_one_that_was_told_before(self):
        early, _ = a_round_that_is_over("Lang", {"parent": 30}, self.ten_of)
        round, _ = a_round_that_is_over("Kort", {"parent": 30}, self.ten_of, like=early)
        assert told_report(round).previous == early
        later = round.started_at + timedelta(seconds=1)  # while the other one ran already
        with pgtrigger.ignore("surveys.Round:started_is_frozen"):
            Round.objects.filter(pk=early.pk).update(ended_at=later)
        assert told_report(round).previous is None


class TestChange:
    def rounds(self, then: int, now: int):
        def of(many: int):
            return lambda group, number: {"satisfied": "yes" if number < many else "no"}

        before, _ = a_round_that_is_over("Toen", {"parent": 40}, of(then))
        round, _ = a_round_that_is_over("Nu", {"parent": 40}, of(now), like=before)
        return before, round

    def test_is_said_with_both_numbers_and_whether_it_may_be_chance(self):
        _, round = self.rounds(20, 24)
        change = lines_of(told_report(round))["", "satisfied.yes-mostly"].change
        assert change.words == (
            "10 procentpunt hoger dan de 50% (20 van 40) in de vorige ronde. Dat kan toeval zijn."
        )
        assert change.short == "50%, nu 10 hoger"

    def test_of_a_large_one_it_is_said_too(self):
        _, round = self.rounds(38, 8)
        change = lines_of(told_report(round))["", "satisfied.yes-mostly"].change
        assert "75 procentpunt lager dan de 95%" in change.words
        assert "zelden door toeval" in change.words

    def test_no_change_is_no_change(self):
        _, round = self.rounds(20, 20)
        change = lines_of(told_report(round))["", "satisfied.yes-mostly"].change
        assert change.words == "Even hoog als de 50% (20 van 40) in de vorige ronde."

    def test_a_question_that_fewer_than_ten_answered_then_is_not_compared(self):
        def then(group: str, number: int):
            return {"grade": 8} | ({"satisfied": "yes"} if number < 9 else {})

        before, _ = a_round_that_is_over("Toen", {"parent": 40}, then)
        round, _ = a_round_that_is_over(
            "Nu", {"parent": 40}, lambda *_: {"satisfied": "yes", "grade": 7}, like=before
        )
        lines = lines_of(told_report(round))
        assert lines["", "satisfied.yes"].change is None
        assert lines["", "grade.mean"].change.words == (
            "1,0 lager dan 8,0 (40 antwoorden) in de vorige ronde."
        )

    def test_nor_one_with_other_choices(self):
        before, _ = self.rounds(20, 20)
        other = make_round(name="Anders", like=before, by=None)
        question = other.questions.get(key="satisfied")
        assert same_question(question, *counted([before]))
        question.options = ["yes", "no"]
        assert not same_question(question, *counted([before]))
