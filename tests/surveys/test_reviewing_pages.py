"""The pages on which the privacy officer reads free text: who gets in, and a pile gone through."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLine
from surveys.models import Remark, Round
from surveys.remarks import released_texts, shown_of
from surveys.services.reviewing import withhold
from surveys.services.rounds import end
from tests.cases.office import browser_of, colleague, officer
from tests.surveys.asking import reporter
from tests.surveys.remarking import a_remark, answered, more_answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]
FIRST, SECOND = "Wat ging er goed?", "Wat kan er beter?"


def sent(page: str) -> dict[str, object]:
    """What the form holds, as a browser would send it."""
    return {
        "black": re.findall(r'name="black" value="(\d+)" checked', page),
        **dict(re.findall(r'name="(many|seen)" value="(\w+)"', page)),
    }


@pytest.mark.parametrize("role", ["rapporteur", "teammanager", "functioneel beheerder"])
def test_only_the_privacy_officer_gets_in(role):
    round = answered()
    remark = a_remark(round, "Geheim")
    browser = browser_of(colleague("rik", role))
    for page in ("nalezen/", f"{round.pk}/nalezen/", f"{round.pk}/nalezen/{remark.pk}/"):
        assert browser.get(f"/enquetes/{page}").status_code == 404
    assert AccessLine.objects.filter(outcome="refused").exists()


def test_who_supports_families_never_gets_in_also_as_privacy_officer():
    round = answered()
    remark = a_remark(round, "Geheim")
    supervisor = colleague("fatima")
    supervisor.groups.add(Group.objects.get(name="functionaris gegevensbescherming"))
    browser = browser_of(supervisor)
    assert "/enquetes/nalezen/" not in browser.get("/vandaag/").text
    for page in ("nalezen/", f"{round.pk}/nalezen/", f"{round.pk}/nalezen/{remark.pk}/"):
        assert browser.get(f"/enquetes/{page}").status_code == 404
    answer = browser.post(f"/enquetes/{round.pk}/nalezen/{remark.pk}/", {"doe": "dicht"})
    assert answer.status_code == 404
    remark.refresh_from_db()
    assert remark.state == "new"


def test_a_pile_is_gone_through_from_first_to_last():
    round = answered()
    for name in ("Xandra", "Yvar", "Zilvia"):
        a_remark(round, f"Dank aan {name} voor alles")
    browser = browser_of(officer())
    page = browser.get("/enquetes/nalezen/").text
    assert "3 na te lezen" in page
    page = browser.get(f"/enquetes/{round.pk}/nalezen/").text
    address = re.search(r'btn-primary" href="([^"]+)"', page)[1]
    for left in (2, 1, 0):
        answer = browser.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert FIRST in answer.text
        posted = browser.post(address, sent(answer.text) | {"doe": "vrijgeven"})
        address = posted["Location"]
        assert Remark.objects.filter(state="new").count() == left
    assert "Alles is nagelezen" in browser.get(address).text
    assert list(released_texts(round).values()) == [["Dank aan ▇▇▇ voor alles"] * 3]


def test_the_reporter_hears_how_many_texts_after_the_end_and_only_from_ten_to_a_question():
    round = answered()
    good, better = round.questions.filter(kind="text")
    for question, many in ((good, 10), (better, 9)):
        for number in range(many):
            a_remark(round, f"Xandra {number}", shown="Dank", question=question)
    browser, address = browser_of(reporter("ria")), f"/enquetes/{round.pk}/"
    assert "vrijgegeven" not in browser.get(address).text
    end(round=round, by=None)
    page = browser.get(address).text
    assert "0 na te lezen, 10 vrijgegeven, 0 dicht" in page
    assert "Xandra" not in page


@pytest.mark.parametrize(
    ("many", "why"), [(9, "Minder dan tien mensen antwoordden"), (30, "Niemand schreef een tekst")]
)
def test_why_there_is_nothing_to_read_after_the_end(many, why):
    round = answered(many=many)
    end(round=round, by=None)
    browser = browser_of(officer())
    for page in ("nalezen/", f"{round.pk}/nalezen/"):
        page = browser.get(f"/enquetes/{page}").text
        assert why in page
        assert "nog niet" not in page


@pytest.mark.parametrize("many", [1, 3, 20])
def test_however_many_rounds_hold_nothing_to_read_the_list_takes_as_many_queries(many):
    first = answered(many=9)
    end(round=first, by=None)
    fields = {"state": "ended", "started_at": first.started_at, "ended_at": Now()}
    for number in range(many - 1):
        Round(name=f"Ronde {number}", ends_on=first.ends_on, **fields).save()
    browser = browser_of(officer())
    browser.get("/enquetes/nalezen/")
    for address, queries in (("/enquetes/nalezen/", 5), ("/enquetes/rapporten/", 3)):
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address).text
        assert page.count('class="run-name"') == many
        assert len([one for one in asked if '"surveys_' in one["sql"]]) == queries + 1


def test_how_many_texts_wait_stands_in_the_menu_of_who_reads_them_alone():
    first, second = answered(), answered(many=9, name="Zomer", months_between=0)
    for number in range(3):
        a_remark(first, f"Dank {number}")
    a_remark(first, "Dank", shown="Dank")
    a_remark(second, "Nog te weinig antwoorden")
    both = officer()
    assert menu_of(both) == "Nalezen 3 teksten wachten"
    assert "3 na te lezen" in browser_of(both).get("/enquetes/nalezen/").text
    assert menu_of(reporter()) == ""
    both.groups.add(Group.objects.get(name="procesbegeleider"))
    assert menu_of(both) == ""
    Remark.objects.filter(state="new").update(state="withheld")
    assert menu_of(officer("floor")) == "Nalezen"


def menu_of(user) -> str:
    """What it says of remarks to be read."""
    page = browser_of(user).get("/", follow=True).text
    found = re.search(r">\s*(Nalezen.*?)</a>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_who_is_reporter_too_is_told_one_place_where_they_are():
    both = officer()
    both.groups.add(Group.objects.get(name="rapporteur"))
    browser = browser_of(both)
    page = browser.get("/enquetes/nalezen/").text
    here = re.findall(r'aria-current="page">([^<]+)', page)
    assert here == ["Nalezen"]
    assert 'href="/enquetes/rapporten/"' in browser.get("/enquetes/").text


def test_what_was_unmarked_stays_and_what_was_marked_by_hand_goes():
    round = answered()
    remark = a_remark(round, "Dank aan Almere voor alles")
    browser, address = browser_of(officer()), f"/enquetes/{round.pk}/nalezen/{remark.pk}/"
    assert sent(browser.get(address).text)["black"] == ["2"]
    answer = browser.post(address, {"black": ["4"], "many": 5, "seen": "new", "doe": "vrijgeven"})
    assert answer["Location"] == f"/enquetes/{round.pk}/nalezen/"
    remark.refresh_from_db()
    assert shown_of(remark) == "Dank aan Almere voor ▇▇▇"


def test_it_is_taken_back_and_kept_shut_and_released_after_all():
    round = answered()
    remark = a_remark(round, "Dank", shown="Dank")
    browser, address = browser_of(officer()), f"/enquetes/{round.pk}/nalezen/{remark.pk}/"
    page = browser.get(address).text
    assert "Terugnemen" in page
    assert "Vrijgeven" not in page
    assert (
        "Teruggenomen"
        in browser.post(address, {"doe": "terug", "seen": "released"}, follow=True).text
    )
    assert (
        "Blijft dicht" in browser.post(address, {"doe": "dicht", "seen": "new"}, follow=True).text
    )
    assert "Dank" in browser.get(f"/enquetes/{round.pk}/nalezen/?stand=withheld").text
    page = browser.get(address).text
    assert "Dicht houden" not in page
    browser.post(address, sent(page) | {"doe": "vrijgeven"})
    remark.refresh_from_db()
    assert remark.state == "released"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"doe": "vrijgeven", "many": 2}, "intussen anders geteld"),
        ({"doe": "vrijgeven", "many": 3, "black": ["3"]}, "intussen anders geteld"),
        ({"doe": "vrijgeven"}, "intussen anders geteld"),
        ({}, "Kies wat er met deze tekst moet gebeuren"),
        ({"doe": "dicht"}, "intussen al besloten"),
        ({"doe": "dicht", "seen": "released"}, "intussen al besloten"),
        ({"doe": "terug", "seen": "released"}, "intussen al besloten"),
    ],
)
def test_what_is_sent_wrongly_changes_nothing_and_is_told(typed, why):
    round = answered()
    remark = a_remark(round, "Dank aan iedereen")
    address = f"/enquetes/{round.pk}/nalezen/{remark.pk}/"
    assert why in browser_of(officer()).post(address, typed, follow=True).text
    remark.refresh_from_db()
    assert remark.state == "new"


def test_who_comes_second_is_told_also_of_what_could_still_be_done():
    round = answered()
    remark = a_remark(round, "Dank")
    browser, address = browser_of(officer()), f"/enquetes/{round.pk}/nalezen/{remark.pk}/"
    typed = sent(browser.get(address).text) | {"doe": "vrijgeven"}
    withhold(remark, by=None)
    assert "intussen al besloten" in browser.post(address, typed, follow=True).text
    remark.refresh_from_db()
    assert remark.state == "withheld"
    typed = sent(browser.get(address).text) | {"doe": "vrijgeven"}
    browser.post(address, typed)
    remark.refresh_from_db()
    assert remark.state == "released"


def test_below_ten_answers_nothing_is_shown():
    round = answered(many=9)
    remark = a_remark(round, "Geheim")
    browser = browser_of(officer())
    page = browser.get(f"/enquetes/{round.pk}/nalezen/").text
    assert "als van één groep twintig" in page
    assert "Geheim" not in page
    assert "na te lezen" not in browser.get("/enquetes/nalezen/").text
    assert browser.get(f"/enquetes/{round.pk}/nalezen/{remark.pk}/").status_code == 404
    more_answers(round, 1)
    assert "Geheim" in browser.get(f"/enquetes/{round.pk}/nalezen/{remark.pk}/").text


def test_a_pile_is_of_one_question_and_stays_so():
    round = answered()
    good, better = round.questions.filter(kind="text")
    for question in (good, better, better):
        a_remark(round, f"Over {question.key}", question=question)
    browser = browser_of(officer())
    page = browser.get(f"/enquetes/{round.pk}/nalezen/?vraag=better").text
    assert "Over better" in page
    assert "Over good" not in page
    address = re.search(r'btn-primary" href="([^"]+)"', page)[1].replace("&amp;", "&")
    for _ in range(2):
        page = browser.get(address).text
        assert SECOND in page
        address = browser.post(address, sent(page) | {"doe": "vrijgeven"})["Location"]
    assert "Alles is nagelezen bij deze vraag" in browser.get(address).text


def test_reading_is_logged_with_the_round_and_never_which_text():
    round = answered()
    remark = a_remark(round, "Geheim")
    browser = browser_of(officer())
    browser.get(f"/enquetes/{round.pk}/nalezen/{remark.pk}/")
    line = AccessLine.objects.filter(part="vrije tekst", outcome="shown").get()
    assert (str(line.object_id), line.subjects) == (str(round.pk), [])
    assert str(remark.pk) not in str(line.__dict__)


def test_a_text_whose_key_is_gone_says_so(settings):
    round = answered()
    remark = a_remark(round, "Geheim")
    Remark.objects.filter(pk=remark.pk).update(sealed="v1.weg.AAAA")
    browser = browser_of(officer())
    assert "gaat niet open" in browser.get(f"/enquetes/{round.pk}/nalezen/").text
    page = browser.get(f"/enquetes/{round.pk}/nalezen/{remark.pk}/").text
    assert "gaat niet open" in page
    assert "Vrijgeven" not in page
    typed = {"doe": "vrijgeven", "many": 0, "seen": "new"}
    address = f"/enquetes/{round.pk}/nalezen/{remark.pk}/"
    assert "gaat niet open" in browser.post(address, typed, follow=True).text
    browser.post(address, {"doe": "dicht", "seen": "new"})
    remark.refresh_from_db()
    assert remark.state == "withheld"


@pytest.mark.parametrize("many", [1, 3, 100])
def test_the_number_of_questions_stays_the_same(many):
    round = answered()
    remarks = [a_remark(round, f"Tekst {number}") for number in range(many)]
    browser, asked = browser_of(officer()), {}
    for page in ("nalezen/", f"{round.pk}/nalezen/", f"{round.pk}/nalezen/{remarks[0].pk}/"):
        browser.get(f"/enquetes/{page}")
        with CaptureQueriesContext(connection) as found:
            browser.get(f"/enquetes/{page}")
        asked[page] = len(found)
    assert list(asked.values()) == [9, 15, 14]
