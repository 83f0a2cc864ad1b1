"""The status of a registration: what it may be, how it moves, and what the report groups.

Read the table from top to bottom as a team manager would. The database refuses whatever is not
in it (see the trigger on StatusChange, made from this same table).
"""

from dataclasses import dataclass

from django.db import models


class Status(models.IntegerChoices):
    """The number is the order of two changes on one day: the higher one holds."""

    NOT_STARTED = 0, "Nog niet gestart"
    NEVER_STARTED = 1, "Nooit gestart"
    RUNNING = 2, "Lopend"
    CLOSED = 3, "Afgesloten"
    REOPENED = 4, "Heropend"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Move:
    """One allowed change of status, and the words on its button."""

    source: Status
    target: Status
    words: str


MOVES = (
    Move(Status.NOT_STARTED, Status.NEVER_STARTED, "Traject niet starten"),
    Move(Status.NOT_STARTED, Status.RUNNING, "Traject starten"),
    Move(Status.NEVER_STARTED, Status.RUNNING, "Traject alsnog starten"),
    Move(Status.RUNNING, Status.CLOSED, "Traject afsluiten"),
    Move(Status.CLOSED, Status.REOPENED, "Traject heropenen"),
    Move(Status.REOPENED, Status.CLOSED, "Traject weer afsluiten"),
)

# A status that asks for a reason, and the list that the reason comes from.
REASONS = {
    Status.NEVER_STARTED: "never_started_reason",
    Status.CLOSED: "closing_reason",
}

SUPPORTED = frozenset({Status.RUNNING, Status.REOPENED})
STARTED_EVER = SUPPORTED | {Status.CLOSED}
UNDER_WAY = SUPPORTED | {Status.NOT_STARTED}  # there is something to do

_PAIRS = frozenset((move.source, move.target) for move in MOVES)
# A registration without any change stands at 'not started', so its first row may say so once more.
FIRST = frozenset({Status.NOT_STARTED}) | {
    move.target for move in MOVES if move.source is Status.NOT_STARTED
}


def can_follow(before: Status | None, after: Status) -> bool:
    """Whether `after` may follow `before` (None: nothing has been written down yet)."""
    return after in FIRST if before is None else (before, after) in _PAIRS


def moves_from(status: Status) -> tuple[Move, ...]:
    """The moves that a page may offer for a registration that stands at `status`."""
    return tuple(move for move in MOVES if move.source is status)


def refusal(before: Status | None, after: Status) -> str:
    """Why `after` can't follow `before`, in Dutch."""
    stand = before or Status.NOT_STARTED
    allowed = [move.target.label for move in moves_from(stand)]
    then = " of ".join(f"'{label}'" for label in allowed)
    return f"Na '{stand.label}' kan alleen {then} volgen, niet '{after.label}'."
