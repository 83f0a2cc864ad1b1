"""The pages of staff: from an empty list to a round that runs, and who never gets in."""

import re

import pytest
from django.contrib.auth.models import Group

from accounts.models import AccessLine
from cases.models import Person
from surveys.forms.staff import Rules
from surveys.models import Letter, OptOut, Round
from surveys.models.rounds import RULES
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
from tests.surveys.sent_back import fields_of

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
        "version": fields_of(browser.get(f"{address}regels/").text)["version"],
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
    """The reason from ten on: of one it could tell that somebody answered, or opted out."""
    round = a_running_round(many=12)
    one, other, *others = [one.person for one in round.invitations.all()]
    OptOut.objects.create(person=one, since=TODAY)
    for person in others:
        say(person.applications.get().registration, kind="contact", given=False)
    sweep_letters()
    Person.history.update(history_date="2025-01-01T12:00Z")
    other.email = "een.ander@example.org"
    other.save()
    page = browser_of(reporter()).get(f"/enquetes/{round.pk}/").text
    assert "Niet verstuurd: contactstop" in page
    assert "Niet verstuurd: mag niet meer" in page
    assert "afgemeld" not in page
    assert "is 1 e-mailadres aangepast" in page


def table_of(page: str) -> str:
    return page[page.index("<tbody") : page.index("</tbody>")]


def test_one_who_opted_out_is_not_to_be_found_by_looking_twice_and_looking_is_noted():
    """With rules that differ in one mother only, she might as well never have been asked."""
    for registration in parents(11):
        mother = mother_of(registration)
    browser, round = browser_of(reporter()), a_round()
    OptOut.objects.create(person=mother, since=TODAY)
    opted_out = browser.get(f"/enquetes/{round.pk}/wie/").text
    OptOut.objects.all().delete()
    mother.consents.all().delete()
    assert table_of(browser.get(f"/enquetes/{round.pk}/wie/").text) == table_of(opted_out)
    assert "of zelf afgemeld" in opted_out
    line = AccessLine.objects.filter(object_id=round.pk).first()
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


def test_a_choice_that_is_none_is_refused_and_a_cause_is_told_in_words():
    round = a_running_round()
    for letter, cause in zip(Letter.objects.all(), CAUSES, strict=False):
        Letter.objects.filter(pk=letter.pk).update(
            state="refused", cause=cause, attempts=8, finished_at="2026-01-01T12:00Z"
        )
    browser = browser_of(reporter())
    page = browser.get(f"/enquetes/{round.pk}/brieven/").text
    for said in CAUSES.values():
        assert said in page
    assert not re.search("no_line|gave_up|bad_address", page)
    address = f"/enquetes/{round.pk}/brieven/{Letter.objects.first().pk}/"
    page = browser.post(address, {"doe": "?"}, follow=True)
    assert [(one.level_tag, one.message) for one in page.context["messages"]] == [
        ("error", "Kies wat er met de brief moet gebeuren.")
    ]


CAUSES = {
    "gave_up no_line": "Na 8 pogingen opgegeven. De mailserver was niet te bereiken.",
    "gave_up 451": "Na 8 pogingen opgegeven. De mailserver zei: later (code 451).",
    "bad_address": "Het e-mailadres in het dossier klopt niet.",
    "550": "De mailserver weigerde (code 550).",
}


def test_who_presses_twice_hears_that_it_was_done():
    parents(12)
    round = a_round()
    browser = browser_of(reporter())
    address = f"/enquetes/{round.pk}/"
    for step, late in LATE.items():
        assert "Dat kan nu niet" not in browser.post(f"{address}stap/{step}/", follow=True).text
        again = browser.post(f"{address}stap/{step}/", follow=True)
        assert (again.status_code in (200, 422), late in again.text) == (True, True), step
    assert browser.post(f"{address}stap/anders/").status_code == 404


LATE = {
    "starten": "Deze ronde is gestart en verandert niet meer.",
    "herinneren": "De herinnering is al verstuurd.",
    "beeindigen": "Deze ronde is al beëindigd.",
}


def test_what_was_typed_when_a_colleague_started_the_round_is_still_there():
    parents(12)
    round = a_round()
    browser, address = browser_of(reporter()), f"/enquetes/{round.pk}/"
    pages = {
        "regels/": {"name": "Mijn naam"},
        "vragen/": {"key": "mijn_vraag", "kind": "text"},
        "talen/": {"code": "pl", "language_name": "Mijn taal"},
        "teksten/ar/": {"page-title": "Mijn woorden"},
    }
    sent = {path: fields_of(browser.get(address + path).text) | typed
            for path, typed in pages.items()}  # fmt: skip
    question = round.questions.first()
    rounds.start(round=round, by=None, today=TODAY)
    for path, typed in pages.items():
        page = browser.post(address + path, sent[path])
        assert page.status_code == 200
        assert "Deze ronde is gestart en verandert niet meer." in page.text
        assert (
            fields_of(page.text).items() >= {k: v for k, v in typed.items() if k != "kind"}.items()
        )
    for path in (f"vragen/{question.pk}/", "talen/ar/"):
        page = browser.post(address + path, {"weg": "1"}, follow=True)
        assert page.redirect_chain == [(address, 302)]
        assert "Deze ronde is gestart en verandert niet meer." in page.text


def test_of_two_who_change_the_rules_the_second_sees_what_stands():
    round = a_round()
    browser, address = browser_of(reporter()), f"/enquetes/{round.pk}/regels/"
    fields = fields_of(browser.get(address).text)
    mine = fields | {"months_between": "12"}
    mine.pop("children")
    assert browser.post(address, fields | {"name": "Zomer"}).status_code == 302
    late = browser.post(address, mine)
    assert "Iemand anders paste de regels intussen aan." in late.text
    assert re.findall("<li>([^<]*: [^<]*)</li>", late.text) == [
        "Naam: Zomer",
        "Kinderen van 12 tot 18 jaar: aangevinkt",
        "Maanden sinds een vorige enquête: 6",
    ]  # fmt: skip
    again = fields_of(late.text)
    assert again["months_between"] == "12"
    assert browser.post(address, again).status_code == 302
    round.refresh_from_db()
    assert (round.name, round.months_between, round.children) == ("Voorjaar", 12, False)


def test_the_rules_that_are_asked_are_those_of_a_round():
    assert set(Rules.names()) == {*RULES, "ends_on"}


def test_a_name_that_is_taken_is_told():
    a_round(name="Voorjaar")
    page = browser_of(reporter()).post("/enquetes/", {"name": "Voorjaar"}).text
    assert "Er is al een ronde met deze naam." in page


def test_steps_that_can_not_be_taken_are_not_there():
    round = a_running_round()
    browser = browser_of(reporter())
    browser.post(f"/enquetes/{round.pk}/stap/beeindigen/")
    assert Round.objects.get().state == "ended"
    assert browser.get(f"/enquetes/{round.pk}/stap/herinneren/").status_code == 404
    assert rounds.obstacles_to(round, NEXT_MONTH)
