"""Some weeks of work on the demo's files, and two who just came in: so that Vandaag, the clock, the
file and the team's board have something to show. Invented, the same every time, through the verbs.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from django.db import transaction

from accounts.models import Team
from cases.clock import PHONE
from cases.models import Assignment, Code, Consent, Contact, Person, Registration
from cases.models.formal import CONTACT
from cases.searching.duplicates import likely_duplicates
from cases.services import HowItCame, NewPerson, correct, note, note_contact, register_arrival
from cases.services.assigning import under_way
from cases.services.tasks import finish_task, plan_task

MOST_FILES = 24


class Talk(NamedTuple):
    kind: str
    with_whom: str
    minutes: int
    note: str


TALKS = (
    Talk("phone", "moeder", 20, "Belde over school. De oudste gaat weer hele dagen. We spreken "
         "volgende week af over de bezoekregeling."),
    Talk("visit", "moeder en haar zus", 75, "Thuis gesproken. De brief van de gemeente samen "
         "gelezen en een lijst gemaakt van wat er nog open staat."),
    Talk("consultation", "jeugdbeschermer van de GI", 40, "De bezoeken gaan goed. Over zes weken "
         "kijken we samen of ze langer kunnen."),
    Talk("mail", "schuldhulp van de gemeente", 5, "De aanvraag is compleet. Antwoord binnen drie "
         "weken."),
    Talk("office", "vader", 55, "Wil zijn verhaal op papier. Afgesproken dat hij vertelt en ik "
         "schrijf; hij leest het na."),
    Talk("video", "moeder en de advocaat", 35, "Besproken wat er nodig is voor het verzoek. De "
         "advocaat stuurt een concept."),
    Talk("phone", "moeder", 10, "Kort gebeld hoe het bezoek was. Rustig verlopen, de kinderen "
         "vroegen wanneer ze weer kwamen."),
)  # fmt: skip
# What to do, in how many days.
TASKS = (
    ("bellen over de woning", 0),
    ("verslag van de advocaat opvragen", 1),
    ("samen de brief aan de GI schrijven", 3),
    ("resultaat van de bezoekregeling opschrijven", 8),
    ("afspraak maken met schuldhulp", 14),
)
NEW = (
    (NewPerson("Jolien", "Verbeeck", "mother", date(1988, 4, 17), phone="0600000117"), 1, False),
    (NewPerson("Samir", "Oudkerk", "father", date(1984, 9, 2), phone="0600000184"), 4, True),
)
CAME = HowItCame("phone", "parent", consent=True, note="Belde zelf, na een brief van de gemeente.")


@transaction.atomic
def bring_to_life(team: Team, today: date) -> None:
    """Once: nothing where a conversation stands already, or where nobody has a file."""
    at_work = Assignment.objects.standing().open_on(today).filter(supervisor__team=team)
    files = under_way(at_work).select_related("registration", "supervisor")
    some = list(files.order_by("supervisor__name", "registration__number")[:MOST_FILES])
    if Contact.objects.exists() or not some:
        return
    chance = Random(1)  # noqa: S311  not a secret: the same every time
    for number, one in enumerate(some):
        _talk(one, chance, today)
        if number % 2 == 0:
            _plan(one, TASKS[number // 2 % len(TASKS)], today, done=number % 8 == 6)
    for one in some[1:2]:
        _dies(one, today - timedelta(days=12))
    for one in some[2:3]:
        _wants_no_contact(one, today - timedelta(days=20))
    for person, days_ago, called in NEW:
        _come_in(some[0], person, today - timedelta(days=days_ago), called)


def _talk(one: Assignment, chance: Random, today: date) -> None:
    """The last some days to some weeks ago, and up to two before that."""
    day = today - timedelta(days=chance.choice([0, 1, 2, 4, 6, 9, 13, 18, 24, 33]))
    for talk in chance.sample(TALKS, chance.randint(1, 3)):
        _note(one, talk, day)
        day -= timedelta(days=chance.randint(5, 16))


def _note(one: Assignment, talk: Talk, day: date) -> None:
    note_contact(
        registration=one.registration,
        kind=Code.objects.get(pk=f"contact_kind.{talk.kind}"),
        with_whom=talk.with_whom,
        minutes=talk.minutes,
        note=talk.note,
        happened_on=day,
        by=one.supervisor,
    )


def _plan(one: Assignment, task: tuple[str, int], today: date, *, done: bool) -> None:
    title, days = task
    due_on = today + timedelta(days=days)
    by = one.supervisor
    planned = plan_task(registration=one.registration, title=title, due_on=due_on, by=by)
    if done:
        finish_task(task=planned, by=by)


def _dies(one: Assignment, day: date) -> None:
    """Who registered died, and the trajectory still runs."""
    member = _applicant(one).memberships.standing().get()
    correct(member, by=one.supervisor, reason="Gehoord van een zus", died_on=day)


def _wants_no_contact(one: Assignment, day: date) -> None:
    kind, said = Code.objects.get(pk=CONTACT), {"given": False, "given_by": Consent.GivenBy.SELF}
    consent = Consent(registration=one.registration, person=_applicant(one), kind=kind, **said)
    consent.happened_on = day
    note(consent, by=one.supervisor)


def _applicant(one: Assignment) -> Person:
    applicants = one.registration.applicants.standing().select_related("person")
    return applicants.get(position=1).person


def _come_in(one: Assignment, person: NewPerson, day: date, called: bool) -> Registration:
    """A registration of some days ago: its clock runs, or was met in time by a call."""
    by = one.supervisor
    new = register_arrival(
        applicants=[person],
        happened_on=day,
        came=CAME,
        not_these=[one.person for one in likely_duplicates(person)],
        supervise=True,
        by=by,
    )
    if called:
        note_contact(
            registration=new,
            kind=Code.objects.get(pk="contact_kind.phone"),
            person=new.applicants.standing().get().person,
            happened_on=day + timedelta(days=1),
            minutes=25,
            note="Kennisgemaakt. Wil vooral weer contact met de kinderen.",
            answers=[PHONE],
            by=by,
        )
    return new
