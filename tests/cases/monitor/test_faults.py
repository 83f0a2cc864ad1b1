"""Every fault is told with its sheet, row, column, value, and what was expected."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from cases.models import Code, Family
from cases.monitor.faults import Fault, report
from tests.cases.monitor.book import put, small_book
from tests.cases.monitor.conftest import stored

pytestmark = pytest.mark.django_db

DAY = date(2023, 1, 1)

# sheet, cell, what to put there -> the column, and words of the message and of what was expected
CELLS = [
    # dates
    ("Statussen", "C2", "2023-01-20", "ingangsdatum", "tekst, geen datum", "zoals 31-07-2024"),
    ("Statussen", "C2", 45000, "ingangsdatum", "een getal, geen datum", "zoals 31-07-2024"),
    ("Statussen", "C2", True, "ingangsdatum", "WAAR/ONWAAR-waarde, geen datum", "een datum"),
    ("Statussen", "C2", datetime(2023, 1, 20, 9, 30), "ingangsdatum", "tijd (09:30:00)", "zonder"),
    ("Statussen", "C2", "31-02-2023", "ingangsdatum", "tekst, geen datum", "een datum"),
    ("Personen", "F4", date(2912, 1, 1), "geboortedatum", "onmogelijk", ""),
    ("Aanmeldingen", "E2", "gisteren", "verwerkt op", "tekst, geen datum", "een datum"),
    ("Aanmeldingen", "E2", date(2912, 1, 1), "verwerkt op", "onmogelijk", ""),
    # an end before a start, and other orders of days
    ("Procesbegeleiders", "F2", DAY.replace(2020), "tot", "op of na 04-04-2022", ""),
    ("Betrokken instellingen", "E2", DAY.replace(2019), "tot", "op of na 01-01-2020", ""),
    ("Uithuisplaatsingen", "C2", DAY.replace(2017), "einde", "op of na 01-03-2018", ""),
    ("Toewijzingen", "D2", DAY, "tot", "op of na 20-01-2023", ""),
    ("Verklarende analyses", "C2", DAY, "gestart op", "start ligt voor de aanvraag", ""),
    ("Verklarende analyses", "D2", date(2023, 4, 9), "afgerond op", "op of na 01-05-2023", ""),
    ("Klachten", "D2", DAY, "afgehandeld op", "op of na 01-05-2024", ""),
    ("Statussen", "C2", DAY, "ingangsdatum", "voordat de aanmelding er was (10-01-2023)", ""),
    # labels
    ("Statussen", "B2", "lopend", "status", "Bedoel je 'Lopend'?", "'Heropend'"),
    ("Statussen", "D3", "Verhuist", "reden", "Bedoel je 'Verhuisd'?", "uit de lijst"),
    ("Gezinnen", "B2", "Eenouder gezin", "gezinssamenstelling", "je 'Eenoudergezin'?", "een van"),
    ("Gezinnen", "C2", "Anders; Geluk", "gewenste gezinssituatie", "'Geluk' is hier onbekend", ";"),
    ("Gezinnen", "C2", "Anders; Anders", "gewenste gezinssituatie", "twee keer", "een van"),
    ("Gezinnen", "D2", "Huisvesting;", "redenen uithuisplaatsing", "staat ergens niets", ""),
    ("Personen", "C2", "Oma", "rol", "'Oma' is hier onbekend", "'Moeder', 'Vader', 'Kind'"),
    ("Gezag", "C2", "Ja", "gezag", "Bedoel je 'ja'?", "'ja', 'nee'"),
    ("Gezag", "C2", True, "gezag", "WAAR/ONWAAR", "'ja', 'nee'"),
    ("Uithuisplaatsingen", "D2", "misschien", "jeugdbeschermingsmaatregel", "onbekend", "'ja'"),
    ("Betrokken instellingen", "C2", "Atlantis", "jeugdzorgregio", "onbekend", "lijst van 42"),
    ("Activiteiten", "A2", "Inspiratie", "onderdeel", "Bedoel je 'Inspireren'?", "een van"),
    # references
    ("Personen", "B2", "G9", "gezinsnummer", "G9 staat niet op het blad 'Gezinnen'", "Gezinnen"),
    ("Gezag", "A2", "P9", "oudernummer", "P9 staat niet op het blad 'Personen'", "Personen"),
    ("Gezag", "B2", "P1", "kindnummer", "gezag over zichzelf", ""),
    ("Uithuisplaatsingen", "A2", "K9", "kindnummer", "K9 staat niet op het blad", "Personen"),
    ("Aanmeldingen", "C2", "P1; P9", "aanmelders", "P9 staat niet op het blad", "Personen"),
    ("Aanmeldingen", "C2", "P1; P3", "aanmelders", "P3 hoort niet bij dit gezin", ""),
    ("Aanmeldingen", "C2", "P1; P2; K1", "aanmelders", "Hier staan 3 aanmelders", ""),
    ("Aanmeldingen", "C2", "P1; P1", "aanmelders", "'P1' staat hier twee keer", ""),
    ("Statussen", "A4", "A9", "aanmeldnummer", "A9 staat niet op het blad", "Aanmeldingen"),
    ("Toewijzingen", "B2", "x@ot.example.org", "procesbegeleider", "Niemand heeft", ""),
    ("Klachten", "B2", "G9", "gezinsnummer", "G9 staat niet op het blad", "Gezinnen"),
    ("Resultaten", "B2", "K3", "kindnummer", "K3 hoort niet bij dit gezin", ""),
    ("Resultaten", "B2", None, "kindnummer", "wordt per kind geteld", ""),
    # status
    ("Statussen", "B2", "Heropend", "status", "eerste status van de aanmelding", ""),
    ("Statussen", "D2", "Verhuisd", "reden", "Bij 'Lopend' hoort geen reden", ""),
    ("Statussen", "D3", None, "reden", "hoort een reden", ""),
    ("Statussen", "D3", "Geen uithuisplaatsing", "reden", "onbekend", ""),
    # numbers
    ("Personen", "A3", "P1", "persoonsnummer", "staat ook in rij 2", "één keer"),
    ("Gezinnen", "A3", "G1", "gezinsnummer", "staat ook in rij 2", "één keer"),
    ("Aanmeldingen", "A3", "A1", "aanmeldnummer", "staat ook in rij 2", "één keer"),
    ("Personen", "A2", "P" * 21, "persoonsnummer", "20", ""),
    ("Procesbegeleiders", "D2", "0,9", "fte", "tekst, geen getal", "0 tot en met 2"),
    ("Procesbegeleiders", "D2", "1.708", "fte", "tekst, geen getal", "0 tot en met 2"),
    ("Procesbegeleiders", "D2", 1708, "fte", "0 tot en met 2", ""),
    ("Procesbegeleiders", "D2", -0.1, "fte", "0 tot en met 2", ""),
    ("Procesbegeleiders", "D2", True, "fte", "geen getal", "0 tot en met 2"),
    ("Gezinnen", "A2", 1.708, "gezinsnummer", "een getal, geen tekst", "gezinsnummer"),
    ("Procesbegeleiders", "A3", "amira@ot.example.org", "naam", "van één persoon", ""),
    ("Procesbegeleiders", "A2", "geen adres", "e-mail", "geen e-mailadres", ""),
    ("Activiteiten", "G2", date(2024, 6, 1), "datum in woorden", "een datum, geen tekst", "tekst"),
    # empty cells, errors, formulas
    ("Gezag", "C2", None, "gezag", "mag niet leeg zijn", "'ja', 'nee'"),
    ("Statussen", "A4", None, "aanmeldnummer", "mag niet leeg zijn", "nummer van het blad"),
    ("Statussen", "C2", "   ", "ingangsdatum", "mag niet leeg zijn", "een datum"),
    ("Uithuisplaatsingen", "B2", None, "begin", "mag niet leeg zijn", "een datum"),
    ("Toewijzingen", "B2", None, "procesbegeleider", "mag niet leeg zijn", "e-mailadres"),
    ("Toewijzingen", "C2", None, "vanaf", "mag niet leeg zijn", "een datum"),
    ("Activiteiten", "F2", None, "datum", "mag niet leeg zijn", "een datum"),
    ("Activiteiten", "B2", None, "titel", "mag niet leeg zijn", "een titel"),
    ("Gezag", "C2", "#N/A", "gezag", "foutwaarde #N/A", "'ja', 'nee'"),
    ("Gezag", "C2", "=1+1", "gezag", "formule zonder berekende waarde", "'ja', 'nee'"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "cell", "value", "column", "message", "expected"), CELLS)
def test_a_faulty_cell_is_told(bring_in, sheet, cell, value, column, message, expected):
    outcome = bring_in(edit=put(sheet, cell, value))
    (fault,) = [fault for fault in outcome.faults if fault.sheet == sheet]
    row = int(cell[1:])
    assert (fault.row, fault.column) == (row, column)
    assert message in fault.message
    assert expected in fault.expected
    assert outcome.counts == {}
    assert not Family.objects.exists()


def test_a_fault_is_one_sentence_with_all_that_is_needed(bring_in):
    outcome = bring_in(edit=put("Statussen", "B2", "Loopend"))
    assert list(report(outcome.faults)) == [
        "- blad 'Statussen', rij 2, kolom 'status' (cel B2), waarde 'Loopend': 'Loopend' is hier "
        "onbekend. Bedoel je 'Lopend'? Verwacht: een van 'Nog niet gestart', 'Nooit gestart', "
        "'Lopend', 'Afgesloten', 'Heropend'."
    ]


def test_a_long_list_is_cut_and_counted():
    faults = [Fault("Gezag", "Nee.", row=row) for row in range(300)]
    lines = list(report(faults))
    assert len(lines) == 201
    assert lines[-1] == "… en nog 100."


def test_all_faults_are_told_at_once_in_the_order_of_the_book(bring_in):
    def spoil(workbook: Workbook) -> None:
        workbook["Gezag"]["C3"] = "soms"
        workbook["Statussen"]["B5"] = "Loopend"
        workbook["Statussen"]["C3"] = "1 sept"
        workbook["Klachten"]["B2"] = "G7"
        del workbook["Ondersteuning"]
        workbook["Resultaten"]["C1"] = "uitkomst"

    before = stored()
    outcome = bring_in(edit=spoil)
    assert [(f.sheet, f.row, f.column) for f in outcome.faults] == [
        ("Gezag", 3, "gezag"),
        ("Statussen", 3, "ingangsdatum"),
        ("Statussen", 5, "status"),
        ("Ondersteuning", None, ""),
        ("Resultaten", None, "resultaat"),
        ("Klachten", 2, "gezinsnummer"),
    ]
    assert stored() == before


def test_two_open_assignments_of_one_registration(bring_in):
    book = small_book()
    book["Toewijzingen"][1]["aanmeldnummer"] = "A1"
    (fault,) = bring_in(book).faults
    assert (fault.sheet, fault.row, fault.column) == ("Toewijzingen", 3, "tot")
    assert "in rij 2 al een procesbegeleider" in fault.message


def test_two_answers_about_one_pair(bring_in):
    book = small_book()
    book["Gezag"].append({**book["Gezag"][0], "gezag": "nee"})
    (fault,) = bring_in(book).faults
    assert (fault.sheet, fault.row, fault.column) == ("Gezag", 5, "gezag")


def test_a_status_is_only_at_fault_where_the_chain_breaks(bring_in):
    book = small_book()
    book["Statussen"] = [
        {"aanmeldnummer": "A1", "status": status, "ingangsdatum": day, "reden": reason}
        for status, day, reason in (
            ("Afgesloten", date(2023, 5, 1), "Verhuisd"),
            ("Lopend", date(2023, 2, 1), None),
            ("Lopend", date(2023, 2, 1), None),
            ("Lopend", date(2023, 3, 1), None),
            ("Heropend", date(2023, 5, 1), None),
        )
    ]
    (fault,) = bring_in(book).faults
    assert fault.row == 5
    assert fault.message == "Na 'Lopend' kan alleen 'Afgesloten' volgen, niet 'Lopend'."


def test_a_label_that_is_not_valid_on_the_day_of_its_row(bring_in):
    Code.objects.filter(pk="youth_region.JZ01").update(valid_until=date(2019, 1, 1))
    (fault,) = bring_in().faults
    assert (fault.sheet, fault.row, fault.column) == ("Betrokken instellingen", 2, "jeugdzorgregio")
    assert fault.message == (
        "'Groningen' geldt alleen tot 01-01-2019, en niet op 01-01-2020. Kies een waarde die op "
        "die dag geldt."
    )


def test_of_two_entries_with_one_label_the_one_of_the_day_is_meant(bring_in):
    Code.objects.filter(pk="youth_region.JZ01").update(valid_until=date(2022, 1, 1))
    Code(list="youth_region", code="JZ99", label="Groningen", valid_from=date(2022, 1, 1)).save()
    assert bring_in().faults == []


@pytest.mark.parametrize("sheet", sorted(small_book()))
def test_a_missing_sheet(bring_in, sheet):
    def leave_out(workbook: Workbook) -> None:
        del workbook[sheet]

    outcome = bring_in(edit=leave_out)
    assert [(f.sheet, f.message) for f in outcome.faults] == [(sheet, "Dit blad ontbreekt.")]


def test_a_missing_column_a_double_one_and_a_strange_one(bring_in):
    def spoil(workbook: Workbook) -> None:
        workbook["Gezag"]["A1"] = "Kindnummer"
        workbook["Statussen"]["E1"] = "in behandeling op"
        workbook["Klachten"]["A1"] = "=A2"
        workbook.create_sheet("Aantekeningen")

    outcome = bring_in(edit=spoil)
    assert [(f.sheet, f.row, f.column, f.message) for f in outcome.faults] == [
        ("Gezag", None, "oudernummer", "Deze kolom ontbreekt."),
        ("Gezag", 1, "kindnummer", "De kop 'kindnummer' staat er twee keer."),
        ("Klachten", None, "klachtnummer", "Deze kolom ontbreekt."),
        ("Klachten", 1, "(zonder kop)", "De kop is een formule zonder waarde."),
    ]
    assert [(w.sheet, w.row) for w in outcome.warnings] == [
        ("Statussen", 1),
        ("Aantekeningen", None),
    ]
