"""Planning what has to be done, finishing it, and taking that back."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.access import visible_to
from cases.models import Registration, Task
from cases.services.editing import STALE, version_of
from facts.dates import AMSTERDAM
from facts.recording import Recording, recording


def plan_task(
    *,
    registration: Registration,
    title: str,
    due_on: date,
    by: Any,
    remind_on: date | None = None,
    owner: User | None = None,
) -> Task:
    """`owner` None: it follows whoever supports the registration. Raises ValidationError."""
    task = Task(
        registration=registration,
        title=title,
        due_on=due_on,
        remind_on=remind_on,
        owner=owner,
        created_by=by,
    )
    with recording(by=by, reason="Taak gepland") as now:
        if due_on < now.at.astimezone(AMSTERDAM).date():
            raise ValidationError({"due_on": "Deze dag is al geweest. Kies een dag die nog komt."})
        task.created_at = now.at
        return _written(task, now)


def change_task(*, task: Task, by: Any, version: int | None = None, **changes: Any) -> Task:
    """Another title, day or owner. Raises ValidationError when it was done meanwhile, or ('stale')
    when someone else changed it after `version`."""
    with recording(by=by, reason="Taak gewijzigd") as now:
        task = _locked(task)
        if version is not None and version_of(task) != version:
            raise ValidationError("Iemand anders heeft dit intussen aangepast.", code=STALE)
        if task.done_at:
            raise ValidationError(f"Deze taak is al gedaan door {task.done_by}.", code="done")
        for name, value in changes.items():
            setattr(task, name, value)
        return _written(task, now)


def finish_task(*, task: Task, by: Any) -> Task:
    """Done once is done: who comes second changes nothing."""
    with recording(by=by, reason="Taak gedaan") as now:
        task = _locked(task)
        if task.done_at:
            return task
        task.done_at, task.done_by = now.at, by
        return _written(task, now)


def reopen_task(*, task: Task, by: Any) -> Task:
    """It wasn't done after all."""
    with recording(by=by, reason="Taak weer opengezet") as now:
        task = _locked(task)
        task.done_at = task.done_by = None
        return _written(task, now)


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update().get(pk=task.pk)


def _written(task: Task, now: Recording) -> Task:
    if task.remind_on and task.remind_on > task.due_on:
        raise ValidationError(
            {"remind_on": "De herinnering komt na de dag zelf. Kies een dag ervoor."}
        )
    if task.owner and not task.done_at:
        _refuse_who_may_not_see_it(task)
    task._history_user, task._change_reason = now.by, now.reason
    task.full_clean()
    task.save()
    return task


def _refuse_who_may_not_see_it(task: Task) -> None:
    if not visible_to(task.owner).filter(registration=task.registration_id).exists():
        raise ValidationError(
            {
                "owner": f"{task.owner} mag dit dossier niet zien. Kies een ander, of vraag de "
                "teammanager om het dossier te delen."
            }
        )
