"""What workers are woken up for. Ids in, one call, nothing else."""

from celery import shared_task

from reporting.services.comparing import comparisons_waiting, work_on_comparison
from reporting.services.publishing import publish, waiting_to_be_published
from reporting.services.running import claim, waiting_for_work, work_on


@shared_task
def work_on_run(run_id: str) -> None:
    run = claim(run_id)
    if run is not None:
        work_on(run)


@shared_task(expires=15)
def sweep() -> None:
    """Pick up what nobody works on. In this process: the broker may just have lost everything."""
    for run_id in waiting_for_work():
        work_on_run(str(run_id))
    for edition_id in waiting_to_be_published():
        publish_edition(str(edition_id))
    for comparison_id in comparisons_waiting():
        compare_runs(str(comparison_id))


@shared_task
def publish_edition(edition_id: str) -> None:
    publish(edition_id)


@shared_task
def compare_runs(comparison_id: str) -> None:
    work_on_comparison(comparison_id)
