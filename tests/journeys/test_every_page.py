"""Every URL that gives a page, as whoever it is for, in every look: empty, full and wrong (T105).

The world of tests/matrix, in a real browser: a page that comes in the matrix is looked at here.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Team, User
from accounts.roles import sync_roles
from tests.cases.office import colleague
from tests.journeys.looks import faults, open_all
from tests.matrix import cast
from tests.matrix.addresses import ARGUMENTS
from tests.matrix.expectations import EXPECTED
from tests.matrix.expecting import Expected
from tests.matrix.filling import A_PASSWORD
from tests.matrix.world import ROLE_OF, World, build
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
# Who sees most of a page goes before who sees less.
FIRST = (cast.MANAGER, cast.OWNER, cast.REPORTER, cast.OFFICER, cast.ADMINISTRATOR, cast.ANONYMOUS)
ROLES = {name: ROLE_OF[name] for name in FIRST if name in ROLE_OF}
NO_PAGE = {
    "account_reset_password_from_key": "leads on to an address with a key",
    "draft_keep": "is sent by a script",
    "home": "leads on; who has no role stays: test_accessibility.py",
    "invitation_link": "leads on to the invitation",
    "mfa_download_recovery_codes": "a file",
    "open_document": "a file",
    "overview_html": "a file",
    "overview_pdf": "a file",
    "public_series_file": "a file",
    "publication_file": "a file",
    "report_file": "a file",
    "health_plain": "for a program",
    "report_progress": "a part of a page",
    "report_files_progress": "a part of a page",
    "series_file": "a file",
    "security_txt": "plain text",
    "survey_link": "leads on to the first page",
    "survey_report_file": "a file",
}
EMPTIED = """form => form.querySelectorAll('input, textarea, select').forEach(one => {
    if (!['hidden', 'checkbox', 'radio', 'file'].includes(one.type)) one.value = '';
})"""
ASKS = "main form[method=post]:has(input:not([type=hidden]), textarea, select):visible"


def pages() -> Iterator[tuple[str, Expected, str]]:
    """The name of a URL, what is expected of it, and who looks at it."""
    for name, expected in EXPECTED.items():
        for actor in FIRST:
            code = expected.get
            if not isinstance(code, int | None):
                code = next((value for group, value in code.items() if actor in group), None)
            if name not in NO_PAGE and actor in expected.who and code == 200:
                yield name, expected, actor
                break


ONLY = os.environ.get("OT_ONLY", "")  # a part of the name of a URL, for who works on that page
ALL = [one for one in pages() if ONLY in one[0]]


def test_every_url_that_gives_a_page_is_looked_at():
    gives = {
        name
        for name, expected in EXPECTED.items()
        if expected.get is not None and expected.get not in (302, 404)
    }
    assert gives - {name for name, *_ in pages()} <= NO_PAGE.keys()
    assert NO_PAGE.keys() <= EXPECTED.keys()


@pytest.fixture(autouse=True)
def everybody_is_findable() -> None:
    """In place of the one that checks it: this world has a canary among what people are found by,
    which nobody typed."""


@pytest.fixture
def looking(signed_in: Callable, open_page: Callable) -> Callable[[User | None], Page]:
    """The browser of someone, opened once."""
    known: dict[User | None, Page] = {}

    def looking(user: User | None) -> Page:
        if user not in known:
            known[user] = signed_in(user) if user else open_page()
        return known[user]

    return looking


def test_with_nothing_in_it(looking: Callable):
    """Before the first family: what a page says then is how to begin."""
    sync_roles()
    users = {name: colleague(name, role, "Team Nieuw") for name, role in ROLES.items()}
    for user in users.values():
        user.set_password(A_PASSWORD)
        user.save()
    found: list[str] = []
    for name, expected, actor in ALL:
        if expected.args == "":
            page = looking(users.get(actor))
            page.goto(reverse(name))
            found += faults(page)
    assert found == []


@pytest.mark.parametrize("half", [0, 1])
def test_full_and_wrong(looking: Callable, half: int):
    with transaction.atomic():
        world = build()
    found: list[str] = []
    for name, expected, actor in ALL[half::2]:
        page = looking(world.users.get(actor))
        for address in addresses(world, name, expected):
            page.goto(address)
            open_all(page)
            found += faults(page)
        if expected.post is None:
            continue
        page.goto(addresses(world, name, expected)[0])
        if page.locator(ASKS).count():
            form = page.locator(ASKS).first
            form.evaluate(EMPTIED)
            with page.expect_navigation():
                form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
            found += faults(page)
    assert found == []
    assert Team.objects.exists()


def addresses(world: World, name: str, expected: Expected) -> list[str]:
    """Where the page stands, and what else stands under the same name."""
    return [
        reverse(name, kwargs=ARGUMENTS[args](world.own)) for args in (expected.args, *expected.also)
    ]
