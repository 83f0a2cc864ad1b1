"""The lists that the rules look words up in: files beside this one, in plain text."""

from functools import cache
from pathlib import Path

from .pieces import folded

HERE = Path(__file__).parent


@cache
def words_in(name: str) -> frozenset[str]:
    """Of a file, or of the lines of small.txt that begin with this name."""
    if (HERE / f"{name}.txt").exists():
        return frozenset(word for line in _lines(name) for word in line.split())
    named = [line.split(": ", 1) for line in _lines("small")]
    return frozenset(word for key, words in named if key == name for word in words.split())


def _lines(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text().splitlines()
    return [folded(line) for line in lines if not line.startswith("#")]
