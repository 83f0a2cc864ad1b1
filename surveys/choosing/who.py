"""Everybody who may be asked, and of everybody else the reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.models import Role
from cases.models.formal import CONTACT
from cases.status import SUPPORTED, Status
from facts.dates import age_on
from surveys.models import Audience, Round

from .facts import SURVEY_MAIL, Course, Known, Member, Said, known_of, mailbox

YOUNGEST, GROWN_UP = 12, 18
DECEASED = {"closing_reason.deceased", "never_started_reason.deceased"}
RUNNING, CLOSED = "running", "closed"


@dataclass(frozen=True)
class Candidate:
    """`standing`: running or closed, since which day. `reason`: why not ('' if they may be asked),
    written down at `noted_at` (None: never, or unknown)."""

    person: UUID
    audience: str
    standing: str
    since: date | None
    reason: str = ""
    noted_at: datetime | None = None


def choose(round: Round, *, today: date, people: Iterable[UUID] | None = None) -> list[Candidate]:
    """Everybody whom the rules of `round` speak of, or those of `people` only."""
    only = None if people is None else list(people)
    known = known_of(round, months_before(today, round.months_between), today, only)
    judged = (_judged(one, known, round, today) for one in known.members)
    found = [one for one in judged if one is not None]
    return [*found, *_out_of_view(known, asked_of(round), {one.person for one in found})]


def _out_of_view(known: Known, asked: set[str], judged: set[UUID]) -> Iterator[Candidate]:
    """Who would have been judged before somebody took something back in their file: else taking it
    back kept them out without a trace."""
    gone: dict[UUID, datetime] = {}
    if Audience.PARENT in asked:
        gone |= known.once_applied
    if asked & {Audience.CHILD, Audience.YOUNG}:
        gone |= known.once_a_child
    for person in gone.keys() - judged:
        at = gone[person]
        yield Candidate(person, "", "", None, "out_of_view", at)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def _judged(member: Member, known: Known, round: Round, today: date) -> Candidate | None:
    """None: the rules don't speak of them."""
    own = known.of_person.get(member.person, [])
    is_child = member.role == Role.CHILD
    if not is_child and not own:
        return None  # of the other parent, who never registered, we asked nothing
    registrations = known.of_family[member.family] if is_child else own
    courses = [known.courses[one] for one in registrations if one in known.courses]
    audience, reason = _audience(member, today)
    if not _is_asked(audience, asked_of(round), is_child):
        return None
    course, standing = _course(courses, round)
    judged = {"person": member.person, "audience": audience, "standing": standing}
    since = course.since if course else None
    if not standing:
        moments = [one.recorded_at for one in courses]
        moments += [known.taken_back[one] for one in registrations if one in known.taken_back]
        noted = max(moments, default=None)
        return Candidate(**judged, since=since, reason="standing", noted_at=noted)
    if noted := _death_noted(member, [known.courses.get(one) for one in own], today):
        return Candidate(**judged, since=since, reason="deceased", noted_at=noted)
    if reason:
        return Candidate(**judged, since=since, reason=reason, noted_at=member.recorded_at)
    reason, noted = _against(member, known, today)
    return Candidate(**judged, since=since, reason=reason, noted_at=noted)


def _death_noted(member: Member, courses: Iterable[Course | None], today: date) -> datetime | None:
    """When it was written down that someone died: of themselves, or as the reason for which a
    trajectory of their own ended. None: they live, as far as we know."""
    if member.died_on and member.died_on <= today:
        return member.recorded_at
    return next((one.recorded_at for one in courses if one and one.reason in DECEASED), None)


def _is_asked(audience: str, asked: set[str], is_child: bool) -> bool:
    """Of whom the age or the role isn't known, whether those like them are."""
    if audience:
        return audience in asked
    return bool(asked & {Audience.CHILD, Audience.YOUNG}) if is_child else Audience.PARENT in asked


def asked_of(round: Round) -> set[str]:
    """The audiences that the rules name."""
    chosen = {
        Audience.PARENT: round.parents,
        Audience.CHILD: round.children,
        Audience.YOUNG: round.young_people,
    }
    return {audience for audience, asked in chosen.items() if asked}


def _audience(member: Member, today: date) -> tuple[str, str]:
    if member.role in (Role.MOTHER, Role.FATHER):
        return Audience.PARENT, ""
    if member.role != Role.CHILD:
        return "", "role"
    if member.birth_date is None:
        return "", "birth_date"
    age = age_on(today, member.birth_date)
    if age < YOUNGEST:
        return "", "too_young"
    return (Audience.CHILD if age < GROWN_UP else Audience.YOUNG), ""


def _course(courses: list[Course], round: Round) -> tuple[Course | None, str]:
    """The course that counts: one that runs goes before one that closed; '' when none does."""
    running = [one for one in courses if Status(one.status) in SUPPORTED]
    if running and round.with_running:
        return min(running, key=lambda one: one.since), RUNNING
    closed = [
        one
        for one in courses
        if one.status == Status.CLOSED
        and (round.closed_since is None or one.since >= round.closed_since)
    ]
    if closed and not running and round.with_closed:
        return max(closed, key=lambda one: one.since), CLOSED
    return None, ""


def _against(member: Member, known: Known, today: date) -> tuple[str, datetime | None]:
    person = member.person
    for said in known.said.get((person, CONTACT), []):
        if _stands(said, today) and not said.given:
            return "contact_block", said.recorded_at
    if person in known.opted_out:
        return "opted_out", None
    reason, noted = _consent(known.said.get((person, SURVEY_MAIL), []), today)
    if reason:
        return reason, noted
    if not member.email:
        return "no_email", known.lost_address.get(person)
    if mailbox(member.email) in known.colleagues:
        return "colleague", None
    return ("asked_lately", None) if person in known.asked_lately else ("", None)


def _consent(said: list[Said], today: date) -> tuple[str, datetime | None]:
    standing = [one for one in said if _stands(one, today)]
    if refused := [one for one in standing if not one.given]:
        return "refused", max(one.recorded_at for one in refused)
    if standing:
        return "", None
    if gone := [one for one in said if one.given]:
        return "taken_back", max(one.withdrawn_at or one.recorded_at for one in gone)
    return "no_consent", None


def _stands(said: Said, today: date) -> bool:
    return said.withdrawn_at is None and (said.until is None or said.until > today)
