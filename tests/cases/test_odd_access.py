"""Odd access (T62): what is planted is found, the ordinary is not; a mark changes no line."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AccessLine, User
from cases.models import AccessReview, Family
from cases.services import assign, close, register, reopen, start
from cases.services.emergency import open_in_emergency
from cases.who_looked.oddities import Finding, findings
from facts.dates import AMSTERDAM
from tests.cases.office import (
    LAST_MONTH,
    TODAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    officer,
    seal,
)
from tests.cast import code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
ODD = "/leeslogboek/opvallend/"
A_MINUTE = timedelta(minutes=1)
NOON = datetime.combine(TODAY - timedelta(3), datetime.min.time(), AMSTERDAM).replace(hour=12)
NEXT_WEEK = NOON + timedelta(10)


@pytest.fixture
def bob():
    return colleague("bob")


@pytest.fixture(autouse=True)
def planted():
    """The database stamps each line with its own clock; here lines are planted in the past."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_accessline DISABLE TRIGGER access_log_enters")
        cursor.execute("ALTER TABLE accounts_accessline DISABLE TRIGGER access_log_waits")


def reads(user: User, at: datetime, family: Any = None, **fields: Any) -> AccessLine:
    """A line as the door writes it, of a moment ago."""
    number = AccessLine.objects.count() + 1
    return AccessLine.objects.create(
        **{
            "number": number,
            "prev_hash": b"",
            "hash": b"",
            "actor": user,
            "at": at,
            "action": "read",
            "object_type": "gezin",
            "object_id": str(family.pk if family else a_family(number).pk),
            "subjects": [a_family(0).pk],
            "ground": "own_case",
            "purpose": "Begeleiding van gezinnen",
            "outcome": "shown",
            **fields,
        }
    )


def a_family(number: int) -> Family:
    return Family.objects.get_or_create(number=f"G9{number:04}")[0]


def found(until: datetime | None = None) -> list[tuple[str, str, int]]:
    """Rule, who, how many lines."""
    return sorted(
        (str(one.rule), one.first.actor.name, len(one.lines))
        for one in findings(until or timezone.now())
    )


class TestManyInAnHour:
    def test_one_more_than_thirty_files_within_an_hour(self, bob):
        for number in range(31):
            reads(bob, NOON + number * A_MINUTE)
        assert found() == [("many", "Bob", 31)]

    def test_thirty_is_a_busy_hour_and_no_more(self, bob):
        for number in range(30):
            reads(bob, NOON + number * A_MINUTE)
        assert found() == []

    def test_the_hour_slides(self, bob):
        """Sixteen before one and fifteen after: no clock hour has more than half."""
        for number in range(31):
            reads(bob, NOON + 44 * A_MINUTE + number * A_MINUTE)
        assert found() == [("many", "Bob", 31)]

    def test_one_file_opened_often_is_one_file(self, bob):
        family = a_family(1)
        for number in range(50):
            reads(bob, NOON + number * A_MINUTE, family)
        assert found() == []

    def test_thirty_one_spread_over_a_day_or_over_two_people_is_ordinary(self, bob):
        others = [bob, colleague("wim")]
        for number in range(62):
            reads(others[number % 2], NOON + number * 5 * A_MINUTE)
        assert found() == []

    def test_a_list_of_a_hundred_is_one_read(self, bob):
        for number in range(40):
            reads(bob, NOON + number * A_MINUTE, object_type="lijst", object_id="", action="list")
        assert found() == []

    def test_two_bursts_are_two_findings(self, bob):
        for hour in (0, 5):
            for number in range(31):
                reads(bob, NOON + timedelta(hours=hour) + number * A_MINUTE)
        assert found() == [("many", "Bob", 31)] * 2


class TestAtNight:
    @pytest.mark.parametrize(
        ("clock", "odd"),
        [((21, 59), False), ((22, 0), True), ((3, 0), True), ((5, 59), True), ((6, 0), False)],
    )
    def test_from_ten_until_six_in_amsterdam(self, bob, clock, odd):
        hour, minute = clock
        reads(bob, NOON.replace(hour=hour, minute=minute))
        assert found() == ([("night", "Bob", 1)] if odd else [])

    def test_it_is_the_dutch_clock_also_in_summer(self, bob):
        summer = datetime(2024, 7, 10, 20, 30, tzinfo=UTC)  # half past ten in Amsterdam
        reads(bob, summer)
        later = findings(datetime(2024, 7, 20, 12, 0, tzinfo=UTC))
        assert [str(one.rule) for one in later] == ["night"]

    def test_a_night_is_one_finding_over_midnight(self, bob):
        for hours in (11, 13, 16):  # at 23, 1 and 4 o'clock
            reads(bob, NOON + timedelta(hours=hours))
        assert found() == [("night", "Bob", 3)]

    def test_who_sees_nobody_is_not_odd(self, bob):
        reads(bob, NOON.replace(hour=23), subjects=[])
        reads(bob, NOON.replace(hour=23), outcome="refused")
        assert found() == []


