"""A list is one line of the read log, and the line says of each person on which ground they were
seen: the supervisor's own case, a colleague's that they look after, a file that was shared."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.access_log.verifying import verify
from accounts.models import AccessLine
from cases.access import GROUNDS, ground_of, grounds_of, visible_to
from cases.models import ConflictOfInterest, Cover
from cases.services import note
from cases.services.exceptions import share_file
from cases.services.handing_over import offer
from cases.who_looked.overview import overview_of
from cases.who_looked.sentences import in_words
from tests.cases.office import (
    LAST_WEEK,
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
from tests.cases.writing import assign_to_too, person_of
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def office() -> dict:
    """Fatima has a case of her own, looks after one of Bob's, and was shown one of Els."""
    users = {name: colleague(name) for name in ("fatima", "bob", "els")}
    users["tess"] = colleague("tess", "teammanager")
    cases = {name: a_case(users[name]) for name in ("fatima", "bob", "els")}
    cover = {"absent": users["bob"], "substitute": users["fatima"], "reason": "Vakantie"}
    note(Cover(happened_on=LAST_WEEK, ended_on=TOMORROW, **cover), by=None)
    share_file(
        registration=cases["els"],
        to=users["fatima"],
        until=timezone.now() + timedelta(days=3),
        reason="Meekijken",
        by=users["tess"],
    )
    return {"users": users, "cases": cases}


WANTED = {"fatima": "own_case", "bob": "cover", "els": "grant"}


def of_each(line: AccessLine) -> dict:
    """Who was seen, with the ground."""
    columns = line.ground, line.subjects, line.detail
    return {person: AccessLine.ground_for(person, *columns) for person in line.subjects}


def test_each_is_named_with_the_ground_of_its_own(office):
    browser_of(office["users"]["fatima"]).get("/gezinnen/")
    (line,) = AccessLine.objects.filter(object_type="lijst")
    assert line.ground == AccessLine.Ground.SEVERAL
    assert of_each(line) == {
        person: ground
        for name, ground in WANTED.items()
        for person in people_in(office["cases"][name])
    }


def test_of_one_ground_the_line_names_it(office):
    browser_of(office["users"]["els"]).get("/gezinnen/")
    line = last_line(object_type="lijst")
    assert (line.ground, line.detail.get(AccessLine.GROUNDS)) == ("own_case", None)
    browser_of(office["users"]["tess"]).get("/gezinnen/")
    assert last_line(object_type="lijst").ground == "team"


def test_who_is_seen_on_two_grounds_is_named_with_the_first(office):
    assign_to_too(office["cases"]["bob"], office["users"]["fatima"])
    browser_of(office["users"]["fatima"]).get("/gezinnen/")
    found = of_each(last_line(object_type="lijst"))
    assert {found[person] for person in people_in(office["cases"]["bob"])} == {"own_case"}


def test_the_list_and_the_file_name_the_same_ground(office):
    for user in office["users"].values():
        families = [family_of(case) for case in office["cases"].values()]
        one_by_one = {family.pk: ground_of(user, family) for family in families}
        seen = {pk: ground for pk, ground in one_by_one.items() if ground}
        assert grounds_of(user, [family.pk for family in families]) == seen
        assert set(seen) == set(visible_to(user).values_list("family", flat=True))


def test_a_family_that_is_shut_has_none(office):
    fatima, case = office["users"]["fatima"], office["cases"]["fatima"]
    kin = {"user": fatima, "person": person_of(case, "mother"), "reason": "Zus"}
    note(ConflictOfInterest(happened_on=YESTERDAY, **kin), by=None)
    assert grounds_of(fatima, [family_of(case).pk]) == {}


def test_an_offer_is_a_ground_of_its_own(office):
    """The receiver of a file sees its number before it is theirs."""
    tess, wim = office["users"]["tess"], colleague("wim", team="Team West")
    case = office["cases"]["els"]
    offer(registrations=[case], receiver=wim, takes_over_on=TOMORROW, by=tess)
    browser_of(wim).get("/overdracht/")
    line = last_line(actor=wim, object_type="lijst")
    assert (line.ground, set(line.subjects)) == ("handover", people_in(case))


@pytest.mark.parametrize("many", [1, 3, 40])
def test_the_grounds_take_one_query_however_many(office, django_assert_num_queries, many):
    fatima = office["users"]["fatima"]
    families = [family_of(a_case(fatima)).pk for _ in range(many)]
    with django_assert_num_queries(1):
        assert len(grounds_of(fatima, families)) == many


def test_the_officer_reads_how_many_on_which_ground(office):
    browser_of(office["users"]["fatima"]).get("/gezinnen/")
    (told,) = in_words([last_line(object_type="lijst")])
    assert told.ground == "eigen toewijzing (2), waarneming (2) en gedeeld (2)"
    seal()
    page = browser_of(officer()).get("/leeslogboek/").content.decode()
    assert "waarneming (2)" in page


def test_the_parent_reads_the_ground_on_which_they_were_seen(office):
    browser_of(office["users"]["fatima"]).get("/gezinnen/")
    seal()
    said = {
        name: overview_of(person_of(case, "mother")).rows[0].who
        for name, case in office["cases"].items()
    }
    assert "begeleidt je gezin" in said["fatima"]
    assert "neemt het werk over van een collega" in said["bob"]
    assert "mocht een tijd meekijken" in said["els"]


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_the_ground_of_one_is_found_out(office):
    browser_of(office["users"]["fatima"]).get("/gezinnen/")
    line = last_line(object_type="lijst")
    changed = line.detail[AccessLine.GROUNDS]
    changed["own_case"], changed["cover"] = changed["cover"], changed["own_case"]
    assert verify()[0] is None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_accessline DISABLE TRIGGER access_log_stands")
        AccessLine.objects.filter(pk=line.pk).update(detail=line.detail)
        cursor.execute("ALTER TABLE accounts_accessline ENABLE ALWAYS TRIGGER access_log_stands")
    assert verify()[0].number == line.number


def test_every_ground_of_the_rights_is_one_of_the_log():
    assert {ground.code for ground in GROUNDS} <= set(AccessLine.Ground)
