"""No line, no page (T54); and a refused attempt leaves its line."""

import uuid

import pytest

from accounts.models import AccessLine, Team
from tests.accounts.access_log.database import owner
from tests.accounts.access_log.pages import CHILD, FAMILY, MOTHER, SECRET

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("tests.accounts.access_log.pages"),
]
OTHER = uuid.UUID(int=9)
PAGES = ["/shown/", f"/refused/{OTHER}/"]


@pytest.fixture(autouse=True)
def calmly(client, caplog):
    client.raise_request_exception = False


def is_the_calm_page(response) -> bool:
    page = response.content.decode()
    assert SECRET not in page
    return response.status_code == 503 and "Het leeslogboek is niet beschikbaar" in page


class TestAsItShouldGo:
    @pytest.fixture(autouse=True)
    def rights(self, as_the_application):
        pass

    def test_a_page_that_is_shown_has_its_line(self, client, anna):
        client.force_login(anna)
        assert client.get("/shown/").content.decode() == SECRET
        line = AccessLine.objects.get()
        assert (line.number, line.actor, line.outcome) == (1, anna, "shown")
        assert (line.object_id, line.subjects) == (str(FAMILY), [CHILD, MOTHER])
        assert line.request_id

    def test_a_refused_attempt_is_a_page_that_does_not_exist_and_a_line(self, client, anna):
        client.force_login(anna)
        response = client.get(f"/refused/{OTHER}/")
        assert response.status_code == 404
        assert "bestaat niet" in response.content.decode()
        line = AccessLine.objects.get()
        assert (line.actor, line.outcome, line.ground) == (anna, "refused", "none")
        assert (line.object_id, line.number) == (str(OTHER), 1)
        assert not Team.objects.exists(), "the page's own transaction was rolled back"

    def test_a_passer_by_who_is_refused_leaves_a_line_too(self, client):
        assert client.get(f"/refused/{OTHER}/").status_code == 404
        assert AccessLine.objects.get().actor is None

    def test_a_page_that_turns_out_to_be_absent_shows_nothing_and_has_no_line(self, client):
        assert client.get("/absent/").status_code == 404
        assert not AccessLine.objects.exists()

    def test_a_fault_of_the_page_itself_is_not_blamed_on_the_log(self, client):
        assert client.get("/own-fault/").status_code == 500


@pytest.mark.parametrize("page", ["/swallows/", "/breaks/", "/rolls-back/", "/loses/"])
def test_a_view_cannot_lose_its_line_and_show_its_page(client, as_the_application, page):
    if page == "/swallows/":
        with owner() as cursor:
            cursor.execute("REVOKE INSERT ON accounts_accessline FROM ot_app")
    try:
        assert is_the_calm_page(client.get(page))
    finally:
        with owner() as cursor:
            cursor.execute("GRANT INSERT ON accounts_accessline TO ot_app")
    assert not AccessLine.objects.exists()


# What goes wrong, and how it is put right again.
FAILURES = {
    "the right is revoked": (
        "REVOKE INSERT ON accounts_accessline FROM ot_app",
        "GRANT INSERT ON accounts_accessline TO ot_app",
    ),
    "the table is away": (
        "ALTER TABLE accounts_accessline RENAME TO elders",
        "ALTER TABLE elders RENAME TO accounts_accessline",
    ),
    "the numbering fails at the commit": (
        "ALTER FUNCTION access_log_seal() SET search_path = pg_catalog",
        "ALTER FUNCTION access_log_seal() SET search_path = pg_catalog, public, pg_temp",
    ),
    "the head is away at the commit": (
        "ALTER TABLE accounts_accesshead RENAME TO elders",
        "ALTER TABLE elders RENAME TO accounts_accesshead",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_when_the_log_cannot_be_written_nothing_is_shown(client, as_the_application, failure):
    breaking, mending = FAILURES[failure]
    with owner() as cursor:
        cursor.execute(breaking)
        try:
            responses = [client.get(page) for page in PAGES]
        finally:
            cursor.execute(mending)
    for response in responses:
        assert is_the_calm_page(response)
        assert response["Retry-After"] == "60"
        assert "no-store" in response["Cache-Control"]
    assert not Team.objects.exists(), "nothing half done"
    assert not AccessLine.objects.exists()
    after = [client.get(page).status_code for page in PAGES]
    assert after == [200, 404], "it works again by itself"


@pytest.mark.parametrize("table", ["accounts_accessline", "accounts_accesshead"])
def test_when_the_log_is_locked_the_page_waits_no_longer_than_it_may(
    client, as_the_application, table
):
    """The lock on the head is first met at the commit."""
    with owner() as cursor, cursor.connection.transaction():
        cursor.execute(f"LOCK TABLE {table}")
        for page in PAGES:
            assert is_the_calm_page(client.get(page))
    assert not Team.objects.exists()


def test_the_calm_page_tells_no_more_than_a_code(client, as_the_application, caplog):
    breaking, mending = FAILURES["the right is revoked"]
    with owner() as cursor:
        cursor.execute(breaking)
        try:
            page = client.get("/shown/").content.decode()
        finally:
            cursor.execute(mending)
    (told,) = [r.getMessage() for r in caplog.records if r.name == "accounts.middleware"]
    code = told.split("request ")[1].split()[0]
    assert code in page, "the page and the server's log name the same request"
    assert "accounts_accessline" not in page + told
    assert str(CHILD) not in page + told
