"""Filling in by a link: no account, nothing used up by a look, one answer each (T47 to T51)."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Merge, Person
from surveys.links import new_link
from surveys.models import Dropped, Invitation, Letter, OptOut, Progress
from surveys.services import letters, rounds
from surveys.services.moving import empty_boxes
from surveys.services.rounds import end
from tests.surveys.asking import TODAY, a_running_round, reporter
from tests.surveys.visitors import START, all_answer, answer, fill_in, link_of, send, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def invitation() -> Invitation:
    return Invitation.objects.filter(round=a_running_round()).first()


@pytest.fixture
def link(invitation) -> str:
    return link_of(invitation)


def test_the_first_visit_takes_the_link_out_of_the_address(link):
    client = Client()
    arrived = client.get(f"/enquete/{link}/")
    assert (arrived.status_code, arrived["Location"]) == (302, START)
    cookie = arrived.cookies["enquete"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (START, True, "Lax")
    assert cookie["expires"] == cookie["max-age"] == "", "until the browser closes"
    page = client.get(START)
    assert "Hoe ging de hulp?" in page.text
    assert "Praat je liever? Bel" in page.text
    assert link not in page.text


def test_from_the_first_page_to_thank_you_and_kindly_at_a_second_visit(link, settings):
    client = visitor(link)
    fill_in(client, remark="Goed geluisterd")
    assert "Dit waren de vragen" in client.get("/enquete/insturen/").text
    assert "Je antwoorden zijn binnen" in send(client).text
    for later in (client, visitor(link)):
        page = later.get(START)
        assert (page.status_code, "Je deed al mee" in page.text) == (200, True)
    assert Dropped.objects.count() == 1
    assert Progress.objects.count() == 0


def test_another_language_is_chosen_on_the_first_page_and_stays(link):
    client = visitor(link)
    page = client.get(f"{START}?taal=ar").text
    assert 'dir="rtl"' in page
    assert "كيف كانت المساعدة؟" in page
    client.post(START, {"taal": "ar"})
    assert 'lang="ar"' in client.get("/enquete/vraag/1/").text


def test_a_letter_leads_to_the_first_page_in_a_language(link):
    client = Client()
    arrived = client.get(f"/enquete/{link}/?taal=ar")
    assert arrived["Location"] == f"{START}?taal=ar"
    page = client.get(arrived["Location"])
    assert "كيف كانت المساعدة؟" in page.text
    assert (client.cookies["enquete_taal"].value, client.cookies["enquete_taal"]["path"]) == (
        "ar", START,
    )  # fmt: skip
    for odd in ("zz%0D%0ASet-Cookie:x=y", "//example.org", "a" * 200):
        assert client.get(f"/enquete/{link}/?taal={odd}")["Location"] == START


def arabic_reader(link: str) -> Client:
    """Who chose Arabic, read on and filled something in."""
    client = visitor(link)
    client.get(f"{START}?taal=ar")
    client.post(START, {"taal": "ar"})
    answer(client, 1, "yes")
    assert "إرسال" in client.get("/enquete/insturen/").text
    return client


def test_who_sends_twice_or_goes_back_still_reads_their_own_language(link):
    client = arabic_reader(link)
    for _ in range(2):
        page = send(client)
        assert ("شكرا لك" in page.text, 'dir="rtl"' in page.text) == (True, True)
    for back in (START, "/enquete/vraag/1/", f"/enquete/{link}/"):
        assert "لقد شاركت من قبل" in client.get(back, follow=True).text


def test_who_is_overtaken_by_the_end_reads_so_in_their_own_language(invitation, link):
    client = arabic_reader(link)
    end(round=invitation.round, by=None)
    for page in (send(client), client.get(START)):
        assert (page.status_code, "هذه الأسئلة مغلقة" in page.text) == (410, True)


def test_who_leaves_does_so_in_the_language_they_read(invitation, link):
    client = arabic_reader(link)
    rounds.remind(round=invitation.round, by=None)
    claimed = letters.claim(Letter.objects.get(invitation=invitation, kind="reminder").pk)
    assert "إلغاء الاشتراك" in client.get(f"/enquete/afmelden/{claimed.unsubscribe}/").text


def test_the_first_page_says_how_many_questions_there_are(link, invitation):
    page = visitor(link).get(START)
    assert "Aantal vragen: 5." in page.text
    assert "Daarna kan het in een rapport staan, zonder namen." in page.text


def test_an_answer_that_was_given_is_emptied_by_a_button_that_says_so(link):
    client = visitor(link)
    assert "Overslaan" in client.get("/enquete/vraag/1/").text
    answer(client, 1, "yes")
    page = client.get("/enquete/vraag/1/").text
    assert ("Antwoord wissen" in page, "Overslaan" in page) == (True, False)
    client.post("/enquete/vraag/1/", {"overslaan": "1"})
    assert "checked" not in client.get("/enquete/vraag/1/").text


def test_progress_is_kept_for_another_browser_and_going_back(link):
    client = visitor(link)
    fill_in(client, remark="Half af")
    later = visitor(link)
    assert "Half af" in later.get("/enquete/vraag/4/").text
    assert 'value="8"\n' in later.get("/enquete/vraag/3/").text
    assert later.get("/enquete/vraag/3/").text.count("checked") == 1
    back = later.post("/enquete/vraag/2/", {"antwoord": ["control"], "terug": "1"})
    assert back["Location"] == "/enquete/vraag/1/"
    assert later.get("/enquete/vraag/2/").text.count("checked") == 1


def test_each_question_may_be_skipped_and_nothing_chosen_is_said(link):
    client = visitor(link)
    said = client.post("/enquete/vraag/1/", {"verder": "1"}, follow=True)
    assert said.redirect_chain, "a page that was asked for: Back goes on working"
    assert "Kies een antwoord, of sla de vraag over." in said.text
    for number in range(1, 6):
        client.post(f"/enquete/vraag/{number}/", {"overslaan": "1"})
    empty = client.post("/enquete/insturen/")
    assert "Je hebt nog niets ingevuld" in empty.text
    assert Dropped.objects.count() == 0


def test_what_can_not_be_chosen_is_not_kept(link):
    client = visitor(link)
    for number, value in ((1, "<script>"), (2, ["nonsense"]), (3, "11"), (99, "yes")):
        answer(client, number, value)
    assert "Je hebt nog niets ingevuld" in client.post("/enquete/insturen/").text


def test_a_scanner_that_presses_every_first_button_answers_nothing_and_uses_nothing_up(link):
    """T49, T50: it opens each page several times, also by HEAD, and sends the first button."""
    for _ in range(5):
        scanner = Client()
        scanner.head(f"/enquete/{link}/")
        scanner.get(f"/enquete/{link}/", follow=True)
        scanner.post(START, {"taal": "nl"})
        for number in range(1, 6):
            scanner.get(f"/enquete/vraag/{number}/")
            scanner.post(f"/enquete/vraag/{number}/", {"verder": "1"})
        scanner.post("/enquete/insturen/")
    assert Dropped.objects.count() == 0
    client = visitor(link)
    fill_in(client)
    assert "Je antwoorden zijn binnen" in send(client).text


def test_two_tabs_and_a_double_click_are_one_answer(link):
    one, two = visitor(link), visitor(link)
    fill_in(one)
    assert "Je antwoorden zijn binnen" in send(one).text
    assert "Je antwoorden zijn binnen" in send(one).text
    fill_in(two)
    send(two)
    assert Dropped.objects.count() == 1


def test_the_link_of_the_reminder_gives_no_second_answer(invitation, link):
    rounds.remind(round=invitation.round, by=None)
    reminded = link_of(invitation, "reminder")
    first = visitor(link)
    fill_in(first)
    send(first)
    page = visitor(reminded).get(START)
    assert "Je deed al mee" in page.text
    assert Dropped.objects.count() == 1


def test_a_link_that_nobody_got_opens_nothing_and_is_in_no_log(caplog, db):
    caplog.set_level(logging.DEBUG)
    guess = new_link()
    page = visitor(guess).get(START)
    assert page.status_code == 404
    assert "Deze link kennen we niet" in page.text
    assert guess not in caplog.text


def test_who_guesses_often_waits(db):
    codes = [visitor(new_link()).get(START).status_code for _ in range(62)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_a_round_that_is_over_says_so_and_whom_to_call_once(invitation, link, settings):
    end(round=invitation.round, by=None)
    page = visitor(link).get(START)
    assert (page.status_code, "Deze vragen zijn gesloten" in page.text) == (410, True)
    assert page.text.count(settings.TEAM_PHONE.replace(" ", "\N{NO-BREAK SPACE}")) == 1


def test_a_visit_and_an_answer_touch_nothing_of_who_was_asked(link):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client = visitor(link)
        client.get(START)
        fill_in(client, "Iets")
        send(client)
    changes = [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    wrote = {sql.split('"')[1] for sql in changes}
    assert wrote == {"surveys_progress", "surveys_dropped"}


# --- No more of these -----------------------------------------------------------------------


def unsubscribe_of(invitation: Invitation) -> str:
    claimed = letters.claim(Letter.objects.get(invitation=invitation).pk)
    return f"/enquete/afmelden/{claimed.unsubscribe}/"


def test_unsubscribing_takes_one_step_and_can_be_undone(invitation):
    address, client = unsubscribe_of(invitation), Client()
    assert "Afmelden" in client.get(address).text
    assert OptOut.objects.count() == 0, "looking does nothing"
    assert "Je krijgt geen mails met vragen meer" in client.post(address).text
    assert OptOut.objects.get().person == invitation.person
    client.post(address, {"toch": "1"})
    assert OptOut.objects.count() == 0


def test_changing_their_mind_holds_under_every_number_that_they_had(invitation):
    """The letter is of a number that went into another; the opt-out came with that other one."""
    address, client = unsubscribe_of(invitation), Client()
    stays = Person.objects.create(first_name="Ouder")
    Merge.objects.create(
        kind="person", kept=stays.pk, gone=invitation.person_id, reason="Dubbel",
        family=invitation.person.memberships.standing().get().family,
        merged_at=timezone.now(), merged_by=reporter(),
    )  # fmt: skip
    OptOut.objects.create(person=stays, since=TODAY)
    client.post(address, {"toch": "1"})
    assert OptOut.objects.count() == 0


def test_a_mail_program_unsubscribes_by_itself(invitation):
    strict = Client(enforce_csrf_checks=True)
    address = unsubscribe_of(invitation)
    assert strict.get(address).cookies.keys() <= {"enquete_taal"}, "and without cookies"
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert OptOut.objects.get().since == TODAY


# --- From the box to where it is counted ------------------------------------------------------


def test_who_answered_is_marked_only_with_ten_at_once():
    round = a_running_round(many=12)
    all_answer(round, 9)
    empty_boxes()
    assert not Invitation.objects.filter(answered=True).exists()
