"""What strikes a process of the mailing: by rule, each kind once; or by chance, so often in all.

Worker and mail server read it from two variables and write down every strike, in a file that no
kill takes along.
"""

import json
import os
import random
from collections import Counter
from pathlib import Path

FOLDER, CHANCES = "TEST_FATE", "TEST_CHANCES"


class Fate:
    """Of one process; a child that is forked from it takes another course."""

    def __init__(self) -> None:
        self.folder = Path(os.environ[FOLDER])
        self.chances: dict[str, float] = json.loads(os.environ[CHANCES])
        self._pid, self._chance = 0, random.Random()

    def strikes(self, kind: str) -> bool:
        if not (self._by_rule(kind) or self._by_chance(kind)):
            return False
        with open(self.folder / "struck", "a") as struck:
            struck.write(f"{kind}\n")
        return True

    def _by_rule(self, kind: str) -> bool:
        try:
            (self.folder / f"once {kind}").unlink()
        except FileNotFoundError:
            return False
        return True

    def _by_chance(self, kind: str) -> bool:
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._chance.seed(f"{os.environ['TEST_SEED']} {self._pid}")
        return self._chance.random() < self.chances.get(kind, 0)


def decree(folder: Path, kinds: tuple[str, ...]) -> None:
    """Each of these strikes once, at the first occasion."""
    for kind in kinds:
        (folder / f"once {kind}").touch()


def struck(folder: Path) -> Counter[str]:
    path = folder / "struck"
    return Counter(path.read_text().splitlines() if path.exists() else [])
