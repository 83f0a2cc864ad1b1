"""Editions that two people order one after the other, and what must be true of each in the end."""

import hashlib
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date

from django.db import OperationalError, close_old_connections, connection

from reporting.models import Edition, EditionFile, Period, ReportFile, ReportRun
from reporting.services import editions
from reporting.services.making import BY_A_WORKER, OF_AN_EDITION, ask_for_files
from reporting.services.running import request_run
from tests.cast import a_registration
from tests.reporting.runs import mirjam, rianne

REGISTRATIONS = 3
THRICE = "drie keer afgebroken"


class Orders:
    """`afresh`: how often work that was killed three times said so, and was asked for anew."""

    def __init__(self) -> None:
        self.writer, self.reader = rianne(), mirjam()
        for _ in range(REGISTRATIONS):
            a_registration()
        self.placed: list[tuple] = []  # the run that is exported, the edition that is published
        self.afresh = 0
        self.approved: set = set()

    def place(self) -> None:
        years, months = divmod(len(self.placed), 12)
        first = date(2000 + years, months + 1, 1)
        period = Period.objects.create(label=f"Periode {first}", first_day=first, last_day=first)
        run = request_run(
            period_start=first, reference_date=date.today(), known_on=None, label="Export",
            by=self.writer,
        )  # fmt: skip
        edition = editions.begin_edition(period=period, by=self.writer)
        self.placed.append((run.pk, edition.pk))

    def go_on(self) -> bool:
        """Take every order a step further where it waits for a person. True when all are done."""
        done = [self._export(run) & self._publish(edition) for run, edition in self.placed]
        return all(done)

    def _export(self, run_id) -> bool:
        run = ReportRun.objects.get(pk=run_id)
        if not self._drawn(run):
            return False
        ask_for_files(run=run, by=self.writer)  # asked again and again, and made once
        files = ReportFile.objects.filter(run=run, edition=None)
        return {file.state for file in files.defer("content")} == {ReportFile.State.DONE}

    def _publish(self, edition_id) -> bool:
        edition = Edition.objects.select_related("run").get(pk=edition_id)
        if edition.state == Edition.State.PUBLISHED:
            return True
        if edition.state == Edition.State.DRAFT and self._drawn(edition.run, edition):
            editions.offer(edition_id=edition.pk, by=self.writer)
        elif edition.state == Edition.State.OFFERED:
            editions.approve(edition_id=edition.pk, by=self.reader)
        elif edition.state == Edition.State.APPROVED:
            failed = edition.files_in_the_making.filter(state=ReportFile.State.FAILED)
            if failed.exists():
                assert all(THRICE in file.error for file in failed), [one.error for one in failed]
                self.afresh += 1
                editions.files_again(edition_id=edition.pk, by=self.writer)
        return False

    def _drawn(self, run: ReportRun, edition: Edition | None = None) -> bool:
        if run.state != ReportRun.State.FAILED:
            return run.state == ReportRun.State.DONE
        assert THRICE in run.error, run.error
        self.afresh += 1
        if edition:
            editions.draw_again(edition_id=edition.pk, by=self.writer)
        else:
            ReportRun.objects.filter(pk=run.pk).update(
                state=ReportRun.State.WAITING, attempts=0, owner=None, error="", finished_at=None
            )
        return False

    def unfinished(self) -> list[str]:
        """Where it stands, for who looks into a fault."""
        files = ReportFile.objects.exclude(state=ReportFile.State.DONE).defer("content")
        runs = ReportRun.objects.exclude(state=ReportRun.State.DONE)
        return [f"{one} poging {one.attempts}" for one in (*runs, *files)]

    def faults(self) -> list[str]:
        """What was lost, done twice or left half."""
        found = []
        for run_id, edition_id in self.placed:
            edition = Edition.objects.get(pk=edition_id)
            made = {file.extension: file for file in edition.files.all()}
            if sorted(made) != sorted(OF_AN_EDITION):
                found.append(f"{edition.slug}: bestanden {sorted(made)}")
            if ReportRun.objects.get(pk=run_id).figures["registrations.total"] != REGISTRATIONS:
                found.append(f"{run_id}: andere cijfers")
            published = edition.history.filter(state=Edition.State.PUBLISHED).count()
            if published != 1:
                found.append(f"{edition.slug}: {published} keer gepubliceerd")
            half = [extension for extension, file in made.items() if not _whole(file)]
            found += [f"{edition.slug}: half {extension}" for extension in half]
            exports = list(ReportFile.objects.filter(run_id=run_id, edition=None))
            if sorted(one.extension for one in exports) != sorted(BY_A_WORKER):
                found.append(f"export {run_id}: {[one.extension for one in exports]}")
            found += [f"export half: {one}" for one in exports if not _is_whole(one)]
        left = ReportFile.objects.filter(edition__isnull=False).count()
        return [*found, *([f"{left} bestanden bleven over"] if left else [])]


def _whole(file: EditionFile) -> bool:
    content = bytes(file.content)
    return file.sha256 == hashlib.sha256(content).hexdigest() and _is_whole(file)


def _is_whole(file: EditionFile | ReportFile) -> bool:
    content = bytes(file.content)
    if file.extension == "pdf":
        return content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    if content.startswith(b"PK"):
        return zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    return len(content) > 1000


def whatever_falls(work: Callable[[], bool], look: Callable[[], None], seconds: float) -> bool:
    """What `work` gives, tried until the database answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            return work()
        except OperationalError:
            connection.close()
            close_old_connections()
            if time.monotonic() > until:
                raise
            look()
            time.sleep(0.1)
