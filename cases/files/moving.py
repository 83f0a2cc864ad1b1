"""What a page says when a status is about to move: which moves, for whom, and what to think of."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.access import Need, visible_to
from cases.models import Registration, StatusChange
from cases.status import SUPPORTED, Status, moves_from
from facts.words import short_day

from .support import themes_of

# The names in an address.
SLUGS = {
    Status.NEVER_STARTED: "nooit-gestart",
    Status.RUNNING: "lopend",
    Status.CLOSED: "afgesloten",
    Status.REOPENED: "heropend",
}
TO = {slug: status for status, slug in SLUGS.items()}


@dataclass(frozen=True)
class Offer:
    """A button: `slug` stands in the address, `words` on it."""

    slug: str
    words: str


def offers_at(status: Status) -> list[Offer]:
    """The moves that may follow, and no others."""
    return [Offer(SLUGS[move.target], move.words) for move in moves_from(status)]


def needs_for(user: Any, registration_id: UUID) -> Need:
    """What a move asks of `user`: writing. Where nobody supports, yet or any more, nobody may
    write: then whoever may assign decides."""
    last = (
        StatusChange.objects.standing()
        .filter(registration=registration_id)
        .order_by("-happened_on", "-status")
        .first()
    )
    if last is not None and last.status in SUPPORTED:
        return Need.WRITE
    writes = visible_to(user, Need.WRITE).filter(registration=registration_id).exists()
    return Need.WRITE if writes else Need.ASSIGN


def results_missing(registration: Registration) -> list[str]:
    """The themes in which something was asked or done, and no result is written down."""
    family = registration.intakes.standing().select_related("family").get().family
    return [theme.label for theme in themes_of(family) if not theme.results]


def check_in_words(registration: Registration) -> str:
    """Gedupeerd: ja. Uithuisplaatsing: ja. Op 3 mei 2024, door Fatima. Empty: not done yet."""
    check = registration.checks.standing().select_related("recorded_by").first()
    if check is None:
        return ""
    by = f", door {check.recorded_by.name}" if check.recorded_by else ""
    return (
        f"Gedupeerd: {check.get_affected_display().lower()}. "
        f"Uithuisplaatsing: {check.get_placement_display().lower()}. "
        f"Op {short_day(check.happened_on)}{by}."
    )
