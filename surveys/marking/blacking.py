"""Blacking out: what was there is gone, and how long it was too."""

import re
from collections.abc import Collection

from .pieces import take_apart

BLACK = "▇▇▇"
ENDS = re.compile(r"[\n()\[\]!?…]")  # between two spots: they stay two


def black_out(text: str, places: Collection[int]) -> str:
    """`text` with the words at these places gone. Words that follow each other become
    one black spot, so that it doesn't tell how many there were."""
    said: list[str] = []
    between = ""
    for piece in take_apart(text):
        if piece.place is None:
            between = piece.text
            continue
        black = piece.place in places
        goes_on = black and said[-1:] == [BLACK] and not ENDS.search(between)
        if not goes_on:
            said += [between, BLACK if black else piece.text]
        between = ""
    return "".join([*said, between])
