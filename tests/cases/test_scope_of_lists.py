"""Whatever lists, counts, sorts, filters or leafs says nothing of files outside one's own scope:
every such page stays the same, to the letter, while elsewhere files come and go (T13)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.models import ConflictOfInterest, Cover, SavedView
from cases.services import assign, close, note
from cases.services.emergency import open_in_emergency, unjudged
from cases.services.exceptions import share_file
from cases.services.handing_over import offer
from cases.services.tasks import plan_task
from tests.cases.office import (
    LAST_WEEK,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
)
from tests.cases.writing import person_of
from tests.cast import a_registration, code
from tests.matrix.expectations import EXPECTED

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
# Differs each time, whatever is shown; or is of the visitor's own session.
VARIES = re.compile(r'<input[^>]*type="hidden"[^>]*>|data-[a-z-]+="[^"]*"')
MORE = {
    "files": (
        "?status=running", "?sorteer=begeleider", "?sorteer=-nummer", "?zoek=lot", "?pagina=9",
    ),
    "team_list": (
        "?lijst=gemist", "?sorteer=wacht", "?status=closed", "?pagina=9", "?begeleider=geen",
    ),
}  # fmt: skip
# Who oversees everybody, or reads what has no scope; these pages may grow.
WITHOUT_SCOPE = {"access_log", "odd_access", "judge_emergencies"}
ROLES = {"fatima": "procesbegeleider", "tess": "teammanager", "rik": "rapporteur",
         "fay": "functioneel beheerder"}  # fmt: skip


@pytest.fixture
def office() -> dict[str, User]:
    """Team Oost, with something in every list; and the colleagues of team West, who have nothing
    yet."""
    users = {name: colleague(name, role) for name, role in ROLES.items()}
    users["bob"] = colleague("bob", team="Team West")
    users["els"] = colleague("els", team="Team West")
    users["wim"] = colleague("wim", "teammanager", "Team West")
    things_happen_to(users["fatima"], colleague("ali"), users["tess"])
    return users


def things_happen_to(supervisor: User, other: User, manager: User) -> None:
    """Something of everything that a list, a count or a badge can be about."""
    running, closed, shared, handed = (a_case(supervisor) for _ in range(4))
    plan_task(registration=running, title="Bellen", due_on=TOMORROW, by=supervisor)
    plan_task(registration=running, title="Brief", due_on=TODAY, by=supervisor)
    reason = code("closing_reason", "completed")
    close(registration=closed, on=YESTERDAY, reason=reason, by=None)
    until = timezone.now() + timedelta(days=2)
    share_file(registration=shared, to=other, until=until, reason="Meekijken", by=manager)
    offer(registrations=[handed], receiver=other, takes_over_on=TOMORROW, by=manager)
    cover = {"absent": supervisor, "substitute": other, "reason": "Verlof"}
    note(Cover(happened_on=LAST_WEEK, ended_on=TOMORROW, **cover), by=None)
    kin = {"user": other, "person": person_of(closed, "mother"), "reason": "Zus"}
    note(ConflictOfInterest(happened_on=LAST_WEEK, **kin), by=None)
    if not unjudged(manager).exists():
        reason = "Het kan niet wachten tot morgen"
        open_in_emergency(registration=running, ground="absent", reason=reason, by=manager)
    assign(registration=a_registration(on=LAST_WEEK), supervisor=supervisor, on=TODAY, by=None)
    SavedView.objects.get_or_create(user=manager, page="team", name="Eigen", query="status=running")


def addresses() -> list[str]:
    """Every page without something of its own in the address, in every way it can be asked for."""
    found = []
    for name, expected in EXPECTED.items():
        ones_own = name.startswith(("account_", "mfa_"))
        if expected.get and not expected.args and not ones_own and name not in WITHOUT_SCOPE:
            address = reverse(name)
            queries = [query for query in expected.queries if "{" not in query]
            found += [address, *(address + query for query in [*queries, *MORE.get(name, ())])]
    return found


def said(user: User) -> dict[str, str]:
    """What each of these pages says, without what is different each time."""
    client, pages = browser_of(user), {}
    for address in addresses():
        response = client.get(address)
        if response.status_code == 200:
            pages[address] = VARIES.sub("", response.content.decode())
    return pages


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(
        address for address in before.keys() | after.keys()
        if before.get(address) != after.get(address)
    )  # fmt: skip


@pytest.mark.parametrize("who", ROLES)
def test_no_page_changes_by_what_happens_elsewhere(office, who):
    browser_of(office[who]).get("/")
    before = said(office[who])
    assert len(before) >= 5
    things_happen_to(office["bob"], office["els"], office["wim"])
    assert differences(before, said(office[who])) == []


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        ("fatima", {"/", "/gezinnen/", "/taken/"}),
        ("tess", {"/gezinnen/", "/gezinnen/?status=running", "/team/", "/team/lijst/"}),
    ],
)
def test_and_they_do_change_by_what_happens_in_the_own_scope(office, who, changes):
    """Or the test above would prove nothing."""
    before = said(office[who])
    things_happen_to(office["fatima"], colleague("kim"), office["tess"])
    found = set(differences(before, said(office[who])))
    assert {one for one in changes if one in before} <= found
    assert found
