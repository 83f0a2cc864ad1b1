"""The sheets about registrations: who, when, every status since, and the supervisor."""

from hypothesis import strategies as st

from tests.oracle.count.basics import Day
from tests.oracle.worlds.families import Family
from tests.oracle.worlds.maker import LAST_DAY, Maker, days_later, labels

FIRST_MOVES = ("running", "not_started", "never_started")
MOVES = {
    "not_started": ("running", "never_started"),
    "never_started": ("running",),
    "running": ("closed",),
    "closed": ("reopened",),
    "reopened": ("closed",),
}
LABEL = dict(
    zip(
        ("not_started", "never_started", "running", "reopened", "closed"),
        labels("intake_status"),
        strict=True,
    )
)


def add_registration(maker: Maker, family: Family) -> None:
    number = maker.number("A")
    # Mostly well before the reference date: only then is there a history to count.
    registered = maker.one_of(maker.some_time_before(), maker.day())
    maker.add(
        "Aanmeldingen",
        number,
        family.number,
        "; ".join(_applicants(maker, family)),
        registered,
        maker.day_from_or_empty(registered),
        maker.label_or_empty("registration_route"),
        maker.label_or_empty("referrer"),
        _reaction(maker, registered, 2),
        _reaction(maker, registered, 7),
    )
    add_statuses(maker, number, registered)
    add_assignments(maker, number, registered)


def _applicants(maker: Maker, family: Family) -> list[str]:
    """Any mix of the family; often its first two adults, who are often mother and father."""
    mix = st.lists(st.sampled_from(family.people), unique=True, min_size=1, max_size=2)
    return maker.one_of(family.others[:1], family.others[:2], maker.draw(mix))


def _reaction(maker: Maker, registered: Day, window: int) -> Day | None:
    """Around the ends of the window: also a day too late, and a day before the registration."""
    after = maker.one_of(None, -1, 0, 1, window - 1, window, window + 1, window + 30)
    return None if after is None else days_later(registered, after)


def add_statuses(maker: Maker, number: str, registered: Day) -> None:
    """A walk along the moves that are allowed; no move at all is allowed too."""
    status, day = None, registered
    for _ in range(maker.one_of(2, 3, 1, 3, 4, 5, 6, 0)):
        begin = day
        if status == "reopened":
            # On one day reopened holds over closed, so this closing has to wait for a next day.
            begin = days_later(day, 1)
            if begin == LAST_DAY:
                return
        status = maker.one_of(*(MOVES[status] if status else FIRST_MOVES))
        day = maker.one_of(begin, maker.day_from(begin))
        maker.add(
            "Statussen",
            number,
            LABEL[status],
            day,
            _reason(maker, status),
            maker.day_from_or_empty(day),
        )


def _reason(maker: Maker, status: str) -> str | None:
    if status == "never_started":
        return maker.label("never_started_reason")
    if status == "closed":
        transferred = labels("closing_reason")[1]
        return maker.one_of(transferred, maker.label("closing_reason"))
    return None


def add_assignments(maker: Maker, number: str, registered: Day) -> None:
    """At most one is open: only the last may be without an end."""
    emails = [row["e-mail"] for row in maker.book["Procesbegeleiders"]]
    how_many = maker.how_many(2) if emails else 0
    for left in reversed(range(how_many)):
        begin = maker.day_from(registered)
        end = maker.day_from(begin) if left else maker.day_from_or_empty(begin)
        maker.add("Toewijzingen", number, maker.one_of(*emails), begin, end)
