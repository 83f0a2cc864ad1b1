"""Interrupts, at random moments and in random ways, and waits until the site is there again."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import F

from accounts.models import BrowserSession, User
from accounts.sessions import end_all_of
from tests.endure.interrupting.machine import Machine
from tests.endure.interrupting.typist import Typist, asked

LONGEST_PAUSE = 1.5  # seconds between two interruptions
IDLE = timedelta(minutes=20)


class Interrupter:
    def __init__(
        self, machine: Machine, typists: Sequence[Typist], by: User, seed: int, say: Callable
    ) -> None:
        self.machine, self.typists, self.by, self.say = machine, typists, by, say
        self.chance = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.ways: list[tuple[str, Callable[[], object], int]] = [
            ("werker gedood", lambda: machine.kill_a_worker(self.chance), 4),
            ("site gedood", machine.kill_the_site, 2),
            ("sessie beëindigd", self._end_a_session, 3),
            ("sessies verlopen", self._let_sessions_expire, 1),
            ("collega was eerst", self._be_first, 4),
            ("database gestopt", self._stop_the_database, 2),
        ]

    def go_on(self, many: int) -> None:
        """So many interruptions; each way at least once when there are enough."""
        names = [name for name, _, _ in self.ways]
        weights = [weight for _, _, weight in self.ways]
        first = self.chance.sample(names, k=min(len(names), many))
        ways = {name: way for name, way, _ in self.ways}
        for number in range(1, many + 1):
            time.sleep(self.chance.uniform(0.1, LONGEST_PAUSE))
            name = first.pop() if first else self.chance.choices(names, weights)[0]
            try:
                ways[name]()
                self.machine.wait_until_it_answers()
            except AssertionError as fault:
                self.wrong.append(f"{name}: {fault}")
                self.say(f"Fout: {self.wrong[-1]}")
            self.done[name] += 1
            if number % 50 == 0:
                faults = sum(len(one.wrong) for one in self.typists)
                self.say(f"{number} onderbrekingen, {faults} fout")

    def _end_a_session(self) -> None:
        asked(lambda: end_all_of(self.chance.choice(self.typists).user))

    def _let_sessions_expire(self) -> None:
        asked(lambda: BrowserSession.objects.update(seen_at=F("seen_at") - IDLE))

    def _be_first(self) -> None:
        """Changes what one of them has in front of them, if that is there already."""
        at_work = [one.story for one in self.typists if one.story and one.story.collides]
        if at_work:
            story = self.chance.choice(at_work)
            words = f"collega {self.chance.randrange(10**9)}"
            with suppress(ValidationError):  # the typist was first, this very moment
                asked(lambda: story.collides(self.by, words))

    def _stop_the_database(self) -> None:
        self.machine.stop_the_database(down=self.chance.uniform(0, 1))
