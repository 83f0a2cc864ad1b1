"""What may differ in a newer book: each changes the small book in one way."""

from collections.abc import Callable
from datetime import date

from tests.cases.monitor.book import row_of
from tests.oracle.book import Book

Change = Callable[[Book], None]

WRITTEN_EARLIER = date(2023, 1, 13)  # a 'verwerkt op' that would move an earlier quarter


def change_contact(book: Book) -> None:
    row = row_of(book, "Aanmeldingen", aanmeldnummer="A1")
    row |= {"telefonisch contact op": date(2023, 1, 10), "verwerkt op": WRITTEN_EARLIER}


def change_applicants(book: Book) -> None:
    row_of(book, "Aanmeldingen", aanmeldnummer="A1")["aanmelders"] = "P2"


def add_applicant(book: Book) -> None:
    row_of(book, "Aanmeldingen", aanmeldnummer="A2")["aanmelders"] = "P3; K3"


def change_role(book: Book) -> None:
    row_of(book, "Personen", persoonsnummer="P2")["rol"] = "Anders"


def change_composition(book: Book) -> None:
    row_of(book, "Gezinnen", gezinsnummer="G1")["gezinssamenstelling"] = "Intact gezin"


def add_composition(book: Book) -> None:
    row_of(book, "Gezinnen", gezinsnummer="G2")["gezinssamenstelling"] = "Intact gezin"


def change_wishes(book: Book) -> None:
    row_of(book, "Gezinnen", gezinsnummer="G1")["gewenste gezinssituatie"] = "Anders"


def end_a_spell(book: Book) -> None:
    row = row_of(book, "Uithuisplaatsingen", kindnummer="K1")
    row |= {"einde": date(2024, 6, 1), "verwerkt op": WRITTEN_EARLIER}


def change_custody(book: Book) -> None:
    row_of(book, "Gezag", oudernummer="P1", kindnummer="K1")["gezag"] = "nee"


def drop_custody(book: Book) -> None:
    book["Gezag"].remove(row_of(book, "Gezag", oudernummer="P3"))


def drop_a_registration(book: Book) -> None:
    for sheet in ("Aanmeldingen", "Statussen", "Toewijzingen"):
        book[sheet] = [row for row in book[sheet] if row["aanmeldnummer"] != "A2"]


def drop_a_child(book: Book) -> None:
    for sheet, heading in (
        ("Personen", "persoonsnummer"),
        ("Gezag", "kindnummer"),
        ("Uithuisplaatsingen", "kindnummer"),
        ("Resultaten", "kindnummer"),
    ):
        book[sheet] = [row for row in book[sheet] if row[heading] != "K2"]


def add_a_child(book: Book) -> None:
    book["Personen"].append(
        {"persoonsnummer": "K4", "gezinsnummer": "G2", "rol": "Kind",
         "geboortedatum": date(2019, 1, 1)}
    )  # fmt: skip
    book["Gezag"].append({"oudernummer": "P3", "kindnummer": "K4", "gezag": "ja"})
    book["Uithuisplaatsingen"].append({"kindnummer": "K4", "begin": date(2020, 1, 1)})


def replace_a_status(book: Book) -> None:
    row = row_of(book, "Statussen", status="Afgesloten")
    row |= {"reden": "Eigen keuze", "verwerkt op": WRITTEN_EARLIER}


def drop_one_of_two_identical_rows(book: Book) -> None:
    book["Ondersteuningsvragen"].pop()


def add_a_request(book: Book) -> None:
    book["Ondersteuningsvragen"].append(
        {"gezinsnummer": "G2", "vraag": "Zelf weer de regie", "datum": date(2023, 2, 1)}
    )


def move_a_complaint(book: Book) -> None:
    book["Klachten"][0] |= {"gezinsnummer": "G1", "verwerkt op": WRITTEN_EARLIER}


def move_a_child(book: Book) -> None:
    row_of(book, "Personen", persoonsnummer="K3")["gezinsnummer"] = "G1"


def change_fte(book: Book) -> None:
    book["Procesbegeleiders"][0]["fte"] = 0.5


def add_a_supervisor(book: Book) -> None:
    book["Procesbegeleiders"].append(
        {"e-mail": "c@example.org", "naam": "C", "team": "Team Noord", "fte": 1,
         "vanaf": date(2022, 4, 4)}
    )  # fmt: skip


def change_an_activity(book: Book) -> None:
    book["Activiteiten"][0] |= {"titel": "Altijd Neutraal", "verwerkt op": WRITTEN_EARLIER}
