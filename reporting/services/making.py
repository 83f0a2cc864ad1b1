"""Making the files of a draw or an edition: each a row that a worker claims (services.working)."""

import hashlib
import json
import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string

from accounts.roles import VIEW_REPORTS, may
from reporting.appendix import appendix
from reporting.documents import FORMS, Source
from reporting.documents.rows import FigureRow
from reporting.documents.source import QUOTED
from reporting.models import Edition, ReportFile, ReportRun

from . import working
from .saying import hidden_in, may_still_approve, paragraphs, quoted_in

log = logging.getLogger(__name__)
State = ReportFile.State
FRAGMENT = "fragment"  # the page of an edition, as it stands within the site
AT_ONCE = ("csv", "json")  # of a draw: made in milliseconds, while one asks
BY_A_WORKER = tuple(extension for extension in FORMS if extension not in AT_ONCE)
OF_AN_EDITION = (*FORMS, FRAGMENT)


def ask_for_files(*, run: ReportRun, by: Any) -> list[ReportFile]:
    """All forms of a draw that aren't there yet; what failed is tried anew. Asking twice gives
    each once."""
    return _ask(ReportFile.objects.filter(run=run, edition=None), BY_A_WORKER, run=run, by=by)


def ask_for_files_of(edition: Edition, *, by: Any) -> list[ReportFile]:
    """All forms of an edition that was approved."""
    standing = ReportFile.objects.filter(edition=edition)
    return _ask(standing, OF_AN_EDITION, run=edition.run, edition=edition, by=by)


def claim_file(file_id: uuid.UUID | str) -> ReportFile | None:
    """Make the file ours to make. None: someone else has it, or it failed here (T9, T27)."""
    return working.claim_row(ReportFile, file_id, refusal=_refusal)


def make(file: ReportFile) -> None:
    """Make a claimed file and keep it whole. Safe to do twice: it says the same."""
    try:
        with working.signs_of_life(file):
            source = source_of(file.edition) if file.edition else source_of_run(file.run)
            content = make_form(file.extension, source)
    except Exception:
        log.exception("Bestand %s mislukt", file.pk)
        working.fail(
            file, "Het bestand kon niet worden gemaakt. De beheerder kan het in het logboek zien."
        )
        raise
    working.ours(file).update(
        state=State.DONE, content=content, made_of=made_of(source), finished_at=Now()
    )


def files_waiting() -> list[uuid.UUID]:
    """Files that nobody works on: waiting, or left behind by a worker that died."""
    return list(working.nobody_works_on(ReportFile).values_list("pk", flat=True))


def make_form(extension: str, source: Source) -> bytes:
    """The bytes of one form. The fragment has no addresses in it, so that it stays true."""
    if extension != FRAGMENT:
        return FORMS[extension].make(source)
    context = {"source": source, "page": source.page}
    return render_to_string("reporting/_edition_body.html", context).encode()


def source_of(edition: Edition) -> Source:
    """What every form of an edition is made of, as the public may see it."""
    hidden = frozenset(hidden_in(edition).choices)
    return Source(
        edition.run.figures,
        edition.run.dates,
        hidden=hidden,
        title=edition.title,
        texts=paragraphs(edition, hidden),
        quoted=tuple(_quoted(*each) for each in sorted(quoted_in(edition).items())),
        number=edition.number,
        correction=edition.correction,
        described=True,
        appendix=appendix(edition.run.dates, hidden),
    )


def _quoted(key: str, one: Mapping[str, Any]) -> FigureRow:
    """A figure of a survey as a row. An edition of before this stood in files has no words of its
    own for what it is: its source says it."""
    what, unit = one.get("what", ""), one.get("unit", "")
    return FigureRow(key, QUOTED, what, "", unit, one["value"], one["source"], "")


def source_of_run(run: ReportRun) -> Source:
    """All figures of a draw, for who may see them."""
    return Source(run.figures, run.dates, described=True)


def made_of(source: Source) -> str:
    """The SHA-256 of everything that a form says, and of the program that says it."""
    said = {
        "version": settings.VERSION,
        "figures": source.public,
        "hidden": sorted(source.hidden),
        "dates": [source.dates.period_start, source.dates.reference_date, source.dates.known_on],
        "words": [source.title, source.number, source.correction, source.texts],
        "quoted": [asdict(one) for one in source.quoted],
        "appendix": [asdict(listing) for listing in source.appendix],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def _ask(standing: Any, extensions: Iterable[str], **fields: Any) -> list[ReportFile]:
    by = fields.pop("by")
    for extension in extensions:
        # On conflict nothing: two who ask at once are asking for the same files.
        ReportFile.objects.bulk_create(
            [ReportFile(extension=extension, requested_by=by, **fields)], ignore_conflicts=True
        )
    again = {"attempts": 0, "owner": None, "error": "", "finished_at": None}
    standing.filter(state=State.FAILED).update(state=State.WAITING, requested_by=by, **again)
    waiting = list(standing.filter(state=State.WAITING).defer("content"))
    transaction.on_commit(lambda: wake_makers(waiting))
    return waiting


def wake_makers(files: Iterable[ReportFile]) -> None:
    for file in files:
        working.wake("reporting.tasks.make_file", file)


def _refusal(file: ReportFile) -> str:
    """Asked again when it is made, which may be long after it was asked for."""
    if file.edition:
        allowed = file.edition.state == Edition.State.APPROVED and may_still_approve(file.edition)
        return "" if allowed else "Deze editie is niet meer goedgekeurd."
    if file.requested_by and not may(file.requested_by, VIEW_REPORTS):
        return "Wie dit bestand vroeg, mag geen cijfers meer zien."
    return ""
