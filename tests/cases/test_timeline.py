"""The history in sentences, and the file as it stood on a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Contact, Placement, Registration, SupportRequest, Task
from cases.services import close, correct, correct_contact, note, reopen, withdraw_last_move
from cases.services.editing import change_person, version_of, withdraw_fact
from cases.services.tasks import change_task, finish_task, plan_task
from facts.models import Fact
from facts.recording import Recording
from facts.verbs import add
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
from tests.cases.writing import a_wish, assign_to_too, person_of
from tests.cast import code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
TIMELINE_QUERIES, AS_OF_QUERIES = 44, 47


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def timeline_of(client, case, **query):
    return client.get(f"/gezinnen/{family_of(case).pk}/tijdlijn/", query)


def told(page) -> list[tuple]:
    return [(event.who, event.did, event.what) for _, event in page.context["lines"]]


def test_a_fact_is_told_when_it_is_written_corrected_and_withdrawn(case, fatima):
    bob = colleague("bob")
    fact = note(Placement(child=person_of(case, "child"), happened_on=LAST_MONTH), by=bob)
    network = code("residence", "network")
    fact = correct(fact, by=fatima, reason="Oma belde", residence=network)
    withdraw_fact(fact=fact, by=bob, reason="Toch thuis")
    page = timeline_of(browser_of(fatima), case, soort="plaatsing")
    events = [event for _, event in page.context["lines"]]
    assert [(event.who, event.did, event.why) for event in events] == [
        ("Bob", "trok in", "Toch thuis"),
        ("Fatima", "paste aan", "Oma belde"),
        ("Bob", "schreef op", ""),
    ]
    assert "In het netwerk (familie of vrienden)" in events[1].what
    assert "verblijfplaats niet in beeld" in events[1].was
    text = page.content.decode()
    assert "dit was: Lot Dorpstraat uit huis" in text
    assert "Oma belde" in text


def test_the_stand_and_what_was_taken_back_are_told(case, fatima):
    close(registration=case, on=YESTERDAY, reason=code("closing_reason", "other"), by=fatima)
    reopen(registration=case, on=TODAY, by=fatima)
    withdraw_last_move(registration=case, by=fatima, reason="Verkeerde aanmelding")
    page = timeline_of(browser_of(colleague("tess", "teammanager")), case, soort="stand")
    lines = told(page)
    assert lines[0][:2] == ("Fatima", "trok in")
    assert f"{case.number} heropend" in lines[0][2]
    assert any("afgesloten" in what and "(anders)" in what for _, _, what in lines)
    assert any("lopend" in what for _, _, what in lines)


def test_names_and_tasks_are_told_from_their_history(case, fatima):
    mother = person_of(case, "mother")
    change_person(person=mother, version=version_of(mother), by=fatima, phone="0612345678")
    task = Task(registration=case, title="Bellen over woning", due_on=TOMORROW, created_by=fatima)
    task._history_user = fatima
    task.save()
    task.done_at, task.done_by, task._history_user = timezone.now(), fatima, fatima
    task.save()
    lines = told(timeline_of(browser_of(fatima), case))
    assert ("Fatima", "paste aan", "telefoon van Sanne Dorpstraat") in lines
    dids = [did for _, did, what in lines if what.startswith("Bellen over woning")]
    assert sorted(dids) == ["deed een taak", "maakte een taak"]
    assert "0612345678" not in timeline_of(browser_of(fatima), case).content.decode()


def test_of_anothers_registration_nothing_is_told(case, fatima):
    bob = colleague("bob")
    assign_to_too(case, bob)
    other = Registration.objects.exclude(pk=case.pk).get()
    kind = code("contact_kind", "phone")
    for registration, whom in ((case, "Juf Anna"), (other, "Oom Kees")):
        contact = {"kind": kind, "with_whom": whom, "note": "Gesproken", "happened_on": TODAY}
        note(Contact(registration=registration, **contact), by=None)
    text = timeline_of(browser_of(fatima), case).content.decode()
    assert "Juf Anna" in text
    assert "Oom Kees" not in text
    assert other.number not in text


def test_a_stranger_finds_nothing_and_a_reading_is_logged(case, fatima):
    assert timeline_of(browser_of(colleague("bob")), case).status_code == 404
    assert last_line().outcome == "refused"
    timeline_of(browser_of(fatima), case)
    assert last_line().part == "tijdlijn"


@pytest.mark.parametrize("query", [{"soort": "alles"}, {"soort": "stand", "pagina": "x"}])
def test_what_cannot_be_asked_breaks_nothing(case, fatima, query):
    assert timeline_of(browser_of(fatima), case, **query).status_code == 200


def test_it_goes_on_on_a_next_page_of_the_same_kind(case, fatima):
    for _ in range(51):
        note(SupportRequest(**a_wish(case)), by=fatima)
    client = browser_of(fatima)
    first = timeline_of(client, case, soort="ondersteuning")
    assert len(first.context["lines"]) == 50
    assert "?soort=ondersteuning&amp;pagina=2" in first.content.decode()
    assert len(timeline_of(client, case, soort="ondersteuning", pagina=2).context["lines"]) == 1


@pytest.mark.parametrize("many", [1, 3, 100])
def test_as_many_queries_for_one_as_for_a_hundred(case, fatima, many, django_assert_num_queries):
    for _ in range(many):
        note(SupportRequest(**a_wish(case)), by=fatima)
        contact = {"kind": code("contact_kind", "phone"), "with_whom": "Juf", "note": "Gesproken"}
        note(Contact(registration=case, happened_on=TODAY, **contact), by=fatima)
        plan_task(registration=case, title="bellen", due_on=TODAY, owner=fatima, by=fatima)
    client = browser_of(fatima)
    timeline_of(client, case)
    with django_assert_num_queries(TIMELINE_QUERIES):
        timeline_of(client, case)
    as_of(client, case, TODAY)
    with django_assert_num_queries(AS_OF_QUERIES):
        as_of(client, case, TODAY)


# --- the file as it stood -------------------------------------------------------------------------
def as_of(client, case, day):
    return client.get(f"/gezinnen/{family_of(case).pk}/stand/", {"op": day})


def written(fact: Fact, days_ago: int, by=None) -> Fact:
    """Written down so many days ago."""
    then = timezone.now() - timedelta(days=days_ago)
    return add(fact, at=Recording(then, by, ""))


def test_it_shows_what_was_held_at_the_end_of_that_day(case, fatima):
    fact = written(SupportRequest(**a_wish(case)), days_ago=5)
    client = browser_of(fatima)
    before = as_of(client, case, TODAY - timedelta(days=6)).content.decode()
    assert "Hulp bij wonen" not in before
    then = as_of(client, case, TODAY - timedelta(days=5)).content.decode()
    assert "Hulp bij wonen" in then
    withdraw_fact(fact=fact, by=fatima, reason="Toch niet")
    assert "Hulp bij wonen" in as_of(client, case, YESTERDAY).content.decode()
    assert "Hulp bij wonen" not in as_of(client, case, TODAY).content.decode()


def test_conversations_are_those_that_were_written_down_by_then(case, fatima):
    kind = code("contact_kind", "phone")
    said = {"kind": kind, "with_whom": "Juf Anna", "note": "Lot leest graag.", "happened_on": TODAY}
    contact = written(Contact(registration=case, **said), days_ago=3, by=fatima)
    client = browser_of(fatima)
    assert "Lot leest graag." not in as_of(client, case, TODAY - timedelta(days=4)).content.decode()
    correct_contact(contact=contact, by=fatima, reason="Typefout", note="Lot leest veel.")
    then = as_of(client, case, YESTERDAY).content.decode()
    assert "Lot leest graag." in then
    assert "Verbeteren" not in then
    assert "Lot leest veel." in as_of(client, case, TODAY).content.decode()


def test_tasks_are_as_their_history_has_them(case, fatima):
    task = plan_task(registration=case, title="bellen over school", due_on=TODAY, by=fatima)
    task.history.update(history_date=timezone.now() - timedelta(days=3))
    change_task(task=task, by=fatima, title="bellen over de fiets")
    finish_task(task=task, by=fatima)
    client = browser_of(fatima)
    then = as_of(client, case, YESTERDAY).content.decode()
    assert "Wat er toen te doen stond" in then
    assert "bellen over school" in then
    assert "Gedaan" not in then
    for day in (TODAY - timedelta(days=4), TODAY):
        assert "Er stond niets gepland" in as_of(client, case, day).content.decode()


def test_it_says_what_it_shows_and_offers_nothing_to_do(case, fatima):
    page = as_of(browser_of(fatima), case, LAST_WEEK).content.decode()
    assert "aan het eind van de dag wisten" in page
    for words in ("Traject afsluiten", "toevoegen", "Nog niet in beeld"):
        assert words not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [(TOMORROW, "Deze dag moet nog komen"), ("31-02-2024", "Dit is geen datum")],
)
def test_an_impossible_day_is_refused(case, fatima, day, words):
    assert words in as_of(browser_of(fatima), case, day).content.decode()


def test_it_asks_for_a_day_first_and_a_stranger_for_nothing(case, fatima):
    page = browser_of(fatima).get(f"/gezinnen/{family_of(case).pk}/stand/")
    assert "op een eerdere dag" in page.content.decode()
    assert as_of(browser_of(colleague("bob")), case, TODAY).status_code == 404
