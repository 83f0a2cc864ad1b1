"""The coarse groups in which answers may be told apart: never of fewer than ten invited people."""

from collections import Counter
from collections.abc import Iterable

from surveys.models import Audience
from surveys.models.rounds import SMALLEST_GROUP

from .who import CLOSED, RUNNING, Candidate

# From fine to coarse. A step is taken for both at once when one of the two is too small.
PARENT_RUNNING, PARENT_CLOSED = "parent_running", "parent_closed"
LABELS = {
    PARENT_RUNNING: "Ouders, traject loopt",
    PARENT_CLOSED: "Ouders, traject afgesloten",
    "parent": "Ouders",
    "child": "Kinderen van 12 tot 18 jaar",
    "young": "Jongeren vanaf 18 jaar",
    "children": "Kinderen en jongeren",
    "everybody": "Iedereen",
}
STEPS = (((PARENT_RUNNING, PARENT_CLOSED), "parent"), (("child", "young"), "children"))


class TooFew(Exception):
    """Fewer than ten people in all: then nothing can be told without telling of someone."""


def fine_group(one: Candidate) -> str:
    if one.audience != Audience.PARENT:
        return one.audience
    return {RUNNING: PARENT_RUNNING, CLOSED: PARENT_CLOSED}[one.standing]


def coarse_groups(chosen: Iterable[Candidate]) -> dict[str, str]:
    """Of each fine group the coarse one that it belongs to. Raises TooFew."""
    many = Counter(fine_group(one) for one in chosen)
    if sum(many.values()) < SMALLEST_GROUP:
        raise TooFew
    belongs = {fine: fine for fine in many}
    for fine, coarse in STEPS:
        if any(0 < many[one] < SMALLEST_GROUP for one in fine):
            belongs |= {one: coarse for one in fine if one in many}
    sizes: Counter[str] = Counter()
    for fine, coarse in belongs.items():
        sizes[coarse] += many[fine]
    if min(sizes.values()) < SMALLEST_GROUP:
        return dict.fromkeys(many, "everybody")
    return belongs
