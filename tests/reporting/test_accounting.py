"""Activities, complaints, formation and the linkage: seen, noted, corrected, withdrawn."""

import re
from datetime import date

import pytest
from django.db import Error, connection, transaction

from accounts.models import Employment
from accounts.roles import PROCESS_SUPERVISOR
from cases.models import Code, Complaint
from cases.services import note
from reporting.models import Activity, LinkageBatch
from tests.reporting.runs import NOT_COLLECTED, fatima, mirjam, rianne, someone

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
LINKAGE = {
    "label": "Tweede koppeling", "happened_on": "2024-10-15", "parents": "281", "children": "428",
    "letters": "281",
}  # fmt: skip


@pytest.fixture
def writer(client):
    client.force_login(rianne())
    return client


def activity(**changes) -> dict:
    return {
        "section": Code.objects.in_list("activity_section").first().pk, "title": "Leerbijeenkomst",
        "form": "bijeenkomst", "organiser": "Team Oost", "audience": "gemeenten",
        "happened_on": "2024-06-03", "date_in_words": "juni editie", **changes,
    }  # fmt: skip


class TestActivities:
    @pytest.fixture
    def noted(self, writer) -> Activity:
        answer = writer.post("/verantwoording/activiteiten/nieuw/", activity())
        assert answer.status_code == 302, answer.context["form"].errors
        return Activity.objects.standing().get()

    def test_what_was_noted_stands_there_with_all_that_is_known_of_it(self, writer, noted):
        page = " ".join(writer.get("/verantwoording/").content.decode().split())
        for words in ("Leerbijeenkomst", "bijeenkomst", "door Team Oost", "voor gemeenten"):
            assert words in page
        assert "juni editie (ma 3 jun 2024)" in page

    def test_a_correction_leaves_what_stood_there_before(self, writer, noted):
        address = f"/verantwoording/activiteiten/{noted.pk}/"
        assert 'value="Leerbijeenkomst"' in writer.get(address).content.decode()
        asked = activity(title="Leermiddag")
        assert "Vul" in writer.post(address, asked).content.decode() or not _corrected()
        writer.post(address, asked | {"reason": "Verkeerde naam"})
        noted.refresh_from_db()
        assert (noted.title, noted.withdrawal_reason) == ("Leerbijeenkomst", "Verkeerde naam")
        assert Activity.objects.standing().get().title == "Leermiddag"
        assert writer.get(address).status_code == 404, "the old one is no longer corrected"

    def test_it_is_withdrawn_with_a_reason_and_not_without(self, writer, noted):
        address = f"/verantwoording/activiteiten/{noted.pk}/intrekken/"
        writer.post(address, {"reason": " "})
        assert Activity.objects.standing().exists()
        writer.post(address, {"reason": "Ging niet door"})
        assert not Activity.objects.standing().exists()

    def test_what_is_typed_is_kept_on_an_error(self, writer):
        page = writer.post("/verantwoording/activiteiten/nieuw/", activity(happened_on="31-31"))
        assert "Fout:" in page.content.decode()
        assert 'value="Team Oost"' in page.content.decode()


def _corrected() -> bool:
    return Activity.objects.count() > 1


class TestLinkage:
    def test_counts_and_letters_and_until_when_the_law_allows_it(self, writer):
        answer = writer.post("/verantwoording/koppelingen/nieuw/", LINKAGE)
        assert answer.status_code == 302, answer.context["form"].errors
        page = " ".join(writer.get("/verantwoording/").content.decode().split())
        assert "De wettelijke grond eindigt op 1 januari 2027." in page
        assert "281 ouders, 428 kinderen, 281 brieven" in page

    def test_the_database_refuses_a_negative_number(self):
        batch = LinkageBatch(label="x", parents=-1, children=1, happened_on=date(2024, 1, 1))
        with pytest.raises(Error), transaction.atomic(), connection.cursor():
            batch.recorded_at = "2024-01-01T00:00Z"
            batch.save(force_insert=True)


def test_complaints_are_counts_and_what_they_say_stays_in_the_file(writer):
    for number, handled in (("KL001", date(2024, 3, 1)), ("KL002", None)):
        note(
            Complaint(number=number, happened_on=date(2024, 2, 1), handled_on=handled,
                      subject="Geheim", measure_taken="Gesprek" if handled else ""),
            by=None,
        )  # fmt: skip
    page = " ".join(writer.get("/verantwoording/").content.decode().split())
    assert "2 ontvangen, 1 daarvan afgehandeld, bij 1 een maatregel genomen" in page
    assert "Geheim" not in page


def test_work_and_waiting_are_a_series_of_days(writer):
    someone_else = someone("iris@ot.example.org", "Iris Voorbeeld", PROCESS_SUPERVISOR)
    for day in (date(2024, 1, 1), date(2024, 9, 1)):
        note(Employment(supervisor=someone_else, fte="0.8", happened_on=day), by=None)
    page = " ".join(writer.get("/verantwoording/").content.decode().split())
    assert re.search(r"wo 31 jul 2024</th> <td [^>]*> 0,80 <span[^>]*>1 mens</span>", page)
    assert re.search(r"<td [^>]*> 1,60 <span[^>]*>1 mens</span>", page), "today"


class TestWhoMay:
    def test_a_manager_reads_and_does_not_write(self, client):
        client.force_login(mirjam())
        assert "Activiteit noteren" not in client.get("/verantwoording/").content.decode()
        assert client.get("/verantwoording/activiteiten/nieuw/").status_code == 403

    def test_a_supervisor_does_neither(self, client):
        client.force_login(fatima())
        assert client.get("/verantwoording/").status_code == 403

    def test_what_is_not_kept_here_is_not_there(self, writer):
        assert writer.get("/verantwoording/schoenen/nieuw/").status_code == 404


def test_the_number_of_queries_does_not_grow(writer, django_assert_num_queries):
    writer.get("/verantwoording/")
    for many in (1, 30):
        for number in range(many):
            writer.post("/verantwoording/activiteiten/nieuw/", activity(title=f"{many} {number}"))
        writer.get("/verantwoording/")
        with django_assert_num_queries(QUERIES):
            writer.get("/verantwoording/")


QUERIES = 17
