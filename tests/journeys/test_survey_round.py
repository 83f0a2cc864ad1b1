"""One round from its making to its end: staff, a real worker, a real clock, a real mail server, and
people with old telephones, in Dutch and in Arabic. Nothing of the product is replaced or called."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Dropped, Given, Letter, Remark, Response
from tests.cases.office import browser_of, colleague
from tests.journeys.answering import ARABIC, DUTCH, PHONE, go_through
from tests.journeys.looks import faults_now
from tests.reporting.processes import wait_until
from tests.reporting.runs import NOT_COLLECTED
from tests.surveys.asking import TODAY, parents, reporter
from tests.surveys.post_office import Mail, PostOffice
from tests.surveys.visitors import fill_in, send, visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
MANY, LONGEST = 28, 40  # people; seconds for the worker, that starts while staff make the round
BEGIN_HERE, HOW_WAS_IT = "Begin hier", "كيف كانت المساعدة؟"  # in the letter
UNKNOWN, LEAVES = "ouder27@example.org", "ouder26@example.org"


@pytest.fixture
def post(transactional_db: None, live_server: Any, tmp_path: Path) -> Iterator[PostOffice]:
    with PostOffice(live_server.url, tmp_path, unknown=UNKNOWN) as post:
        yield post


@pytest.fixture
def found() -> Iterator[list[str]]:
    """What axe found on any page, and what had to be scrolled sideways for."""
    found: list[str] = []
    yield found
    assert found == []


def test_one_round_from_its_making_to_its_end(
    post: PostOffice, signed_in: Callable, open_page: Callable, found: list[str]
):
    parents(MANY)
    staff = signed_in(reporter())

    def look(page: Page) -> None:
        found.extend(faults_now(page))

    it_is_made_and_started(staff, look)
    wait_until(lambda: none_waits() and len(post.mails()) == 27, seconds=LONGEST, what="gemaild")
    mails = {mail.to: mail for mail in post.mails()}
    assert len(mails) == len({mail.link for mail in mails.values()}) == MANY - 1
    what_staff_see(staff, answered="minder dan 10", invitations={"Verstuurd": 27, "Geweigerd": 1})
    in_dutch, in_arabic, *others = sorted(set(mails) - {LEAVES})

    page = open_page(**PHONE, java_script_enabled=False)  # where axe can't run
    it_is_read_and_opened(page, mails[in_dutch], BEGIN_HERE, "")
    go_through(page, "Nederlands", DUTCH)
    it_is_closed_kindly(page, mails[in_dutch], DUTCH["done"])
    page = open_page(width=390, height=844)
    it_is_read_and_opened(page, mails[in_arabic], HOW_WAS_IT, "?taal=ar")
    go_through(page, "", ARABIC, lambda page: (look(page), reads_from_the_right(page)))
    it_is_closed_kindly(page, mails[in_arabic], ARABIC["done"])
    look(page)
    someone_leaves(open_page(**PHONE), mails[LEAVES], look)
    what_staff_see(staff, answered="minder dan 10")

    for address in others[:20]:
        they_answer(mails[address])
    wait_until(lambda: headlines(staff)[1].isdigit(), seconds=LONGEST, what="tien gemerkt")
    they_answer(mails[others[20]])
    it_goes_a_step_further(staff, "Herinnering sturen", "Eén keer herinneren")
    wait_until(lambda: none_waits() and len(post.mails()) == 30, seconds=LONGEST, what="herinnerd")
    reminded = {mail.to: mail for mail in post.mails()[27:]}
    assert set(reminded) == set(others[21:]), "who answered, who left and who is not there is not"
    assert {str(mail.message["Subject"])[:13] for mail in reminded.values()} == {"Nog een keer:"}
    assert headlines(staff)[1] == "23", "who is to be reminded is known just before it"
    wait_until(lambda: Response.objects.exists(), seconds=LONGEST, what="een partij doorgezet")
    assert 10 <= Response.objects.count() <= 13
    assert Response.objects.count() + Dropped.objects.count() == 23
    they_answer(reminded[others[21]])

    it_goes_a_step_further(staff, "Beëindigen", "Beëindigen")
    wait_until(lambda: not Dropped.objects.exists(), seconds=LONGEST, what="de bus is leeg")
    what_staff_see(
        staff,
        answered="24",
        invitations={"Verstuurd": 27, "Geweigerd": 1},
        reminders={"Verstuurd": 3, "Niet verstuurd: mag niet meer": 1},
    )
    look(staff)
    what_everybody_said_together(staff)
    assert "Deze vragen zijn gesloten" in visitor(link_in(mails[others[22]])).get("/enquete/").text
    assert (Response.objects.count(), Remark.objects.count()) == (24, 2 + 22)
    assert Given.objects.count() == 2 * 2 + 22 * 3, "each answer once"
    supervisor = browser_of(colleague("fatima"))
    assert supervisor.get(urlsplit(staff.url).path).status_code == 404


def none_waits() -> bool:
    return not Letter.objects.filter(state__in=["waiting", "sending"]).exists()


# --- Staff ---------------------------------------------------------------------------------


def it_is_made_and_started(page: Page, look: Callable[[Page], None]) -> None:
    page.goto("/enquetes/")
    page.get_by_label("Naam").fill("Voorjaar 2027")
    page.get_by_role("button", name="Ronde beginnen").click()
    page.get_by_role("link", name="Wie we vragen, en tot wanneer").click()
    last_day = (TODAY + timedelta(days=14)).isoformat()
    page.get_by_label("Laatste dag om te antwoorden").fill(last_day)
    page.get_by_role("button", name="Regels vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text(f"{MANY} mensen, als de ronde nu begint.")
    look(page)
    page.get_by_role("link", name="Voorjaar 2027").click()
    page.get_by_role("link", name="Zo leest het").click()
    expect(page.get_by_role("heading", name="Hoe ging de hulp?")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Voorjaar 2027").click()
    it_goes_a_step_further(page, "Ronde starten", "Starten en uitnodigen")
    expect(page.get_by_text("De ronde loopt.")).to_be_visible()


def it_goes_a_step_further(page: Page, link: str, button: str) -> None:
    page.get_by_role("link", name=link).click()
    page.get_by_role("button", name=button).click()


def headlines(page: Page) -> list[str]:
    """Invited, answered, and the last day."""
    page.reload()
    return page.locator(".headlines dd").all_inner_texts()


def what_staff_see(page: Page, *, answered: str, **letters: dict[str, int]) -> None:
    """The numbers of the round, the letters that failed, and nobody whom it is about."""
    assert headlines(page)[:2] == [str(MANY), answered]
    tables = {"invitations": "Uitnodiging", "reminders": "Herinnering"}
    for name, states in letters.items():
        assert table(page.get_by_role("table", name=tables[name])) == states
    said = page.content()
    page.get_by_role("link", name="Brieven die niet aankwamen, of misschien niet: 1").click()
    expect(page.get_by_role("main")).to_contain_text("De mailserver weigerde (code 550).")
    said += page.content()
    page.go_back()
    assert not re.search(r"ouder\d|Dorpstraat", said, re.I)


def what_everybody_said_together(page: Page) -> None:
    """24 of the 27 whom a letter reached, all content, and an 8 of who gave a grade."""
    page.get_by_role("link", name="Rapport", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Voorjaar 2027")
    said = page.locator(".headlines dd").all_inner_texts()
    assert set(said) == {"24", "89%", "100%", "8,0"}
    expect(page.get_by_role("heading", name="Hoe is dit geteld?")).to_be_visible()
    page.go_back()


def table(shown: Locator) -> dict[str, int]:
    rows = shown.locator("tbody tr").all()
    return {row.locator("th").inner_text(): int(row.locator("td").inner_text()) for row in rows}


# --- Who was asked -------------------------------------------------------------------------


def link_in(mail: Mail) -> str:
    return mail.link.rstrip("/").rpartition("/")[2]


def it_is_read_and_opened(page: Page, mail: Mail, words: str, language: str) -> None:
    """The letter as a mail program shows it: nothing is fetched, and pressing its link opens the
    first page; that is all it says to anybody."""
    assert mail.message["List-Unsubscribe"].strip() == f"<{mail.unsubscribe}>"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    others = {f"{mail.link}?taal={code}" for code in ("en", "tr", "ar", "pap")}
    led_to = set(re.findall(r'https?://[^\s"<]+', mail.html))
    assert led_to == {mail.link, mail.unsubscribe, *others}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(mail.html)
    assert asked == []
    page.locator("p", has_text=words).get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/enquete/{re.escape(language)}$"))
    assert asked[0] == mail.link + language
    assert not [url for url in asked[1:] if link_in(mail) in url], "the link is out of the address"


def reads_from_the_right(page: Page) -> None:
    """The words by their direction, and what is chosen at the side where reading begins."""
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    choice = page.locator(".choices:not(.scale) .choice").first
    if choice.count():
        box, words = choice.locator("input").bounding_box(), choice.locator("span").bounding_box()
        assert box["x"] > words["x"] + words["width"]


def it_is_closed_kindly(page: Page, mail: Mail, words: str) -> None:
    """In the language that was read before."""
    page.goto(mail.link)
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def someone_leaves(page: Page, mail: Mail, look: Callable[[Page], None]) -> None:
    page.set_content(mail.html)
    page.get_by_role("link", name=mail.unsubscribe).click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("status")).to_contain_text("Je krijgt geen mails met vragen meer.")
    look(page)


def they_answer(mail: Mail) -> None:
    """By the pages themselves, without a browser."""
    client = visitor(link_in(mail))
    fill_in(client, remark="Goed geluisterd")
    assert "Je antwoorden zijn binnen" in send(client).text
