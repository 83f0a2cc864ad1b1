"""What workers are woken up for. Ids in, one call, nothing else."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from celery import shared_task
from django.utils import timezone

from reporting.services.comparing import comparisons_waiting, work_on_comparison
from reporting.services.heartbeats import Part, beat
from reporting.services.making import claim_file, files_waiting, make
from reporting.services.publishing import publish, waiting_to_be_published
from reporting.services.running import claim, waiting_for_work, work_on
from reporting.services.scheduling import begin_what_is_due
from reporting.services.today import draw_once_a_day

log = logging.getLogger(__name__)


@shared_task
def work_on_run(run_id: str) -> None:
    run = claim(run_id)
    if run is not None:
        work_on(run)


@shared_task
def make_file(file_id: str) -> None:
    """The last one of an edition publishes it."""
    file = claim_file(file_id)
    if file is not None:
        make(file)
        if file.edition_id:
            publish(file.edition_id)


@shared_task(expires=60)
def pulse() -> None:
    """A message came all the way from the clock through the broker."""
    beat(Part.BROKER)


@shared_task
def begin_editions() -> None:
    """Asked every hour, so that a clock that lay still catches up by itself (T80)."""
    begin_what_is_due(timezone.localdate())


@shared_task(expires=15)
def sweep() -> None:
    """Pick up what nobody works on. In this process: the broker may just have lost everything."""
    _each(work_on_run, waiting_for_work())
    _each(make_file, files_waiting())
    _each(publish_edition, waiting_to_be_published())
    _each(compare_runs, comparisons_waiting())


@shared_task
def publish_edition(edition_id: str) -> None:
    publish(edition_id)


@shared_task
def compare_runs(comparison_id: str) -> None:
    work_on_comparison(comparison_id)


@shared_task(expires=3600)
def draw_today() -> None:
    draw_once_a_day()


def _each(work: Callable[[str], Any], ids: Iterable[Any]) -> None:
    """One that fails holds up no other (T79): it says so in the log, and in its row."""
    for one in ids:
        try:
            work(str(one))
        except Exception:
            log.exception("De veger kon %s niet afmaken", one)
