"""The oracle itself: it gives the golden quarter, and a few tiny worlds counted by hand."""

import datetime
import json
from pathlib import Path

import pytest

from tests.oracle.book import read_book, write_book
from tests.oracle.count import count
from tests.oracle.count.basics import Dates
from tests.oracle.count.registrations import whole_percentage
from tests.oracle.tiny import ALWAYS, family, started
from tests.oracle.tiny import day as on

GOLDEN = Path(__file__).parents[3] / "shared" / "golden"


def test_the_golden_quarter_holds():
    golden = json.loads((GOLDEN / "figures-2024-07.json").read_text(encoding="utf-8"))
    dates = [golden[name] for name in Dates._fields]
    book = read_book(GOLDEN / "monitor-2024-07.xlsx")
    figures = count(book, **Dates(*map(datetime.date.fromisoformat, dates))._asdict())
    assert figures == golden["figures"]


def test_a_column_can_be_left_out(tmp_path):
    path = tmp_path / "monitor.xlsx"
    book = started().book
    write_book(book, path, leave_out_columns=[("Statussen", "verwerkt op")])
    assert read_book(path) == book


def test_an_empty_world_has_every_key_that_is_always_there():
    percentages = dict.fromkeys(key for key in ALWAYS if key.endswith("percentage"))
    assert family().figures() == dict.fromkeys(ALWAYS, 0) | percentages


def test_of_two_statuses_on_one_day_the_later_in_the_row_holds():
    tiny = family().registration("A1").status("A1", "Heropend", "2024-06-01")
    tiny.status("A1", "Afgesloten", "2024-06-01", reden="Verhuisd")
    figures = tiny.figures()
    assert figures["registrations.status.reopened"] == 1
    assert "registrations.closing_reason.moved" not in figures


@pytest.mark.parametrize(
    ("happened", "recorded", "closed"),
    [
        ("2024-07-31", "2024-08-05", 1),
        ("2024-07-31", "2024-08-06", 0),
        ("2024-08-01", "2024-08-01", 0),
        ("2024-07-31", None, 1),
    ],
)
def test_a_change_counts_when_it_happened_and_was_recorded_in_time(happened, recorded, closed):
    tiny = started().status(
        "A1",
        "Afgesloten",
        happened,
        reden="Overgedragen aan gemeentelijk steunpunt",
        verwerkt_op=recorded and on(recorded),
    )
    figures = tiny.figures()
    assert figures["registrations.status.closed"] == closed
    assert figures["registrations.transferred_in_period"] == closed


def test_a_transfer_counts_also_when_reopened_since():
    tiny = started().status(
        "A1", "Afgesloten", "2024-05-01", reden="Overgedragen aan gemeentelijk steunpunt"
    )
    tiny.status("A1", "Heropend", "2024-05-01")
    figures = tiny.figures()
    assert figures["registrations.transferred_in_period"] == 1
    assert figures["registrations.status.reopened"] == 1


@pytest.mark.parametrize(
    ("applicants", "person"),
    [
        ("P1", "mother"),
        ("P2; P1", "both_parents"),
        ("P1; P2; K1", "both_parents"),
        ("K1; K2", "child"),
        ("P2; K1", "not_in_view"),
        ("P1; P3", "not_in_view"),
        ("P3", "not_in_view"),
    ],
)
def test_who_is_supported_follows_from_the_roles(applicants, person):
    figures = family().registration("A1", applicants).figures()
    keys = [key for key in figures if key.startswith("registrations.supported_person.")]
    assert keys == [f"registrations.supported_person.{person}"]


@pytest.mark.parametrize(("met", "due", "percentage"), [(1, 8, 13), (1, 200, 1), (1, 201, 0)])
def test_percentages_are_rounded_half_up(met, due, percentage):
    assert whole_percentage(met, due) == percentage


@pytest.mark.parametrize(
    ("registered", "phoned", "met", "due"),
    [
        ("2024-07-29", "2024-07-31", 1, 1),
        ("2024-07-30", "2024-07-31", 0, 0),
        ("2024-07-01", "2024-07-04", 0, 1),
        ("2024-07-01", "2024-06-30", 0, 1),
    ],
)
def test_a_window_has_to_be_over_before_it_is_due(registered, phoned, met, due):
    tiny = family().registration("A1", on=registered)
    tiny.book["Aanmeldingen"][0]["telefonisch contact op"] = on(phoned)
    figures = tiny.figures()
    assert figures["response.phone_within_two_days.met"] == met
    assert figures["response.phone_within_two_days.due"] == due


