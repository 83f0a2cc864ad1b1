"""One, two or three letters find nobody outside one's own files, in any box where a name can be
typed; and no list to choose from names anybody who isn't one's own to name (T14)."""

import itertools
import re
from datetime import date

import pytest

from accounts.models import AccessLine
from tests.cases.office import a_case, browser_of, colleague
from tests.cases.searching.test_finding import NAMED, search, someone_known
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BIRTH = date(1987, 3, 12)
BOXES = ("/gezinnen/", "/aanmeldingen/nieuw/")
FEW = [
    f"{first} {last}"
    for first, last in itertools.product(("z", "zo", "zoe"), ("m", "me", "mei"))
]  # fmt: skip


@pytest.fixture
def zoe():
    colleague("tess", "teammanager")
    return someone_known(colleague("fatima"))


def tells(page) -> bool:
    text = page.content.decode()
    return "Er is een dossier" in text or "Er zijn meer dossiers" in text


@pytest.mark.parametrize("box", BOXES)
def test_a_few_letters_tell_nobody_elsewhere_that_there_is_a_file(zoe, box):
    bob = browser_of(colleague("bob", team="Team West"))
    words = ["z", "zo", "zoe", "mei", *FEW]
    words += [f"{letters} {BIRTH:%d-%m-%Y}" for letters in ("z", "zo", "m", "")]
    for typed in words:
        assert not tells(bob.get(box, {"zoek": typed})), typed
    assert not AccessLine.objects.filter(ground=AccessLine.Ground.NONE).exists()
    assert tells(bob.get(box, {"zoek": "zoe meijden"})), "whole names do"


def test_ones_own_are_found_by_three(zoe):
    fatima = zoe.assignments.get().supervisor
    assert [row.number for row in search(fatima, "mei").context["rows"]] == [zoe.number]


def test_who_works_with_no_family_is_told_nothing_by_whole_names(zoe):
    for role in ("rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"):
        page = search(colleague(role.split()[0], role), "zoe meijden")
        assert NAMED not in page.content.decode()


class TestListsToChooseFrom:
    """Colleagues, teams and files, in the boxes of every page that has them."""

    @pytest.fixture
    def office(self):
        users = {
            name: colleague(name, role, team)
            for name, role, team in (
                ("fatima", "procesbegeleider", "Team Oost"),
                ("tess", "teammanager", "Team Oost"),
                ("bob", "procesbegeleider", "Team West"),
                ("rik", "rapporteur", "Team Oost"),
                ("gea", "functionaris gegevensbescherming", "Team Oost"),
            )
        }
        return users, {name: a_case(users[name]) for name in ("fatima", "bob")}

    def options(self, user, *pages: str) -> str:
        client = browser_of(user)
        html = "".join(client.get(page).content.decode() for page in pages)
        return " | ".join(re.findall(r"<option[^>]*>\s*([^<]*)", html))

    def test_a_supervisor_chooses_among_the_own_files(self, office):
        users, cases = office
        offered = self.options(
            users["fatima"],
            "/gezinnen/",
            "/gesprek/",
            "/waarneming/belangenconflict/",
            "/aanmeldingen/nieuw/formulier/",
            f"/gezinnen/{family_of(cases['fatima']).pk}/",
        )
        foreign = cases["bob"]
        for secret in (foreign.number, family_of(foreign).number, str(foreign.pk)):
            assert secret not in offered

    def test_a_manager_chooses_among_the_team(self, office):
        users, cases = office
        offered = self.options(
            users["tess"], "/team/lijst/", "/team/overdragen/", "/waarneming/nieuw/"
        )
        assert "Fatima" in offered
        assert cases["bob"].number not in offered
        of_the_list = self.options(users["tess"], "/team/lijst/")
        assert "Bob" not in of_the_list, "a filter by a colleague of another team"

    @pytest.mark.parametrize("who", ["rik", "gea"])
    def test_who_works_with_no_family_is_offered_no_file_and_no_supervisor(self, office, who):
        users, cases = office
        offered = self.options(users[who], "/gezinnen/", "/rapporten/", "/leeslogboek/")
        assert "Bob" not in offered
        for case in cases.values():
            assert case.number not in offered
