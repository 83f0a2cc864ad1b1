"""Registrations: the intake, who applied, how the status moved, and who supports."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.models import Applicant, Assignment, Intake, Registration, StatusChange
from cases.status import STARTED_EVER, Status

from . import shares
from .chance import Chance
from .household import Household, Numbers
from .rows import Rows
from .shares import LAST_DAY


@dataclass
class Course:
    """How one registration went: the days on which its status changed."""

    registered: date
    changes: list[tuple[Status, date]] = field(default_factory=list)

    @property
    def started(self) -> date | None:
        return next((day for status, day in self.changes if status in STARTED_EVER), None)

    @property
    def closed(self) -> date | None:
        """The last day, of one that stands at closed."""
        return self.changes[-1][1] if self.changes[-1][0] == Status.CLOSED else None


def draw_course(chance: Chance, registered: date) -> Course:
    """By the table of moves; what would happen after the last day has not happened."""
    fate = chance.one_of(shares.FATE)
    course = Course(registered, [(Status.NOT_STARTED, registered)])
    day = registered + timedelta(chance.one_of(shares.DAYS_TO_START))
    if fate == Status.NEVER_STARTED:
        course.changes.append((fate, day))
        if chance.happens(shares.STARTS_LATER_AFTER_ALL):
            course.changes.append((Status.RUNNING, chance.day(day, LAST_DAY)))
    elif fate in STARTED_EVER:
        course.changes.append((Status.RUNNING, day))
    if fate in (Status.CLOSED, Status.REOPENED):
        day = chance.day(day + timedelta(30), LAST_DAY)
        course.changes.append((Status.CLOSED, day))
    if fate == Status.REOPENED:
        # On one day the later status holds, so a second closing needs a day of its own.
        day = chance.day(day, LAST_DAY)
        course.changes.append((Status.REOPENED, day))
        if chance.happens(shares.CLOSED_AGAIN):
            course.changes.append((Status.CLOSED, day + timedelta(chance.randint(1, 90))))
    course.changes = [change for change in course.changes if change[1] <= LAST_DAY]
    return course


def write_registration(
    rows: Rows, numbers: Numbers, household: Household, course: Course, supervisors: list[str]
) -> None:
    registration = rows.add(Registration, number=numbers.next(Numbers.REGISTRATION))
    _write_intake(rows, registration, household, course)
    for position, person in enumerate(household.applicants, start=1):
        rows.fact(
            Applicant,
            course.registered,
            registration_id=registration,
            person_id=person,
            position=position,
        )
    for status, day in course.changes:
        rows.fact(
            StatusChange,
            day,
            registration_id=registration,
            status=int(status),
            reason_id=_reason(rows.chance, status),
            happened_on=day,
        )
    if course.started and rows.chance.happens(shares.ASSIGNED):
        _write_assignments(rows, registration, course, supervisors)


def _write_intake(rows: Rows, registration: str, household: Household, course: Course) -> None:
    chance, registered = rows.chance, course.registered
    route = chance.one_of(shares.ROUTE)
    referred = chance.happens(shares.REFERRER_NAMED)
    phone, welcome = chance.one_of(shares.DAYS_TO_PHONE), chance.one_of(shares.DAYS_TO_WELCOME)
    rows.fact(
        Intake,
        registered,
        registration_id=registration,
        family_id=household.id,
        happened_on=registered,
        route_id=route and f"registration_route.{route}",
        referrer_id=f"referrer.{chance.one_of(shares.REFERRER)}" if referred else None,
        phone_contact_on=None if phone is None else registered + timedelta(phone),
        welcome_scheduled_on=None if welcome is None else registered + timedelta(welcome),
    )


def _reason(chance: Chance, status: Status) -> str | None:
    if status == Status.NEVER_STARTED:
        return f"never_started_reason.{chance.one_of(shares.NEVER_STARTED_REASON)}"
    if status == Status.CLOSED:
        return f"closing_reason.{chance.one_of(shares.CLOSING_REASON)}"
    return None


def _write_assignments(
    rows: Rows, registration: str, course: Course, supervisors: list[str]
) -> None:
    """From the start to the closing; a few were handed over to someone else on the way."""
    chance, began = rows.chance, course.started
    if chance.happens(shares.HANDED_OVER):
        handed_over = chance.day(began, course.closed or LAST_DAY)
        _write_assignment(rows, registration, chance.choice(supervisors), began, handed_over)
        began = handed_over
    _write_assignment(rows, registration, chance.choice(supervisors), began, course.closed)


def _write_assignment(
    rows: Rows, registration: str, supervisor: str, began: date, ended: date | None
) -> None:
    rows.fact(
        Assignment,
        began,
        registration_id=registration,
        supervisor_id=supervisor,
        happened_on=began,
        ended_on=ended,
    )
