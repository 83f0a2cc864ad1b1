"""The pages of staff: from an empty list to a round that runs, and who never gets in."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import AccessLine
from cases.models import Person
from surveys.models import Letter, OptOut, Round
from surveys.services import rounds
from surveys.services.moving import mark_answered
from surveys.services.rounds import remind
from surveys.tasks import sweep_letters
from tests.cases.office import browser_of, colleague
from tests.surveys.asking import (
    NEXT_MONTH,
    TODAY,
    a_round,
    a_running_round,
    mother_of,
    parents,
    reporter,
    say,
)
from tests.surveys.saying import drop

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


def test_a_round_is_made_ruled_worded_and_started():
    parents(12)
    browser = browser_of(reporter())
    assert "Geef hierboven een naam" in browser.get("/enquetes/").text
    answer = browser.post("/enquetes/", {"name": "Voorjaar"})
    address = answer["Location"]
    page = browser.get(address).text
    assert "Kies tot en met welke dag" in page
    rules = {
        "name": "Voorjaar", "with_running": "on", "parents": "on", "months_between": 6,
        "ends_on": NEXT_MONTH.isoformat(),
    }  # fmt: skip
    answer = browser.post(f"{address}regels/", rules)
    assert "<strong>12</strong> mensen" in browser.get(answer["Location"]).text
    assert "Dorpstraat" not in browser.get(answer["Location"]).text
    assert "Ronde starten" in browser.get(address).text
    answer = browser.post(f"{address}stap/starten/", follow=True)
    assert "uitgenodigd" in answer.text
    assert Letter.objects.filter(state="waiting").count() == 12
    for gone in ("regels/", "vragen/", "talen/", "teksten/nl/", "wie/", "stap/starten/"):
        assert browser.get(address + gone).status_code == 404


def test_who_is_asked_shows_too_few():
    round = a_round()
    parents(3)
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/wie/").text
    assert "Dat zijn er te weinig" in page


def test_how_many_answered_is_told_from_ten_and_can_not_be_reckoned_before():
    """Who were reminded are the rest: of 12, 9 reminded means that 3 answered."""
    round = a_running_round(many=12)
    Letter.objects.update(state="sent", finished_at="2026-01-01T12:00Z")
    invitations, question = list(round.invitations.all()), round.questions.get(key="satisfied")
    browser, address = browser_of(reporter()), f"/enquetes/{round.pk}/"
    for one in invitations[:3]:
        drop(one, {question: "yes"})
    remind(round=round, by=None)
    page = browser.get(address).text
    assert "minder dan 10" in page
    assert "Aantallen staan hier vanaf 10 antwoorden" in page
    assert "Herinnering: hoe het" not in page
    for one in invitations[3:10]:
        drop(one, {question: "yes"})
    mark_answered(round, at_least=1)
    page = browser.get(address).text
    assert "minder dan 10" not in page
    assert "Herinnering: hoe het" in page


def test_why_a_letter_was_not_sent_and_how_many_addresses_changed_is_seen_after_the_start():
    round = a_running_round(many=12)
    one = round.invitations.first()
    registration = one.person.applications.get().registration
    say(registration, kind="contact", given=False)
    sweep_letters()
    other = round.invitations.last().person
    Person.history.update(history_date="2025-01-01T12:00Z")
    other.email = "een.ander@example.org"
    other.save()
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/").text
    assert "Niet verstuurd: contactstop" in page
    assert "is 1 e-mailadres aangepast" in page


def test_one_who_opted_out_is_not_to_be_found_by_looking_twice_and_looking_is_noted():
    for registration in parents(11):
        mother = mother_of(registration)
    OptOut.objects.create(person=mother, since=TODAY)
    round = a_round()
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/wie/").text
    row = page[page.index("Zelf afgemeld") :]
    assert "minder dan 10" in row[: row.index("</tr>")]
    line = AccessLine.objects.get(object_id=round.pk)
    assert (line.part, line.ground) == ("vooraf", "counts")


@pytest.mark.parametrize("second", ["rapporteur", "functionaris gegevensbescherming"])
def test_who_supports_families_gets_in_nowhere_whatever_else_they_are(second):
    round = a_running_round()
    supervisor = colleague("fatima")
    supervisor.groups.add(Group.objects.get(name=second))
    browser = browser_of(supervisor)
    assert "/enquetes/" not in browser.get("/vandaag/").text
    for page in ("", f"{round.pk}/", f"{round.pk}/brieven/", f"{round.pk}/voorbeeld/"):
        assert browser.get(f"/enquetes/{page}").status_code == 404


def test_a_letter_that_did_not_arrive_is_shown_without_a_name_and_decided_on():
    round = a_running_round()
    letter = Letter.objects.first()
    Letter.objects.filter(pk=letter.pk).update(
        state="uncertain", cause="line_broke", finished_at="2026-01-01T12:00Z"
    )
    browser = browser_of(reporter())
    page = browser.get(f"/enquetes/{round.pk}/brieven/").text
    assert "De verbinding brak" in page
    assert letter.message_id.strip("<>") in page
    assert "example.org&gt;" in page
    assert "Dorpstraat" not in page
    assert letter.invitation.person.email not in page
    address = f"/enquetes/{round.pk}/brieven/{letter.pk}/"
    browser.post(address, {"doe": "opnieuw"})
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert "intussen over besloten" in browser.post(address, {"doe": "rusten"}, follow=True).text


def test_steps_that_can_not_be_taken_are_not_there():
    round = a_running_round()
    browser = browser_of(reporter())
    browser.post(f"/enquetes/{round.pk}/stap/beeindigen/")
    assert Round.objects.get().state == "ended"
    assert browser.get(f"/enquetes/{round.pk}/stap/herinneren/").status_code == 404
    assert rounds.obstacles_to(round, NEXT_MONTH)
