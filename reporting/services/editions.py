"""Making an edition: draw, explain, decide what is hidden, offer, and let someone else approve.

Each verb locks the edition: two people at once can't both win. Raises ValidationError, in Dutch.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.roles import APPROVE_EDITIONS, may
from reporting.documents import AFTERWARDS, INTRODUCTION
from reporting.figures import REPORT
from reporting.models import Edition, EditionDecision, EditionText, Period
from surveys.door import may_read_report

from .making import ask_for_files_of
from .running import request_run
from .saying import (
    hidden_in,
    may_still_approve,
    obstacles,
    paragraphs,
    survey_keys,
    wrong_references,
)

__all__ = [
    "PARTS",
    "approve",
    "begin_edition",
    "decide",
    "draw_again",
    "files_again",
    "hidden_in",
    "may_still_approve",
    "obstacles",
    "offer",
    "paragraphs",
    "send_back",
    "take_back_approval",
    "undecide",
    "write_text",
]
State = Edition.State
CHAPTERS = {one.slug: one.title for one in REPORT.chapters}
PARTS = {INTRODUCTION: "Inleiding"} | CHAPTERS | AFTERWARDS


@transaction.atomic
def begin_edition(
    *, period: Period, by: Any, correction: str = "", known_on: datetime | None = None
) -> Edition:
    """A new draft, with figures on the way, as known now or at `known_on`.

    After a published one it is a correction, and says what changed; its texts begin as those of
    the edition before.
    """
    Period.objects.select_for_update().get(pk=period.pk)
    before = period.editions.order_by("-number").first()
    if before is not None and before.state != State.PUBLISHED:
        raise ValidationError("Voor deze periode is al een editie in de maak.", code="making")
    if before is not None and not correction.strip():
        raise ValidationError(
            "Deze periode is al gepubliceerd. Schrijf op wat er wordt hersteld.", code="correction"
        )
    number = before.number + 1 if before else 1
    edition = Edition(
        period=period,
        number=number,
        slug=f"{period.last_day:%Y-%m}" + (f"-{number}" if number > 1 else ""),
        title=f"Voortgangsrapportage {period.label}",
        correction=correction.strip(),
        begun_by=by,
    )
    _save(edition, by, "Editie begonnen")
    source = before or Edition.objects.filter(state=State.PUBLISHED).first()
    for text in source.texts.all() if source else ():
        _save(EditionText(edition=edition, part=text.part, body=text.body), by, "Overgenomen")
    return draw_again(edition_id=edition.pk, by=by, known_on=known_on)


@transaction.atomic
def draw_again(*, edition_id: UUID, by: Any, known_on: datetime | None = None) -> Edition:
    """Ask for the figures as they are known now, or were at `known_on`."""
    edition = _locked(edition_id, State.DRAFT)
    edition.run = request_run(
        period_start=edition.period.first_day,
        reference_date=edition.period.last_day,
        known_on=known_on,
        label=edition.title,
        by=by,
    )
    return _save(edition, by, "Cijfers berekend")


@transaction.atomic
def write_text(*, edition_id: UUID, part: str, body: str, instead_of: str, by: Any) -> EditionText:
    """Replace the text of a part, when it still says what the writer saw (`instead_of`)."""
    edition = _locked(edition_id, State.DRAFT)
    if part not in PARTS:
        raise ValidationError("Dit onderdeel bestaat niet.", code="part")
    text = edition.texts.filter(part=part).first() or EditionText(edition=edition, part=part)
    if text.body != instead_of:
        raise ValidationError(
            "Iemand anders heeft deze tekst intussen gewijzigd. Vergelijk beide hieronder.",
            code="stale",
        )
    if survey_keys(body) - survey_keys(text.body) and not may_read_report(by):
        raise ValidationError(
            "Wie gezinnen begeleidt, ziet geen cijfers van een enquête en haalt ze niet aan.",
            code="survey",
        )
    for sentence in wrong_references(edition, body):
        raise ValidationError(sentence, code="reference")
    text.body = body.strip()
    return _save(text, by, "Tekst geschreven")


@transaction.atomic
def decide(*, edition_id: UUID, key: str, shown: bool, reason: str, by: Any) -> EditionDecision:
    """Show a number though it is small, or hide one though it isn't; with a reason."""
    edition = _locked(edition_id, State.DRAFT)
    if REPORT.find(key) is None:
        raise ValidationError("Dit cijfer bestaat niet.", code="key")
    if not reason.strip():
        raise ValidationError("Geef een reden: een ander moet dit kunnen volgen.", code="reason")
    found = edition.decisions.filter(key=key).first() or EditionDecision(edition=edition, key=key)
    found.shown, found.reason, found.decided_by = shown, reason.strip(), by
    return _save(found, by, reason)


