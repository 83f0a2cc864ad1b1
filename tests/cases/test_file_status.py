"""Moving a status on screen: what is offered, asked, refused, and who is told."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from cases.models import StatusChange, Support, TargetGroupCheck
from cases.services import assign, close, note, reopen, start, status_of
from cases.status import Status
from tests.cases.office import (
    LAST_MONTH,
    LAST_WEEK,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
)
from tests.cast import a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def file_of(registration) -> str:
    return f"/gezinnen/{family_of(registration).pk}/"


def address(registration, to: str) -> str:
    return f"/aanmeldingen/{registration.pk}/stand/{to}/"


def move(client, registration, to: str, **given):
    """Fill the form of a move in as the page gives it, and send it."""
    page = client.get(address(registration, to))
    seen = page.context["form"]["seen"].value() or ""
    data = {"happened_on": TODAY, "seen": seen, **given}
    return client.post(address(registration, to), data, follow=True)


def completed() -> str:
    return code("closing_reason", "completed").pk


class TestWhatIsOffered:
    def test_only_what_may_follow(self, case, fatima):
        page = browser_of(fatima).get(file_of(case)).content.decode()
        assert "Traject afsluiten" in page
        assert "Traject starten" not in page
        assert "Traject heropenen" not in page

    def test_before_the_start_two_ways(self, fatima):
        new = a_registration(on=LAST_WEEK)
        assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
        page = browser_of(fatima).get(file_of(new)).content.decode()
        assert "Traject starten" in page
        assert "Traject niet starten" in page

    def test_who_may_only_read_is_offered_nothing(self, case):
        page = browser_of(colleague("tess", "teammanager")).get(file_of(case)).content.decode()
        assert "Traject afsluiten" not in page

    def test_what_is_closed_is_reopened_by_whoever_may_assign(self, case, fatima):
        close(registration=case, on=YESTERDAY, reason=code("closing_reason", "other"), by=None)
        tess = browser_of(colleague("tess", "teammanager"))
        assert "Traject heropenen" in tess.get(file_of(case)).content.decode()
        assert "Traject heropenen" not in browser_of(fatima).get(file_of(case)).content.decode()
        assert browser_of(fatima).get(address(case, "heropend")).status_code == 404
        move(tess, case, "heropend")
        assert status_of(case) is Status.REOPENED


class TestMoving:
    def test_it_starts_on_a_day_and_the_file_says_so(self, fatima):
        new = a_registration(on=LAST_WEEK)
        assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
        page = move(browser_of(fatima), new, "lopend", happened_on=YESTERDAY)
        assert "Het traject loopt" in page.content.decode()
        change = StatusChange.objects.get(registration=new)
        assert (change.happened_on, change.recorded_by) == (YESTERDAY, fatima)

    def test_it_is_logged_as_a_change(self, case, fatima):
        client = browser_of(fatima)
        client.post(address(case, "afgesloten"), {"happened_on": TODAY})
        line = last_line()
        assert (line.action, line.object_type, line.part) == ("change", "aanmelding", "stand")

    def test_starting_shows_the_check_when_there_is_one(self, fatima):
        new = a_registration(on=LAST_WEEK)
        assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
        client = browser_of(fatima)
        assert "Doelgroeptoets" not in client.get(address(new, "lopend")).content.decode()
        check = {"affected": "yes", "placement": "unknown", "ground": "Beschikking"}
        note(TargetGroupCheck(registration=new, happened_on=TODAY, **check), by=fatima)
        page = client.get(address(new, "lopend")).content.decode()
        assert "Gedupeerd: ja. Uithuisplaatsing: nog niet bekend." in page

    def test_closing_asks_why_and_reminds_of_results(self, case, fatima):
        form = code("support_form", "debt_help")
        note(Support(family=family_of(case), form=form, happened_on=LAST_WEEK), by=None)
        client = browser_of(fatima)
        page = client.get(address(case, "afgesloten")).content.decode()
        assert "nog geen resultaat opgeschreven bij: Bestaanszekerheden" in page
        page = move(client, case, "afgesloten").content.decode()
        assert "Waarom sluit je af?: Dit mag niet leeg zijn." in page
        page = move(client, case, "afgesloten", reason=completed()).content.decode()
        assert "Het traject is afgesloten" in page
        assert status_of(case) is Status.CLOSED

    def test_a_reason_of_another_list_is_refused(self, case, fatima):
        wrong = code("never_started_reason", "other").pk
        page = move(browser_of(fatima), case, "afgesloten", reason=wrong)
        assert "Deze waarde staat niet in de lijst" in page.content.decode()

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (TOMORROW, "Deze dag moet nog komen"),
            (LAST_MONTH - timedelta(days=1), "voor de dag van de aanmelding"),
            ("31-02-2024", "Dit is geen datum"),
            ("0001-01-01", "het jaar moet tussen"),
            ("", "Dit mag niet leeg zijn"),
        ],
    )
    def test_an_impossible_day_is_refused_and_kept(self, case, fatima, day, words):
        page = move(
            browser_of(fatima), case, "afgesloten", happened_on=day, reason=completed()
        ).content.decode()
        assert words in page
        assert f'<option value="{completed()}" selected>' in page
        assert status_of(case) is Status.RUNNING

    def test_an_impossible_move_says_what_is_possible(self, case, fatima):
        page = browser_of(fatima).get(address(case, "heropend")).content.decode()
        assert "Na &#x27;Lopend&#x27; kan alleen &#x27;Afgesloten&#x27; volgen" in page
        client = browser_of(fatima)
        last = StatusChange.objects.get(registration=case).pk
        page = client.post(address(case, "heropend"), {"happened_on": TODAY, "seen": last})
        assert "kan alleen" in page.content.decode()
        assert status_of(case) is Status.RUNNING

    def test_a_status_that_does_not_exist_is_not_there(self, case, fatima):
        assert browser_of(fatima).get(address(case, "gepauzeerd")).status_code == 404

    def test_a_late_closing_that_shuts_the_file_leads_to_the_list(self, case, fatima):
        page = move(
            browser_of(fatima),
            case,
            "afgesloten",
            happened_on=TODAY - timedelta(days=31),
            reason=completed(),
        )
        assert page.redirect_chain[-1][0] == "/gezinnen/"
        assert status_of(case) is Status.CLOSED

    @pytest.mark.parametrize("to", ["afgesloten", "intrekken"])
    def test_a_stranger_finds_nothing(self, case, to):
        client = browser_of(colleague("bob"))
        assert client.get(address(case, to)).status_code == 404
        assert client.post(address(case, to), {"happened_on": TODAY}).status_code == 404
        assert last_line().outcome == "refused"


class TestTakingBack:
    def test_a_reopening_is_taken_back_on_its_own_day_and_the_closing_stands(self, case, fatima):
        close(registration=case, on=LAST_WEEK, reason=code("closing_reason", "other"), by=None)
        reopen(registration=case, on=TODAY, by=None)
        client = browser_of(fatima)
        assert "Heropening intrekken" in client.get(file_of(case)).content.decode()
        page = move(client, case, "intrekken", reason="Verkeerde aanmelding")
        assert "Dit staat er nu weer" in page.content.decode()
        assert status_of(case) is Status.CLOSED
        taken_back = StatusChange.objects.get(registration=case, status=Status.REOPENED)
        assert taken_back.withdrawal_reason == "Verkeerde aanmelding"
        assert taken_back.withdrawn_by == fatima

    def test_later_it_is_not_offered_and_refused(self, case, fatima):
        long_ago = StatusChange.objects.get(registration=case)
        assert long_ago.happened_on == LAST_MONTH
        start_of_last_week = a_registration(on=LAST_WEEK)
        assign(registration=start_of_last_week, supervisor=fatima, on=LAST_WEEK, by=None)
        page = browser_of(fatima).get(address(start_of_last_week, "intrekken")).content.decode()
        assert "nog geen stap" in page


def test_who_decided_on_an_older_stand_is_told_who_was_first(case, fatima):
    """The page stands open; a colleague closes and reopens: that was not decided about."""
    client = browser_of(fatima)
    seen = client.get(address(case, "afgesloten")).context["form"]["seen"].value()
    bob = colleague("bob")
    close(registration=case, on=YESTERDAY, reason=code("closing_reason", "other"), by=bob)
    reopen(registration=case, on=YESTERDAY, by=bob)
    sent = {"happened_on": TODAY, "reason": completed(), "seen": seen}
    page = client.post(address(case, "afgesloten"), sent)
    assert "Bob zette deze aanmelding intussen op &#x27;Heropend&#x27;" in page.content.decode()
    assert status_of(case) is Status.REOPENED
    again = {**sent, "seen": page.context["form"]["seen"].value()}
    client.post(address(case, "afgesloten"), again)
    assert status_of(case) is Status.CLOSED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told():
    """Not starting and starting could both stand; still only the first one was decided."""
    fatima, new = colleague("fatima"), a_registration(on=LAST_WEEK)
    assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
    barrier, pages = threading.Barrier(2), []
    clients = [browser_of(fatima), browser_of(fatima)]
    reasons = [{}, {"reason": code("never_started_reason", "other").pk}]

    def decide(client, to, more) -> None:
        barrier.wait(10)
        answer = client.post(address(new, to), {"happened_on": TODAY, "seen": "", **more})
        pages.append((answer.status_code, answer.content.decode()))
        connections.close_all()

    threads = [
        threading.Thread(target=decide, args=args)
        for args in zip(clients, ["lopend", "nooit-gestart"], reasons, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    won, told = sorted(pages, reverse=True)
    assert won[0] == 302
    assert "Fatima zette deze aanmelding intussen op" in told[1]
    assert StatusChange.objects.filter(registration=new).count() == 1


def test_start_twice_in_the_same_browser_is_one_start(fatima):
    new = a_registration(on=LAST_WEEK)
    assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
    client = browser_of(fatima)
    for _ in range(2):
        client.post(address(new, "lopend"), {"happened_on": TODAY, "seen": ""})
    assert StatusChange.objects.filter(registration=new).count() == 1
    with pytest.raises(Exception, match="Na 'Lopend'"):
        start(registration=new, on=TODAY, by=fatima)
