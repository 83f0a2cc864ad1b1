"""The questions that stand ready, in every language we wrote: what a new round begins with.

They become rows of that round; from then on staff change those, and not these files.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ORDER = ("nl", "en", "tr", "ar", "pap")


@cache
def questions() -> list[dict[str, Any]]:
    """The fields of each question, in order."""
    return json.loads((FOLDER / "questions.json").read_text("utf-8"))


@cache
def languages() -> dict[str, dict[str, Any]]:
    """By code: `name`, `right_to_left`, `to_be_checked` and `texts`; of each part the words for
    everybody, or by audience ('' is everybody else)."""
    return {code: json.loads((FOLDER / f"{code}.json").read_text("utf-8")) for code in ORDER}


def words_of(said: str | dict[str, str]) -> dict[str, str]:
    """By audience."""
    return {"": said} if isinstance(said, str) else said