@transaction.atomic
def undecide(*, edition_id: UUID, key: str, by: Any) -> None:
    """Back to what the rules say."""
    edition = _locked(edition_id, State.DRAFT)
    for found in edition.decisions.filter(key=key):
        found._history_user, found._change_reason = by, "Besluit teruggenomen"
        found.delete()


@transaction.atomic
def offer(*, edition_id: UUID, by: Any) -> Edition:
    """Done writing: someone else may look at it."""
    edition = _locked(edition_id, State.DRAFT)
    if found := obstacles(edition):
        raise ValidationError(found, code="obstacles")
    edition.state, edition.offered_by, edition.offered_at = State.OFFERED, by, TransactionNow()
    return _save(edition, by, "Aangeboden")


@transaction.atomic
def send_back(*, edition_id: UUID, by: Any, reason: str) -> Edition:
    edition = _locked(edition_id, State.OFFERED)
    if not reason.strip():
        raise ValidationError("Schrijf erbij wat er nog moet gebeuren.", code="reason")
    edition.state = State.DRAFT
    return _save(edition, by, reason.strip())


@transaction.atomic
def approve(*, edition_id: UUID, by: Any) -> Edition:
    """By someone else than who offered it. Workers then make its files (services.making), and the
    last of them publishes it (services.publishing)."""
    edition = _locked(edition_id, State.OFFERED)
    if not may(by, APPROVE_EDITIONS):
        raise ValidationError("Je rol mag geen editie goedkeuren.", code="role")
    if edition.offered_by_id == by.pk:
        raise ValidationError("Wie de editie aanbood, keurt haar niet zelf goed.", code="same")
    if found := obstacles(edition):
        raise ValidationError(found, code="obstacles")
    edition.state, edition.approved_by, edition.approved_at = State.APPROVED, by, TransactionNow()
    _save(edition, by, "Goedgekeurd")
    ask_for_files_of(edition, by=by)
    return edition


@transaction.atomic
def files_again(*, edition_id: UUID, by: Any) -> None:
    """Try once more what failed, of an edition that was approved."""
    ask_for_files_of(_locked(edition_id, State.APPROVED), by=by)


def take_back_approval(edition: Edition) -> None:
    """It waits for somebody else to approve it."""
    edition.files_in_the_making.all().delete()
    edition.state, edition.approved_by, edition.approved_at = State.OFFERED, None, None
    _save(edition, None, "Goedkeuring vervallen: wie haar gaf, mag dat niet meer")


def _locked(edition_id: UUID, state: str) -> Edition:
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    if edition.state != state:
        raise ValidationError(
            f"Deze editie staat intussen op '{edition.get_state_display().lower()}'.", code="state"
        )
    return edition


def _save(row: Any, by: Any, reason: str) -> Any:
    row._history_user, row._change_reason = by, reason[:100]
    by_the_database = [
        field.name
        for field in row._meta.fields
        if hasattr(getattr(row, field.attname), "resolve_expression")
    ]
    row.full_clean(exclude=by_the_database)
    row.save()
    if by_the_database:
        row.refresh_from_db(fields=by_the_database)
    return row
