"""Workbooks as people make them: odd but right, and read as they stand (T41)."""

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cases.models import Intake, Person, Placement
from cases.monitor.importing import import_monitor
from tests.cases.monitor.book import put, small_book
from tests.cases.monitor.conftest import known_at
from tests.cases.monitor.hostile import repack, sheet_with

pytestmark = pytest.mark.django_db

FAMILIES = "xl/worksheets/sheet2.xml"


def test_headings_and_texts_may_have_spaces_and_capitals(bring_in):
    def edit(workbook: Workbook) -> None:
        families = workbook["Gezinnen"]
        families.title = "een naam die nog niet bestaat"
        families.title = "GEZINNEN "
        workbook["Gezag"]["A1"] = "  Oudernummer "
        workbook["Statussen"]["B2"] = " Lopend\n"
        workbook["Aanmeldingen"]["C2"] = " P1 ;P2"

    outcome = bring_in(edit=edit)
    assert outcome.faults == outcome.warnings == []


def test_columns_may_stand_in_any_order(bring_in):
    def edit(workbook: Workbook) -> None:
        workbook["Personen"].move_range("C1:C7", cols=8)

    assert bring_in(edit=edit).faults == []


def test_empty_rows_are_skipped_and_keep_the_count(bring_in):
    def edit(workbook: Workbook) -> None:
        workbook["Gezag"].insert_rows(3, amount=4)
        workbook["Gezag"]["B4"] = "   "
        workbook["Gezag"]["C8"] = "soms"

    (fault,) = bring_in(edit=edit).faults
    assert (fault.row, fault.cell) == (8, "C8")


def test_hidden_rows_and_sheets_count(bring_in):
    def edit(workbook: Workbook) -> None:
        workbook["Personen"].row_dimensions[3].hidden = True
        workbook["Gezag"].sheet_state = "hidden"

    outcome = bring_in(edit=edit)
    assert outcome.counts["Personen"].rows == 6
    assert outcome.counts["Gezag"].rows == 3


def test_a_merged_cell_holds_only_for_its_first_row(bring_in):
    def edit(workbook: Workbook) -> None:
        workbook["Statussen"].merge_cells("B4:B5")

    (fault,) = bring_in(edit=edit).faults
    assert (fault.row, fault.column, fault.value) == (5, "status", None)


def test_a_book_that_counts_its_days_from_1904(bring_in):
    def edit(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904

    bring_in()
    assert not bring_in(edit=edit).changed_anything
    assert Intake.objects.earliest("happened_on").happened_on == date(2023, 1, 10)


def test_a_date_with_a_time_at_midnight_is_a_date(bring_in):
    midnight = datetime.combine(date(2018, 3, 1), time())

    def edit(workbook: Workbook) -> None:
        workbook["Uithuisplaatsingen"]["B2"] = midnight
        workbook["Uithuisplaatsingen"]["B2"].number_format = "dd-mm-yyyy hh:mm"

    assert bring_in(edit=edit).faults == []
    assert Placement.objects.filter(happened_on=midnight.date()).exists()


def test_a_whole_number_in_a_text_cell_is_its_digits(bring_in):
    book = small_book()
    for rows in book.values():
        for row in rows:
            row |= {heading: 20240001 for heading, value in row.items() if value == "G1"}
    book["Personen"][0]["telefoon"] = 612345678
    assert bring_in(book).faults == []
    person = Person.objects.get(number="P1")
    assert person.phone == "612345678"
    assert person.memberships.get().family.number == "20240001"


def _with_cell(cell: str) -> bytes:
    texts = ("gezinsnummer", "gezinssamenstelling", "gewenste gezinssituatie",
             "redenen uithuisplaatsing")  # fmt: skip
    heading = "".join(f'<c t="str"><v>{text}</v></c>' for text in texts)
    rows = f'<row><c t="str"><v>G1</v></c>{cell}</row><row><c t="str"><v>G2</v></c></row>'
    return sheet_with(f"<row>{heading}</row>{rows}")


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ('<c t="str"><f>"Anders"</f><v>Anders</v></c>', []),
        ('<c t="str"><f>""</f><v></v></c>', []),
        ("<c><f>1+1</f></c>", [(2, "gezinssamenstelling")]),
        ('<c><f t="shared" si="0"/><v/></c>', [(2, "gezinssamenstelling")]),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', [(2, "gezinssamenstelling")]),
        ('<c r="Z2"><f>1+1</f></c>', []),
    ],
)
def test_a_formula_counts_as_its_value_and_without_one_is_a_fault(tmp_path, cell, faults):
    path = repack(tmp_path / "boek.xlsx", {FAMILIES: _with_cell(cell)})
    outcome = import_monitor(path, dry_run=True)
    assert [(fault.row, fault.column) for fault in outcome.faults] == faults


def test_a_row_of_nothing_but_formulas_without_a_value_is_a_row(bring_in):
    outcome = bring_in(edit=put("Gezag", "B9", "=B2"))
    assert [(fault.row, fault.column) for fault in outcome.faults] == [
        (9, "oudernummer"),
        (9, "kindnummer"),
        (9, "gezag"),
    ]


def test_every_row_is_accounted_for(bring_in):
    """Rows read = rows stored or told, whatever is wrong with them."""
    outcome = bring_in(edit=put("Gezag", "C3", "1.708"))
    told = {fault.row for fault in outcome.faults}
    assert told == {3}
    outcome = bring_in()
    for counts in outcome.counts.values():
        assert counts.rows == counts.new + counts.changed + counts.unchanged + counts.double


def test_sheets_without_rows_are_read(bring_in):
    empty = {sheet: [] for sheet in small_book()}
    outcome = bring_in(empty)
    assert outcome.faults == []
    assert not outcome.changed_anything
    bring_in()
    before = known_at(bring_in().at)
    assert known_at(bring_in(empty).at) == before  # it names no family and so says nothing