@pytest.mark.parametrize(
    ("begin", "end", "ever", "now"),
    [
        ("2024-07-31", None, 1, 1),
        ("2024-07-30", "2024-07-31", 1, 0),
        ("2024-07-31", "2024-07-31", 1, 0),
        ("2024-07-31", "2024-08-01", 1, 1),
        ("2024-08-01", None, 0, 0),
    ],
)
def test_spells_are_half_open(begin, end, ever, now):
    tiny = started().add(
        "Uithuisplaatsingen", kindnummer="K1", begin=on(begin), einde=end and on(end)
    )
    figures = tiny.figures()
    assert (figures["children.placed_ever"], figures["children.placed_now"]) == (ever, now)


@pytest.mark.parametrize(
    ("answers", "measure"),
    [
        (["ja", None], "with_measure"),
        (["nee", "nee"], "without_measure"),
        (["ja", "nee", None], "both"),
        ([None], "not_in_view"),
    ],
)
def test_the_measure_is_taken_over_all_spells_so_far(answers, measure):
    tiny = started()
    for answer in answers:
        tiny.add(
            "Uithuisplaatsingen",
            kindnummer="K1",
            begin=on("2020-01-01"),
            einde=on("2021-01-01"),
            jeugdbeschermingsmaatregel=answer,
        )
    # A spell that has yet to begin says nothing about the measures so far.
    tiny.add(
        "Uithuisplaatsingen",
        kindnummer="K1",
        begin=on("2024-08-01"),
        jeugdbeschermingsmaatregel="nee",
    )
    keys = [key for key in tiny.figures() if key.startswith("children.measure.")]
    assert keys == [f"children.measure.{measure}"]


def test_the_residence_is_that_of_the_open_spell_that_began_last():
    tiny = started()
    for begin, end, residence in (
        ("2020-01-01", None, "Gezinshuis"),
        ("2021-01-01", None, None),
        ("2021-01-01", None, "Anders"),
        ("2021-01-01", None, "Instelling"),
        ("2022-01-01", "2023-01-01", "Gesloten plaatsing"),
    ):
        tiny.add(
            "Uithuisplaatsingen",
            kindnummer="K1",
            begin=on(begin),
            einde=end and on(end),
            verblijfplaats=residence,
        )
    keys = [key for key in tiny.figures() if key.startswith("children.residence.")]
    assert keys == ["children.residence.residential"]


@pytest.mark.parametrize(
    ("rows", "parent", "in_family"),
    [
        ([("P1", "K1", "ja"), ("P1", "K2", "ja")], "all", "one_parent"),
        ([("P1", "K1", "ja"), ("P1", "K2", "nee")], "some", "one_parent"),
        ([("P1", "K1", "nee"), ("P2", "K1", "ja")], "none", "one_parent"),
        ([("P1", "K1", "ja"), ("P2", "K2", "ja")], "all", "both_parents"),
        ([("P1", "K1", "nee")], "none", "none"),
        ([("P2", "K1", "nee")], "not_in_view", "none"),
        ([], "not_in_view", "not_in_view"),
    ],
)
def test_custody_per_parent_and_per_family(rows, parent, in_family):
    tiny = started()
    for holder, child, answer in rows:
        tiny.add("Gezag", oudernummer=holder, kindnummer=child, gezag=answer)
    keys = [key for key in tiny.figures() if ".custody." in key]
    assert keys == [f"parents.custody.{parent}", f"families.custody.{in_family}"]


def test_custody_over_a_child_that_is_not_born_yet_does_not_exist():
    tiny = started().add("Gezag", oudernummer="P1", kindnummer="K1", gezag="ja")
    tiny.book["Personen"][3]["geboortedatum"] = on("2024-08-01")
    figures = tiny.figures()
    assert figures["children.total"] == 1
    assert figures["parents.custody.not_in_view"] == 1


def test_activities_are_of_this_year_and_every_row_stands():
    tiny = family()
    for day in ("2023-12-31", "2024-01-01", "2024-07-31", "2024-07-31", "2024-08-01"):
        tiny.add("Activiteiten", onderdeel="Borgen", datum=on(day))
    assert tiny.figures()["activities.safeguard"] == 3


def test_a_supervisor_is_not_counted_on_the_last_day():
    tiny = family()
    for fte, last in ((0.125, None), (1.0, on("2024-07-31")), (0.5, on("2024-08-01"))):
        tiny.add("Procesbegeleiders", fte=fte, vanaf=on("2024-01-01"), tot=last)
    assert tiny.figures()["supervisors.fte"] == 0.63
