"""Going on after an older backup was put back: the heads know lines that the log has lost.

Nothing is hidden: the old heads stay beside the new file, the new file begins by saying why, and
the log itself gets a line that names the last head there was.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.access_log.heads import Head, HeadsError, read_heads, stands
from accounts.access_log.writing import note
from accounts.models import AccessLine

PURPOSE = "Herstel na een reservekopie"


def begin_heads_anew(*, reason: str, path: Path | None = None) -> Path:
    """Put the file of heads aside and begin a new one, for `keep_head` to go on with. Returns
    where the old one stands.

    Raises HeadsError, in Dutch, when there is no reason, no file, or when the heads fit the log:
    then nothing was put back, and beginning anew would only hide something.
    """
    path = path or Path(settings.ACCESS_LOG_HEADS)
    if not reason.strip():
        raise HeadsError("Zeg waarom: welke reservekopie is teruggezet, wanneer en door wie.")
    last = _last_head(path)
    if last is None or stands(last):
        raise HeadsError(
            f"De koppen passen bij het leeslogboek, tot en met regel {_number(last)}. Er is niets "
            "om opnieuw te beginnen."
        )
    aside = path.with_name(f"{path.stem}-tot-{last.at:%Y%m%dT%H%M%S}{path.suffix}")
    if aside.exists():
        raise HeadsError(f"Er staat al een bestand {aside.name}. Zet dat eerst ergens anders.")
    with transaction.atomic():
        note(
            actor=None,
            action=AccessLine.Action.CHANGE,
            object_type="leeslogboek",
            part=f"hervat na een reservekopie; de laatste kop noemde regel {last.number}",
            ground=AccessLine.Ground.DUTY,
            purpose=PURPOSE,
        )
    os.replace(path, aside)
    _say_why(path, aside, last, reason.strip())
    return aside


def _last_head(path: Path) -> Head | None:
    """The last head that is still in its place, also of a file that was tampered with."""
    last = None
    try:
        with read_heads(path) as heads:
            for last in heads:  # noqa: B007  the last one is wanted
                pass
    except HeadsError:
        if not path.exists():
            raise
    return last


def _say_why(path: Path, aside: Path, last: Head, reason: str) -> None:
    """The first line of the new file is no head: whoever reads heads passes over it."""
    told = {
        "begun_anew": True,
        "reason": reason,
        "previous_file": aside.name,
        "previous_number": last.number,
        "previous_chain": last.chain,
    }
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _number(last: Head | None) -> int:
    return last.number if last else 0
