"""What has to be done: the list, planning, changing, finishing and taking that back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.typed import Typed, typed_in
from cases.access import Need
from cases.caseload.mine import cases_of
from cases.caseload.tasks import colleagues_for, lately_done, tasks_of
from cases.door import get_registration_for, must, note_list
from cases.forms.tasks import TaskForm
from cases.models import Registration, Task
from cases.scope import Scope
from cases.services.editing import STALE, version_of
from cases.services.tasks import change_task, finish_task, plan_task, reopen_task
from facts.words import short_day

PART = "taken"


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Mine, the first due on top."""
    must(request, "cases.support_families", what="taken")
    today = timezone.localdate()
    scope = Scope.of(request.user)
    to_do = tasks_of(scope, cases_of(scope), today)
    done = lately_done(scope, today)
    note_list(request, {one.family_id for one in [*to_do, *done]}, part=PART, scope=scope)
    return render(request, "cases/tasks.html", {"tasks": to_do, "done": done, "back": "taken"})


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """A task for one registration."""
    registration = get_registration_for(request, registration_id, needs=Need.WRITE, part=PART)
    typed = typed_in(request, "taak", about=registration)
    form = _form(typed, registration, {})
    if typed.sent and form.is_valid():
        try:
            plan_task(registration=registration, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De taak staat erbij.")
            return typed.saved(_to_file(registration))
    return _shown(typed, registration, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Another title, day or colleague."""
    task, registration = _opened(request, task_id)
    stands = {
        "title": task.title,
        "due_on": task.due_on,
        "remind_on": task.remind_on,
        "owner": task.owner_id or "",
        "version": version_of(task),
    }
    typed = typed_in(request, "taak", about=task)
    form = _form(typed, registration, stands)
    if typed.sent and form.is_valid():
        try:
            change_task(task=task, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            if getattr(error, "code", "") == STALE:
                task = _tell_what_stands(form, task)
            else:
                form.add_error(None, error)
        else:
            messages.success(request, "De taak is gewijzigd.")
            return typed.saved(_to_file(registration))
    return _shown(typed, registration, form, task)


def _tell_what_stands(form: TaskForm, task: Task) -> Task:
    """Someone else was first. Saved once more, the form says that it saw what stands now."""
    task = Task.objects.get(pk=task.pk)
    last = task.history.latest("history_id")
    who = last.history_user.name if last.history_user else "Iemand anders"
    form.add_error(
        None,
        f"{who} wijzigde deze taak intussen. Er staat nu: '{task.title}', uiterlijk "
        f"{short_day(task.due_on)}. Wat jij typte staat er nog. Moet dat blijven, leg het dan nog "
        "een keer vast.",
    )
    form.data = {**form.data.dict(), "version": last.history_id}
    return task


@require_POST
def finish(request: HttpRequest, task_id: UUID) -> HttpResponse:
    task, registration = _opened(request, task_id)
    finish_task(task=task, by=request.user)
    messages.success(request, f"Gedaan: {task.title}. Bij Taken kun je dit ongedaan maken.")
    return _back(request, registration)


@require_POST
def reopen(request: HttpRequest, task_id: UUID) -> HttpResponse:
    task, registration = _opened(request, task_id)
    reopen_task(task=task, by=request.user)
    messages.success(request, f"Staat weer open: {task.title}.")
    return _back(request, registration)


def _opened(request: HttpRequest, task_id: UUID) -> tuple[Task, Registration]:
    """Who got a task may do it where they can only read. What doesn't exist is refused as what
    isn't one's own."""
    task = Task.objects.filter(pk=task_id).first()
    given = task is not None and task.owner_id == request.user.pk
    registration = get_registration_for(
        request,
        task.registration_id if task else task_id,
        needs=Need.READ if given else Need.WRITE,
        part=PART,
    )
    if task is None:  # the number of a registration, and of no task
        raise Http404
    return task, registration


def _form(typed: Typed, registration: Registration, stands: dict[str, Any]) -> TaskForm:
    colleagues = colleagues_for(registration)
    return TaskForm(typed.data, initial=typed.initial(**stands), colleagues=colleagues)


def _shown(
    typed: Typed, registration: Registration, form: TaskForm, task: Task | None
) -> HttpResponse:
    family = registration.intakes.standing().select_related("family").get().family
    context = {"form": form, "typed": typed, "task": task}
    context |= {"registration": registration, "family": family}
    return render(typed.request, "cases/task.html", context)


def _to_file(registration: Registration) -> HttpResponse:
    return redirect("file", registration.intakes.standing().get().family_id)


def _back(request: HttpRequest, registration: Registration) -> HttpResponse:
    """To the list on which the button was."""
    page = {"vandaag": "today", "taken": "tasks"}.get(request.POST.get("back", ""))
    return redirect(page) if page else _to_file(registration)
