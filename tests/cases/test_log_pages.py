"""The read log as pages: searched, itself logged, and for nobody but the privacy officer (T61)."""

import io
import re
import uuid

import pikepdf
import pytest

from accounts.access_log import note as write_line
from accounts.models import AccessLine
from cases.models import FamilyMember
from cases.who_looked.overview import overview_of
from tests.cases.office import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    officer,
    people_in,
    seal,
)
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
LOG, ODD = "/leeslogboek/", "/leeslogboek/opvallend/"
LOG_QUERIES, OVERVIEW_QUERIES = 11, 12


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
def looked(case, fatima):
    """Fatima opened the file, Bob tried, and Wim opened another one."""
    file = f"/gezinnen/{family_of(case).pk}/"
    browser_of(fatima).get(file)
    browser_of(colleague("bob")).get(file)
    wim = colleague("wim")
    browser_of(wim).get(f"/gezinnen/{family_of(a_case(wim)).pk}/")
    seal()


def who(page) -> list[str]:
    return [line.who for line in page.context["lines"]]


def addresses(person) -> list[str]:
    overview = f"{LOG}overzicht/{person.pk}/"
    return [LOG, ODD, overview, f"{overview}overzicht.html", f"{overview}overzicht.pdf"]


class TestWhoMay:
    @pytest.mark.parametrize(
        "role", ["procesbegeleider", "teammanager", "rapporteur", "functioneel beheerder"]
    )
    def test_others_find_no_such_page_and_that_is_logged(self, mother, role):
        client = browser_of(colleague("kees", role))
        for number, address in enumerate(addresses(mother), start=1):
            assert client.get(address).status_code == 404, address
            assert AccessLine.objects.filter(outcome="refused").count() == number

    def test_a_passer_by_is_asked_to_sign_in(self, client, mother):
        for address in addresses(mother):
            assert client.get(address).status_code == 302

    def test_a_wrong_method_is_refused(self, gea, mother):
        client = browser_of(gea)
        for address in addresses(mother):
            assert client.put(address).status_code == 405
            assert address == ODD or client.post(address).status_code == 405


class TestTheLog:
    def test_each_line_is_a_sentence_newest_first(self, looked, gea, case):
        page = browser_of(gea).get(LOG)
        assert who(page) == ["Wim", "Bob", "Fatima"]
        text = page.content.decode()
        assert f"bekeek dossier {family_of(case).number}" in text
        assert "en mocht dat niet" in text
        assert "grond: eigen toewijzing" in text
        assert "2 personen getoond" in text
        assert "Sanne" not in text

    def test_reading_it_is_in_it(self, looked, gea):
        client = browser_of(gea)
        client.get(LOG)
        line = last_line()
        assert (line.actor, line.ground, line.object_type) == (gea, "duty", "leeslogboek")
        seal()
        assert who(client.get(LOG))[0] == "Gea"

    @pytest.mark.parametrize("by", ["number", "name"])
    def test_by_person(self, looked, gea, case, mother, by):
        mother.first_name = "Josefien"
        mother.save()
        words = mother.number if by == "number" else "josefien"
        page = browser_of(gea).get(LOG, {"persoon": words})
        assert who(page) == ["Fatima"]
        assert "Overzicht om mee te geven" in page.content.decode()
        line = last_line()
        assert (line.action, line.subjects) == ("search", [mother.pk])
        assert words not in str(line.detail)

    def test_of_many_with_one_name_it_asks_who_is_meant(self, looked, gea):
        page = browser_of(gea).get(LOG, {"persoon": "Sanne"})
        assert len(page.context["people"]) == 2
        assert "lines" not in page.context
        assert "Wie bedoel je?" in page.content.decode()
        assert set(last_line().subjects) == {one.pk for one in page.context["people"]}

    @pytest.mark.parametrize("which", ["family", "registration"])
    def test_by_file(self, looked, gea, case, which):
        number = family_of(case).number if which == "family" else case.number
        page = browser_of(gea).get(LOG, {"dossier": number.lower()})
        assert who(page) == ["Bob", "Fatima"]
        assert set(last_line().subjects) == people_in(case)

    @pytest.mark.parametrize("words", ["fatima", "FATIMA@ot.example.org"])
    def test_by_colleague(self, looked, gea, words):
        assert who(browser_of(gea).get(LOG, {"medewerker": words})) == ["Fatima"]

    def test_by_day_deed_and_outcome(self, looked, gea):
        client = browser_of(gea)
        assert len(who(client.get(LOG, {"vanaf": TODAY.isoformat()}))) == 3
        assert who(client.get(LOG, {"tot_en_met": YESTERDAY.isoformat()})) == []
        assert who(client.get(LOG, {"uitkomst": "refused"})) == ["Bob"]
        assert who(client.get(LOG, {"handeling": "list"})) == []
        both = {"medewerker": "bob", "handeling": "read"}
        assert who(client.get(LOG, both)) == ["Bob"]

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ({"persoon": "Niemandson"}, "Niemand heeft"),
            ({"persoon": "x"}, "minstens 2"),
            ({"persoon": "a\0b"}, ""),
            ({"dossier": "G99999"}, "geen dossier"),
            ({"medewerker": "niemand"}, "Geen medewerker"),
            ({"vanaf": "gisteren"}, "geen datum"),
            ({"vanaf": TOMORROW.isoformat(), "tot_en_met": TODAY.isoformat()}, "ligt voor"),
            ({"handeling": "'; DROP"}, ""),
            ({"voor": "veel"}, ""),
            ({"voor": "9" * 40}, ""),
        ],
    )
    def test_what_cannot_be_asked_is_said(self, looked, gea, query, says):
        page = browser_of(gea).get(LOG, query)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert says in page.content.decode()
        assert "lines" not in page.context

    def test_more_than_a_page_goes_on_from_a_number(self, case, fatima, gea):
        for _ in range(60):
            write_line(
                actor=fatima, action="read", object_type="gezin", ground="own_case", purpose="x"
            )
        seal()
        client = browser_of(gea)
        first = client.get(LOG, {"medewerker": "fatima"})
        assert len(first.context["lines"]) == 50
        older = client.get(LOG, {"medewerker": "fatima", "voor": first.context["older"]})
        numbers = [line.number for page in (first, older) for line in page.context["lines"]]
        assert numbers == list(range(60, 0, -1))
        assert older.context["older"] is None

    @pytest.mark.parametrize("many", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self, case, fatima, gea, django_assert_num_queries, many
    ):
        for _ in range(many):
            browser_of(fatima).get(f"/gezinnen/{family_of(case).pk}/")
        seal()
        client = browser_of(gea)
        with django_assert_num_queries(LOG_QUERIES):
            page = client.get(LOG)
        assert len(page.context["lines"]) == many


