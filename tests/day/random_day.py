"""A random day: who does what, in what order."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime as moment

from facts.recording import instant_of_a_draw
from tests.day import caseload, coming_in, facts, moving, people, site, talking
from tests.day.before import employ, share_what_was_learned
from tests.day.ledger import as_book
from tests.day.office import Day
from tests.day.pages import Page
from tests.day.visitors import Visitor
from tests.oracle.book import Book

AT_A_FILE: list[tuple[int, Callable[[Day, Visitor, Page], Page]]] = [
    (75, facts.add_something),
    (9, facts.correct_something),
    (5, facts.withdraw_something),
    (13, people.add_member),
    (4, people.change_role),
    (2, people.remove_member),
    (2, people.change_name),
    (18, moving.move),
    (3, moving.take_back),
    (3, moving.check_target_group),
    (10, talking.note_contact),
    (4, talking.correct_contact),
    (2, talking.withdraw_contact),
    (3, talking.plan_task),
    (2, talking.finish_task),
]


@dataclass(frozen=True)
class WorkedDay:
    """`halfway`: the ledger as a workbook at an instant of that day, as a draw would see it."""

    day: Day
    book: Book
    halfway: tuple[moment, Book]


def work(seed: int, today: datetime.date, acts: int) -> WorkedDay:
    """Until that many acts were done or refused."""
    day = Day(seed, today)
    employ(day.visitors, day.ledger, today)
    share_what_was_learned(day.ledger, day.chance, today)
    for _ in range(8):
        coming_in.register(day, day.supervisor())
    _until(day, acts // 2)
    halfway = instant_of_a_draw(), as_book(day.ledger)
    _until(day, acts)
    return WorkedDay(day, as_book(day.ledger), halfway)


def _until(day: Day, acts: int) -> None:
    while len(day.ledger.acts) < acts:
        pick = day.chance.random()
        if pick < 0.68:
            _sit_down(day, day.supervisor())
        elif pick < 0.72:
            _sit_down(day, day.manager())
        else:
            _of_the_office(day)


def _sit_down(day: Day, who: Visitor) -> None:
    """Some acts at one file."""
    page = day.a_file(who)
    if page is None:
        return
    for _ in range(day.chance.randint(4, 9)):
        weights = [weight for weight, _ in AT_A_FILE]
        _, act = day.chance.choices(AT_A_FILE, weights)[0]
        page = act(day, who, page)
        if not page.address.startswith("/gezinnen/") or page.address == "/gezinnen/":
            return  # whoever closed it late may see it no more


def _of_the_office(day: Day) -> None:
    for share, act in (
        (0.22, lambda: coming_in.register(day, day.supervisor())),
        (0.08, lambda: coming_in.register(day, day.manager())),
        (0.14, lambda: coming_in.register_known(day, day.chance.choice(list(day.staff())))),
        (0.12, lambda: site.send_in(day)),
        (0.16, lambda: site.decide(day, day.manager())),
        (0.3, lambda: caseload.assign(day, day.manager())),
        (0.12, lambda: caseload.hand_over(day, day.manager())),
        (0.2, lambda: caseload.answer_offers(day, day.chance.choice(list(day.staff())))),
        (0.06, lambda: day.try_what_is_shut(day.supervisor())),
    ):
        if day.likely(share):
            act()