class TestAClosedFile:
    """Told in the future: what is recorded now is known by then."""

    @pytest.fixture
    def closed(self, bob):
        registration = a_case(colleague("fatima"))
        reason = code("closing_reason", "completed")
        close(registration=registration, on=LAST_MONTH + timedelta(5), reason=reason, by=None)
        return registration

    def test_read_without_a_task(self, closed, bob):
        reads(bob, NEXT_WEEK, family_of(closed), ground="own_case")
        assert found(NEXT_WEEK + A_MINUTE) == [("closed", "Bob", 1)]

    @pytest.mark.parametrize("ground", ["aftercare", "grant", "team"])
    def test_with_a_task_it_is_ordinary(self, closed, bob, ground):
        reads(bob, NEXT_WEEK, family_of(closed), ground=ground)
        assert found(NEXT_WEEK + A_MINUTE) == []

    def test_a_running_file_is_ordinary(self, bob):
        running = a_case(bob)
        reads(bob, NEXT_WEEK, family_of(running))
        assert found(NEXT_WEEK + A_MINUTE) == []

    def test_with_another_registration_that_runs_it_is_ordinary(self, closed, bob):
        second = register(
            applicants=[family_of(closed).members.first().person],
            happened_on=LAST_MONTH,
            family=family_of(closed),
            by=None,
        )
        start(registration=second, on=LAST_MONTH, by=None)
        assign(registration=second, supervisor=bob, on=LAST_MONTH, by=None)
        reads(bob, NEXT_WEEK, family_of(closed))
        assert found(NEXT_WEEK + A_MINUTE) == []

    def test_reopened_it_is_ordinary(self, closed, bob):
        reopen(registration=closed, on=LAST_MONTH + timedelta(6), by=None)
        reads(bob, NEXT_WEEK, family_of(closed))
        assert found(NEXT_WEEK + A_MINUTE) == []

    def test_a_closing_that_was_written_down_later_makes_nobody_odd(self, bob):
        registration = a_case(bob)
        reads(bob, NOON, family_of(registration))
        reason = code("closing_reason", "completed")
        close(registration=registration, on=LAST_MONTH + timedelta(1), reason=reason, by=None)
        assert found() == []

    def test_a_family_without_any_registration_is_no_closed_file(self, bob):
        reads(bob, NEXT_WEEK, a_family(7))
        assert found(NEXT_WEEK + A_MINUTE) == []


def test_every_read_in_an_emergency_is_on_the_list(bob):
    family = a_family(1)
    for minutes in (0, 5, 9):
        reads(bob, NOON + minutes * A_MINUTE, family, ground="emergency")
    reads(bob, NOON, ground="emergency")
    assert found() == [("emergency", "Bob", 1), ("emergency", "Bob", 3)]


def test_what_is_older_than_thirty_days_is_past(bob):
    reads(bob, (NOON - timedelta(40)).replace(hour=23))
    assert found() == []


class TestTheReviewList:
    @pytest.fixture
    def night(self, bob) -> Finding:
        reads(bob, NOON.replace(hour=23))
        reads(bob, NOON.replace(hour=23, minute=30))
        return findings(timezone.now())[0]

    def form(self, finding: Finding, **fields: Any) -> dict[str, Any]:
        lines = {"first_line": finding.first.number, "last_line": finding.last.number}
        return {"rule": str(finding.rule), "note": "Dienst gedraaid", **lines, **fields}

    def test_it_shows_what_to_look_at_and_is_logged(self, night):
        gea = officer()
        page = browser_of(gea).get(ODD)
        assert "&#x27;s Nachts gelezen: Bob" in page.content.decode()
        line = last_line()
        assert (line.object_type, line.part, line.ground) == ("leeslogboek", "opvallend", "duty")

    def test_a_mark_takes_it_off_and_changes_no_line(self, night):
        before = list(AccessLine.objects.values().order_by("number"))
        gea = officer()
        page = browser_of(gea).post(ODD, self.form(night), follow=True)
        assert page.context["waiting"] == []
        assert "Dienst gedraaid" in page.content.decode()
        review = AccessReview.objects.get()
        assert (review.reviewed_by, review.note) == (gea, "Dienst gedraaid")
        assert review.history.get().history_user == gea
        kept = AccessLine.objects.filter(number__lte=len(before)).order_by("number")
        assert list(kept.values()) == before

    def test_without_a_note_it_stays(self, night):
        page = browser_of(officer()).post(ODD, self.form(night, note=" "))
        assert "Schrijf erbij" in page.content.decode()
        assert not AccessReview.objects.exists()

    @pytest.mark.parametrize(
        "wrong", [{"first_line": 999}, {"rule": "many"}, {"last_line": 1}, {"rule": "zin"}]
    )
    def test_only_what_stands_on_it_can_be_marked(self, night, wrong):
        page = browser_of(officer()).post(ODD, self.form(night, **wrong))
        assert page.status_code == 200
        assert page.context["form"].errors
        assert not AccessReview.objects.exists()

    def test_when_the_night_goes_on_it_comes_back(self, night, bob):
        client = browser_of(officer())
        client.post(ODD, self.form(night))
        reads(bob, NOON.replace(hour=23, minute=45))
        assert len(client.get(ODD).context["waiting"]) == 1

    def test_it_takes_as_many_queries_for_one_as_for_three(self, django_assert_num_queries):
        client = browser_of(officer())
        counts = []
        for name in ("bob", "wim", "kees"):
            reads(colleague(name), NOON.replace(hour=23))
            with django_assert_num_queries(16):
                counts.append(len(client.get(ODD).context["waiting"]))
        assert counts == [1, 2, 3]


def test_a_real_emergency_ends_up_on_it():
    """Through the pages themselves, with lines that the database sealed."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_accessline ENABLE ALWAYS TRIGGER access_log_enters")
        cursor.execute("ALTER TABLE accounts_accessline ENABLE ALWAYS TRIGGER access_log_waits")
    wim = colleague("wim", team="Team West")
    case = a_case(colleague("fatima"))
    open_in_emergency(
        registration=case, ground="safety", reason="Kind in gevaar, geen gehoor", by=wim
    )
    browser_of(wim).get(f"/gezinnen/{family_of(case).pk}/")
    seal()
    rules = [str(one.rule) for one in findings(timezone.now() + A_MINUTE)]
    assert "emergency" in rules
