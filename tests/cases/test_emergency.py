"""Noodtoegang: one file, an hour, told at once, judged in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.services import outbox
from cases.models import ConflictOfInterest, EmergencyAccess, FamilyMember
from cases.services import note
from cases.services.emergency import judge, judge_before, judged_by, open_in_emergency
from facts.working_days import after_working_days
from tests.cases.office import (
    TODAY,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    officer,
    people_in,
)
from tests.cast import a_registration, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
REASON = "Moeder belt in paniek, haar begeleider is onbereikbaar"
PAGE, JUDGING = "/gezinnen/noodtoegang/", "/noodtoegang/"


@pytest.fixture(autouse=True)
def woken(monkeypatch) -> list:
    """The letters that a worker was woken up for; there is none here."""
    woken: list = []
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: woken.append(which))
    return woken


@pytest.fixture
def case():
    return a_case(colleague("fatima"))


@pytest.fixture
def bob():
    return colleague("bob", team="Team West")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


def opened(case, by: User, reason: str = REASON) -> EmergencyAccess:
    return open_in_emergency(registration=case, ground="absent", reason=reason, by=by)


def asked(case, **fields: str) -> dict[str, str]:
    number = family_of(case).number
    return {"nummer": number, "ground": "absent", "reason": REASON, **fields}


def move_back(access: EmergencyAccess, days: float) -> None:
    """As if it had been opened earlier."""
    access.begins_at -= timedelta(days=days)
    access.ends_at -= timedelta(days=days)
    access.save()


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda error: error.code == code)


class TestOpening:
    @pytest.mark.parametrize("which", ["family", "registration", "lower"])
    def test_by_its_exact_number_the_file_opens_to_read_for_an_hour(self, case, bob, which):
        family = family_of(case)
        number = {"family": family.number, "registration": case.number}.get(
            which, family.number.lower()
        )
        client = browser_of(bob)
        assert client.get(f"/gezinnen/{family.pk}/").status_code == 404
        response = client.post(PAGE, asked(case, nummer=number))
        assert response["Location"] == f"/gezinnen/{family.pk}/"
        page = client.get(response["Location"]).content.decode()
        assert "Noodtoegang tot" in page
        assert "Je mag alleen lezen" in page
        assert "noodtoegang" in page
        access = EmergencyAccess.objects.get()
        assert access.ends_at - access.begins_at == timedelta(minutes=60)
        line = last_line(object_type="gezin", outcome="shown")
        assert (line.actor, line.ground) == (bob, "emergency")
        assert set(line.subjects) == people_in(case)

    def test_after_an_hour_it_is_shut(self, case, bob):
        access = opened(case, bob)
        move_back(access, days=1 / 24)
        assert browser_of(bob).get(f"/gezinnen/{family_of(case).pk}/").status_code == 404

    def test_no_other_file_opens(self, case, bob):
        opened(case, bob)
        other = a_case(colleague("wim"))
        assert browser_of(bob).get(f"/gezinnen/{family_of(other).pk}/").status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"nummer": ""}, "nummer"),
            ({"ground": ""}, "ground"),
            ({"ground": "zin"}, "ground"),
            ({"reason": ""}, "reason"),
            ({"reason": "dringend"}, "reason"),
            ({"reason": " " * 30}, "reason"),
            ({"reason": "x" * 1001}, "reason"),
            ({"nummer": "G\0"}, "nummer"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_opens(self, case, bob, wrong, field):
        page = browser_of(bob).post(PAGE, asked(case, **wrong))
        assert list(page.context["form"].errors) == [field]
        assert not EmergencyAccess.objects.exists()

    def test_an_own_file_needs_no_emergency(self, case):
        fatima = User.objects.get(name="Fatima")
        response = browser_of(fatima).post(PAGE, asked(case))
        assert response.status_code == 302
        assert not EmergencyAccess.objects.exists()

    @pytest.mark.parametrize(
        "role", ["rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_who_may_not_cover_finds_no_such_page(self, case, role, method):
        reader = colleague("rik", role)
        assert getattr(browser_of(reader), method)(PAGE, asked(case)).status_code == 404
        assert last_line().outcome == "refused"
        with refused("not_possible"):
            opened(case, reader)

    def test_a_superuser_is_no_exception(self, case):
        root = colleague("root", "rapporteur")
        User.objects.filter(pk=root.pk).update(is_superuser=True)
        assert browser_of(root).post(PAGE, asked(case)).status_code == 404

    def test_a_conflict_of_interest_and_an_unknown_number_look_alike(self, case, bob):
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        conflict = {"user": bob, "person": mother, "reason": "Ex"}
        note(ConflictOfInterest(happened_on=YESTERDAY, **conflict), by=None)
        client = browser_of(bob)
        pages = [client.post(PAGE, asked(case)), client.post(PAGE, asked(case, nummer="G99999"))]
        said = [dict(page.context["form"].errors) for page in pages]
        assert said[0] == said[1]
        assert "kan dit niet" in said[0]["nummer"][0]
        assert not EmergencyAccess.objects.exists()
        line = last_line(object_type="gezin")
        assert (line.outcome, line.object_id) == ("refused", str(family_of(case).pk))

    def test_a_wrong_method_is_refused(self, bob):
        assert browser_of(bob).put(PAGE).status_code == 405


class TestTelling:
    def test_the_manager_of_the_file_and_every_privacy_officer_know_at_once(
        self, case, bob, tess, woken, django_capture_on_commit_callbacks
    ):
        gea, gijs = officer("gea"), officer("gijs")
        colleague("wim", "teammanager", "Team West")
        closed = officer("karel")
        closed.is_active = False
        closed.save()
        with django_capture_on_commit_callbacks(execute=True):
            opened(case, bob)
        mails = OutgoingMail.objects.order_by("to")
        assert [mail.recipient for mail in mails] == [gea, gijs, tess]
        assert woken
        number = family_of(case).number
        assert {mail.subject for mail in mails} == {f"Noodtoegang tot dossier {number}"}

    def test_a_letter_names_the_file_and_no_one(self, case, bob, tess, monkeypatch):
        texts: list[str] = []
        monkeypatch.setattr(
            "cases.services.emergency.send_later", lambda **letter: texts.append(letter["text"])
        )
        opened(case, bob)
        (text,) = texts
        assert family_of(case).number in text
        assert "/noodtoegang/" in text
        assert "uiterlijk" in text
        for name in ("Sanne", "Dorpstraat", "Lot", "Bob", "Tess", "paniek"):
            assert name not in text

    def test_of_a_file_that_nobody_had_every_manager_hears(self, bob, tess):
        wim = colleague("wim", "teammanager", "Team West")
        opened(a_registration(), bob)
        assert {mail.recipient for mail in OutgoingMail.objects.all()} == {tess, wim}

    def test_when_telling_fails_nothing_was_opened(self, case, bob, tess, monkeypatch):
        def broken(**letter):
            raise ValidationError("Nee")

        monkeypatch.setattr("cases.services.emergency.send_later", broken)
        with pytest.raises(ValidationError):
            opened(case, bob)
        assert not EmergencyAccess.objects.exists()


class TestJudging:
    def test_an_unjudged_one_blocks_the_next(self, case, bob, tess):
        access = opened(case, bob)
        move_back(access, days=1)
        other = a_case(colleague("wim"))
        with refused("unjudged"):
            opened(other, bob)
        client = browser_of(bob)
        assert "nog niet beoordeeld" in client.get(PAGE).content.decode()
        assert client.post(PAGE, asked(other)).status_code == 200
        assert EmergencyAccess.objects.count() == 1
        judge(access=access, judgement="right", note="", by=tess)
        opened(other, bob)

    def test_the_page_shows_it_and_takes_a_judgement(self, case, bob, tess):
        access = opened(case, bob)
        client = browser_of(tess)
        page = client.get(JUDGING).content.decode()
        assert family_of(case).number in page
        assert "Moeder belt in paniek" in page
        assert set(last_line(object_type="noodtoegang").subjects) == people_in(case)
        one = f"{JUDGING}{access.pk}/oordeel/"
        assert client.get(one).status_code == 200
        response = client.post(one, {"judgement": "right", "note": "Goed dat je keek"}, follow=True)
        assert "Je oordeel staat erbij" in response.content.decode()
        access.refresh_from_db()
        assert (access.judged_by, access.judgement) == (tess, "right")
        assert access.history.first().history_user == tess
        assert client.get(one).status_code == 404

    def test_wrong_asks_for_a_note(self, case, bob, tess):
        access = opened(case, bob)
        page = browser_of(tess).post(f"{JUDGING}{access.pk}/oordeel/", {"judgement": "wrong"})
        assert list(page.context["form"].errors) == ["note"]
        page = browser_of(tess).post(f"{JUDGING}{access.pk}/oordeel/", {})
        assert list(page.context["form"].errors) == ["judgement"]
        access.refresh_from_db()
        assert access.judged_at is None

    def test_nobody_judges_oneself_and_a_second_judgement_is_told(self, case, tess):
        wim, gea = colleague("wim", "teammanager", "Team West"), officer()
        access = opened(case, wim)
        with refused("not_possible"):
            judge(access=access, judgement="right", note="", by=wim)
        judge(access=access, judgement="right", note="", by=tess)
        with refused("stale"):
            judge(access=access, judgement="wrong", note="Nee", by=gea)

    def test_a_manager_judges_the_own_team_and_the_officer_all(self, case, bob, tess):
        wim, gea = colleague("wim", "teammanager", "Team West"), officer()
        access = opened(case, bob)
        assert not judged_by(wim).exists()
        assert not judged_by(bob).exists()
        assert judged_by(tess).get() == judged_by(gea).get() == access
        assert browser_of(wim).get(f"{JUDGING}{access.pk}/oordeel/").status_code == 404
        assert "Moeder" not in browser_of(wim).get(JUDGING).content.decode()
        both = colleague("iris", "teammanager", "Team West")
        both.groups.add(Group.objects.get(name="functionaris gegevensbescherming"))
        assert judged_by(User.objects.get(pk=both.pk)).get() == access

    def test_a_conflict_of_interest_keeps_a_judge_away(self, case, bob, tess):
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        access = opened(case, bob)
        note(ConflictOfInterest(user=tess, person=mother, happened_on=TODAY, reason="Zus"), by=None)
        assert not judged_by(tess).filter(pk=access.pk).exists()

    @pytest.mark.parametrize("role", ["procesbegeleider", "rapporteur", "functioneel beheerder"])
    def test_other_roles_find_no_such_page(self, case, bob, role):
        access = opened(case, bob)
        client = browser_of(colleague("kees", role))
        for path in (JUDGING, f"{JUDGING}{access.pk}/oordeel/"):
            assert client.get(path).status_code == 404
        assert last_line().outcome == "refused"

    def test_five_working_days_and_the_late_ones_on_top(self, case, bob, tess):
        late, fresh = opened(case, bob), opened(a_case(User.objects.get(name="Fatima")), toon())
        move_back(late, days=15)
        today = timezone.localdate()
        assert judge_before(fresh) == after_working_days(today, 5)
        page = browser_of(tess).get(JUDGING)
        shown = [(one.access, one.late) for one in page.context["waiting"]]
        assert shown == [(late, True), (fresh, False)]
        assert "te laat" in page.content.decode()

    def test_the_term_counts_from_the_dutch_day(self):
        access = EmergencyAccess(begins_at=datetime(2024, 11, 3, 23, 30, tzinfo=UTC))
        assert judge_before(access) == datetime(2024, 11, 11).date()

    @pytest.mark.parametrize("many", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self, case, tess, django_assert_num_queries, many
    ):
        for number in range(many):
            opened(case, colleague(f"bob{number}", team="Team West"))
        client = browser_of(tess)
        client.get(JUDGING)
        with django_assert_num_queries(13):
            page = client.get(JUDGING)
        assert len(page.context["waiting"]) == many


def toon() -> User:
    return colleague("toon", team="Team Zuid")


def test_the_database_itself_refuses_more_than_an_hour(case, bob):
    opened(case, bob)
    longer = "UPDATE cases_emergencyaccess SET ends_at = ends_at + interval '1 minute'"
    with pytest.raises(Exception, match="lasts_an_hour"), connection.cursor() as cursor:
        cursor.execute(longer)
