"""Who is kin of someone isn't told that there is a file: not by searching, not by registering
them anew, not by what the search says of others (T13, T22)."""

from datetime import date
from typing import Any

import pytest

from accounts.models import AccessLine, User
from cases.models import ConflictOfInterest, Family, Person, Registration
from cases.searching.elsewhere import MOST_FAMILIES
from cases.services import add_person, note
from tests.cases.office import LAST_WEEK, YESTERDAY, browser_of, colleague
from tests.cases.searching.test_finding import NAMED, numbers, search, someone_known
from tests.cast import a_child, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
A_FILE = "Er is een dossier"
KNOWN = "misschien al bekend"


@pytest.fixture
def zoe() -> Registration:
    colleague("tess", "teammanager")
    case = someone_known(colleague("fatima"))
    add_person(family=family_of(case), person=a_child(), by=None)
    return case


@pytest.fixture
def bob() -> User:
    return colleague("bob", team="Team West")


def is_kin(user: User, person: Person, **days: Any) -> None:
    days = {"happened_on": LAST_WEEK, **days}
    note(ConflictOfInterest(user=user, person=person, reason="Zus", **days), by=None)


def the_mother() -> Person:
    """The one who was registered first."""
    return Person.objects.filter(last_name="van der Meijden").earliest("number")


def ways_to_ask() -> list[str]:
    mother, child = the_mother(), Person.objects.get(first_name="Lot")
    numbers_ = [Registration.objects.get().number, Family.objects.get().number, mother.number]
    names = ["zoe meiden", "0612345678", "zoe 12-03-1987", "lot dorpstraat"]
    return [*names, *numbers_, child.number, f"{mother.number} zoe meijden"]


def test_before_there_is_a_conflict_every_way_to_ask_tells_that_there_is_one(zoe, bob):
    for words in ways_to_ask():
        assert search(bob, words).context["elsewhere"] == [NAMED], words


def test_with_one_no_way_to_ask_differs_from_asking_for_nobody(zoe, bob):
    is_kin(bob, the_mother())
    for words in ways_to_ask():
        page = search(bob, words)
        assert (numbers(page), page.context["elsewhere"]) == ([], []), words
        assert A_FILE not in page.content.decode()
    assert not AccessLine.objects.filter(ground=AccessLine.Ground.NONE).exists(), "nobody is shown"


def test_not_even_to_who_supported_or_leads_them(zoe):
    for user in (User.objects.get(name="Fatima"), User.objects.get(name="Tess")):
        assert numbers(search(user, "zoe meijden")) == [zoe.number]
        is_kin(user, the_mother())
        page = search(user, "zoe meijden")
        assert (numbers(page), page.context["elsewhere"]) == ([], [])


def test_from_the_day_it_ends_they_are_told_again(zoe, bob):
    is_kin(bob, the_mother(), ended_on=YESTERDAY)
    assert search(bob, "zoe meijden").context["elsewhere"] == [NAMED]


def test_another_of_that_name_is_told_of_as_if_there_were_one(zoe, bob):
    """One who fits the question less isn't crowded out by who may not be told of."""
    other = someone_known(User.objects.get(name="Fatima"), phone="")
    is_kin(bob, the_mother())
    words = "zoe van der meijden 12-03-1987 0612345678"
    assert search(bob, words).context["elsewhere"] == [NAMED]
    line = AccessLine.objects.get(ground=AccessLine.Ground.NONE)
    assert line.subjects == [other.applicants.get().person_id]


def test_it_does_not_make_a_name_a_common_one(zoe, bob):
    """So many more are called so: with her it would be one too many."""
    for _ in range(MOST_FAMILIES):
        someone_known(User.objects.get(name="Fatima"))
    is_kin(bob, the_mother())
    assert search(bob, "zoe meijden").context["elsewhere"] == [NAMED]


def test_registering_them_asks_nothing_and_makes_a_file_of_its_own(zoe, bob):
    """Also at the lock, where two who register one person at once are told apart."""
    is_kin(bob, the_mother())
    typed = {
        "first_name": "Zoë",
        "last_name": "van der Meijden",
        "birth_date": f"{date(1987, 3, 12):%d-%m-%Y}",
        "phone": "06-12345678",
        "happened_on": f"{YESTERDAY:%d-%m-%Y}",
        "channel": "phone",
        "announcer": "parent",
        "consent": "on",
    }
    client = browser_of(bob)
    page = client.post("/aanmeldingen/nieuw/formulier/", typed)
    assert page.status_code == 302, page.content.decode()
    assert Registration.objects.count() == 2
    other = browser_of(colleague("els", team="Team West"))
    page = other.post("/aanmeldingen/nieuw/formulier/", typed).content.decode()
    assert KNOWN in page
    assert A_FILE in page
