"""Drawing by lot: everything random comes from one seeded source."""

import random
import uuid
from bisect import bisect
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Shares(Generic[T]):
    """Outcomes and how often each occurs; the weights need not add up to anything."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.outcomes = tuple(weights)
        self.cumulative = tuple(accumulate(weights.values()))


class Chance(random.Random):
    def happens(self, share: float) -> bool:
        return self.random() < share

    def one_of(self, shares: Shares[T]) -> T:
        return shares.outcomes[bisect(shares.cumulative, self.random() * shares.cumulative[-1])]

    def several_of(self, shares: Shares[T], many: int) -> list[T]:
        """At most `many` different outcomes: one that is drawn again counts once."""
        return list(dict.fromkeys(self.one_of(shares) for _ in range(many)))

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included; `first` when there is none between."""
        return first + timedelta(int(self.random() * (max((last - first).days, 0) + 1)))

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.getrandbits(128), version=4))
