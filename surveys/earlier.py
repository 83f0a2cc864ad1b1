"""How words read before, and who changed them: from the history that every text keeps."""

from collections import defaultdict
from typing import NamedTuple

from facts.words import moment
from surveys.models import Round, Text

NOBODY = "het programma"  # who made the round by a command, or worked in the database itself
SHOWN = 20  # of one part, the newest first


class Wording(NamedTuple):
    """`body`: '' when the words were taken away."""

    at: str
    who: str
    body: str


def earlier_words(round: Round, language: str, audience: str) -> dict[str, list[Wording]]:
    """By part: every wording so far, the newest first. Of parts that nobody changed since the
    round was made: nothing. One query."""
    rows = Text.history.filter(round_id=round.pk, language=language, audience=audience)
    found: dict[str, list[Wording]] = defaultdict(list)
    touched = set()
    for part, kind, body, at, who, why in rows.order_by("-history_id").values_list(
        "part", "history_type", "body", "history_date", "history_user__name",
        "history_change_reason",
    ):  # fmt: skip
        found[part].append(Wording(moment(at), who or NOBODY, "" if kind == "-" else body))
        if kind != "+" or not why:  # with a reason: made with the round
            touched.add(part)
    return {part: found[part][:SHOWN] for part in touched}
