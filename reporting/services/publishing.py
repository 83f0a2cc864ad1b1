"""Publishing an approved edition, once all its files are made (services.making): everything is
frozen in one transaction, or nothing is.

A worker that dies half-way leaves the edition approved; the sweep finds it. Two workers at once:
the second finds the row locked and leaves it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import transaction

from facts.dates import Dates
from reporting.figures import REPORT, Number, count, records
from reporting.models import CountedIds, Edition, EditionFile
from reporting.models.work import Work
from reporting.presenting.explain import Explainer

from .editions import take_back_approval
from .making import FRAGMENT, OF_AN_EDITION, made_of, source_of
from .running import as_json
from .saying import hidden_in, may_still_approve, obstacles, quoted_in

__all__ = ["FRAGMENT", "canonical", "digest_of", "publish", "waiting_to_be_published"]


def waiting_to_be_published() -> list[UUID]:
    return list(Edition.objects.filter(state=Edition.State.APPROVED).values_list("pk", flat=True))


@transaction.atomic
def publish(edition_id: UUID | str) -> Edition | None:
    """None: it is published already, someone else is at it, files are still being made, or it has
    to be approved anew because who did may no longer. Raises RuntimeError when the figures can't
    be drawn again as they were approved: then something is wrong with the facts."""
    edition = (
        Edition.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("run", "period")
        .filter(pk=edition_id, state=Edition.State.APPROVED)
        .first()
    )
    if edition is None:
        return None
    if not may_still_approve(edition):
        return take_back_approval(edition)
    source = source_of(edition)
    if not _all_made(edition, made_of(source)):
        return None
    figures, dates = edition.run.figures, edition.run.dates
    if as_json(count(REPORT, dates)) != figures:
        raise RuntimeError(f"Editie {edition.pk}: opnieuw berekend komen er andere cijfers uit.")
    if found := obstacles(edition):
        raise RuntimeError(f"Editie {edition.pk}: {found[0]}")
    _keep_files(edition)
    _keep_ids(edition, figures, dates)
    choices = hidden_in(edition).choices
    edition.quoted = quoted_in(edition)
    edition.figures, edition.digest = figures, digest_of(figures, dates, edition.quoted)
    edition.hidden = {key: {"why": one.why, "reason": one.reason} for key, one in choices.items()}
    edition.rules = _rules(figures, dates)
    edition.code_version = settings.VERSION
    edition.state, edition.published_at = Edition.State.PUBLISHED, TransactionNow()
    edition._history_user, edition._change_reason = edition.approved_by, "Gepubliceerd"
    edition.save()
    return edition


def _all_made(edition: Edition, now: str) -> bool:
    """Whether every form is there, made of what the edition says `now`: what isn't (another edition
    was published meanwhile, and hides otherwise) is made anew."""
    files = edition.files_in_the_making
    stale = files.filter(state=Work.State.DONE).exclude(made_of=now)
    if stale.update(state=Work.State.WAITING, content=None, finished_at=None, attempts=0):
        return False
    made = files.filter(state=Work.State.DONE).values_list("extension", flat=True)
    return set(made) == set(OF_AN_EDITION)


def canonical(
    figures: dict[str, Number], dates: Dates, quoted: Mapping[str, dict[str, Any]] | None = None
) -> bytes:
    """The exact figures, and what was quoted of surveys if anything was, as bytes that are always
    the same: keys in order, no spaces."""
    said: dict[str, Any] = {
        "period_start": dates.period_start.isoformat(),
        "reference_date": dates.reference_date.isoformat(),
        "known_on": dates.known_on.isoformat(),
        "figures": figures,
    }
    if quoted:
        said["quoted"] = quoted
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(
    figures: dict[str, Number], dates: Dates, quoted: Mapping[str, dict[str, Any]] | None = None
) -> str:
    return hashlib.sha256(canonical(figures, dates, quoted)).hexdigest()


def _keep_files(edition: Edition) -> None:
    """From where they were made to where nothing can change them."""
    made = edition.files_in_the_making
    EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition,
            extension=file.extension,
            content=file.content,
            sha256=hashlib.sha256(file.content).hexdigest(),
        )
        for file in made.all()
    )
    made.all().delete()


def _keep_ids(edition: Edition, figures: dict[str, Number], dates: Dates) -> None:
    """What stands behind each figure, as it was counted."""
    CountedIds.objects.bulk_create(
        CountedIds(edition=edition, key=key, ids=sorted(map(str, records(REPORT, key, dates))))
        for key in figures
        if REPORT.find(key) is not None
    )


def _rules(figures: dict[str, Number], dates: Dates) -> dict[str, list]:
    explainer = Explainer(REPORT, figures, dates)
    return {figure.key: explainer.definition(figure).lines for figure in REPORT}
