"""The words of a round: changing them, adding a language, and what is still missing."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from surveys.choosing.who import asked_of
from surveys.models import Language, Round, Text
from surveys.parts import FIRST_LANGUAGE, Part, parts_of

STALE = "Iemand anders paste deze teksten intussen aan. Wat er nu staat, lees je bij elk veld."
STARTED = "started"
A_NAME = re.compile(r"\{[^{}]*\}")


def change_texts(
    *,
    round: Round,
    language: Language,
    audience: str,
    words: dict[Part, str],
    by: Any,
    seen: str | None = None,
) -> int:
    """Write the words of these parts; empty words take the row away. How many changed. `seen`: the
    version that the writer looked at, if any.

    Raises ValidationError by part key; when the round has started meanwhile; or ('stale') when
    someone else changed these words since.
    """
    faults = {part.key: fault for part, body in words.items() if (fault := refusal(part, body))}
    if faults:
        raise ValidationError(faults)
    with transaction.atomic():
        locked_draft(round)
        if seen not in (None, version_of(round, language.code, audience)):
            raise ValidationError(STALE, code="stale")
        rows = Text.objects.filter(round=round, language=language.code, audience=audience)
        stand = {row.part: row for row in rows}
        return sum(
            _write(stand.get(part.key), round, language, audience, part, body.strip(), by)
            for part, body in words.items()
        )


def version_of(round: Round, language: str, audience: str) -> str:
    """Another after every change of these words."""
    rows = Text.history.filter(round_id=round.pk, language=language, audience=audience)
    last = rows.order_by("-history_id").values_list("history_id", flat=True).first()
    return str(last or 0)


def _write(
    row: Text | None,
    round: Round,
    language: Language,
    audience: str,
    part: Part,
    body: str,
    by: Any,
) -> bool:
    if (row.body if row else "") == body:
        return False
    row = row or Text(round=round, part=part.key, audience=audience, language=language.code)
    row._history_user, row._change_reason = by, None
    if not body:
        row.delete()
        return True
    row.body = body
    row.full_clean(validate_unique=False)
    row.save()
    return True


def refusal(part: Part, body: str) -> str:
    """Why these can't be the words of that part, in Dutch; '' when they can."""
    body = body.strip()
    if not body:
        return ""
    named = set(A_NAME.findall(body))
    if missing := part.must - named:
        return f"Hier hoort {' en '.join(sorted(missing))} in te staan."
    if strange := named - part.may:
        may = f" Wel: {', '.join(sorted(part.may))}." if part.may else ""
        return f"{sorted(strange)[0]} kan hier niet staan.{may}"
    if not part.has_lines and len(body.splitlines()) > 1:  # whatever kind of new line
        return "Schrijf dit op één regel."
    return ""


def add_language(*, round: Round, code: str, name: str, right_to_left: bool, by: Any) -> Language:
    """An empty one: its words are written next. Raises ValidationError."""
    with transaction.atomic():
        locked_draft(round)
        language = Language(
            round=round, code=code, name=name, right_to_left=right_to_left, position=99
        )
        language._history_user = by
        language.full_clean()
        language.save()
    return language


def mark_checked(*, round: Round, language: Language, checked: bool, by: Any) -> None:
    """A translator looked at it, or must look again."""
    with transaction.atomic():
        locked_draft(round)
        language.to_be_checked, language._history_user = not checked, by
        language.save(update_fields=["to_be_checked"])


def drop_language(*, round: Round, language: Language, by: Any) -> None:
    """Without this language. Dutch stays: it is the language of the mail."""
    if language.code == FIRST_LANGUAGE:
        raise ValidationError("Nederlands blijft: daarin is de mail geschreven.")
    with transaction.atomic():
        locked_draft(round)
        for text in Text.objects.filter(round=round, language=language.code):
            text._history_user = by
            text.delete()
        language._history_user = by
        language.delete()


def missing_texts(round: Round) -> list[tuple[Language, list[str]]]:
    """Of each language that isn't complete, what is missing."""
    there = set(round.texts.values_list("language", "part", "audience"))
    questions, audiences = list(round.questions.all()), asked_of(round)
    found = []
    for language in round.languages.all():
        gaps = [
            part.label
            for part in parts_of(questions, language.code)
            if (language.code, part.key, "") not in there
            and any((language.code, part.key, one) not in there for one in audiences)
        ]
        if gaps:
            found.append((language, gaps))
    return found


def locked_draft(round: Round) -> Round:
    """Whoever starts the round waits. Raises ValidationError when someone did already."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not locked.is_draft:
        raise ValidationError("Deze ronde is gestart en verandert niet meer.", code=STARTED)
    return locked