class TestOverviewForAParent:
    @pytest.fixture
    def read(self, case, fatima):
        """A week's worth: Fatima twice on a file and once on the list, Tess once, Bob in vain."""
        file = f"/gezinnen/{family_of(case).pk}/"
        for path in (file, file, "/gezinnen/"):
            browser_of(fatima).get(path)
        browser_of(colleague("tess", "teammanager")).get(file)
        browser_of(colleague("bob")).get(file)
        seal()

    def test_days_roles_and_purposes_and_no_names_of_staff(self, read, gea, mother):
        page = browser_of(gea).get(f"{LOG}overzicht/{mother.pk}/").content.decode()
        for words in (
            "Wie zag de gegevens van Sanne Dorpstraat?",
            "Alles wat er is gezien: 4 keer",
            "procesbegeleider, begeleidt je gezin",
            "teammanager, leidt het team dat je gezin begeleidt",
            "bekeek het dossier (2 keer)",
            "zag je gezin in een lijst",
            "Begeleiding van gezinnen",
        ):
            assert words in page, words
        main = page[page.index("<main") : page.index("</main>")]
        for name in ("Fatima", "Tess", "Bob"):
            assert name not in main

    def test_it_is_complete(self, read, mother):
        overview = overview_of(mother)
        shown = AccessLine.objects.filter(subjects__contains=[mother.pk], outcome="shown")
        assert overview.reads == shown.count() == 4
        assert len(overview.rows) == 3

    def test_each_form_of_it_is_logged_as_an_export(self, read, gea, mother):
        client = browser_of(gea)
        for address in addresses(mother)[2:]:
            assert client.get(address).status_code == 200
            line = last_line()
            assert (line.action, line.ground, line.subjects) == ("export", "duty", [mother.pk])
            assert line.object_id == str(mother.pk)

    def test_the_html_stands_by_itself(self, read, gea, mother):
        response = browser_of(gea).get(f"{LOG}overzicht/{mother.pk}/overzicht.html")
        assert f'filename="wie-keek-{mother.number}.html"' in response["Content-Disposition"]
        page = response.content.decode()
        assert "<link" not in page
        assert "<script" not in page
        assert "Sanne Dorpstraat" in page
        assert not re.search(r'(?:src|href)="(?!#)', page)

    def test_the_pdf_is_tagged_and_says_the_same(self, read, gea, mother):
        mother.last_name = '#read("/etc/passwd") *ster* $x$ Čapková'
        mother.save()
        response = browser_of(gea).get(f"{LOG}overzicht/{mother.pk}/overzicht.pdf")
        assert response["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(response.content)) as document:
            assert document.Root.Lang == "nl-NL"
            assert document.Root.MarkInfo.Marked
            with document.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"].endswith(f"{mother.first_name} {mother.last_name}?")

    def test_of_nobody_there_is_none(self, gea):
        client = browser_of(gea)
        assert client.get(f"{LOG}overzicht/{uuid.uuid4()}/").status_code == 404

    def test_of_whom_nobody_looked_it_says_so(self, gea, mother):
        page = browser_of(gea).get(f"{LOG}overzicht/{mother.pk}/").content.decode()
        assert "Niemand heeft je gegevens gezien" in page

    @pytest.mark.parametrize("many", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self, case, mother, gea, django_assert_num_queries, many
    ):
        for number in range(many):
            browser_of(officer(f"gea{number}")).get(f"{LOG}overzicht/{mother.pk}/")
        seal()
        client = browser_of(gea)
        with django_assert_num_queries(OVERVIEW_QUERIES):
            page = client.get(f"{LOG}overzicht/{mother.pk}/")
        assert page.context["overview"].reads == many
