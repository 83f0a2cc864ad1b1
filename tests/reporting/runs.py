"""People who read reports, and draws in every state; the figures are the golden quarter's."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models.functions import Now

from accounts.models import User
from accounts.roles import PROCESS_SUPERVISOR, REPORTING_STAFF, TEAM_MANAGER, Role, sync_roles
from facts.dates import Dates, end_of_day
from reporting.models import ReportRun
from reporting.services.making import ask_for_files, claim_file, files_waiting, make

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "figures-2024-07.json"
FIGURES: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))["figures"]
MAY, JULY, KNOWN_ON = date(2024, 5, 1), date(2024, 7, 31), date(2024, 8, 5)
DATES = Dates.by_day(MAY, JULY, KNOWN_ON)
HTMX = {"HX-Request": "true"}
OWN_DATES = {"period": "", "period_start": "2024-05-01", "reference_date": "2024-07-31"}
PASSWORD = "een lange zin met spaties"
NOT_COLLECTED = pytest.mark.filterwarnings("ignore:No directory at")  # no static files in a test


def someone(email: str, name: str, role: Role | None) -> User:
    sync_roles()
    user = User.objects.create_user(email, PASSWORD, name=name, invited_at=Now())
    if role:
        user.groups.add(Group.objects.get(name=role.name))
    return user


def rianne() -> User:
    """She draws and reads the figures."""
    return someone("rianne@ot.example.org", "Rianne Rapport", REPORTING_STAFF)


def mirjam() -> User:
    """A team manager: nobody has more in the menu."""
    return someone("mirjam@ot.example.org", "Mirjam Manager", TEAM_MANAGER)


def fatima() -> User:
    """A process supervisor: she has no right to the figures."""
    return someone("fatima@ot.example.org", "Fatima Voorbeeld", PROCESS_SUPERVISOR)


def a_run(**fields: Any) -> ReportRun:
    fields = {"label": "Mei t/m juli 2024", "known_on": end_of_day(KNOWN_ON), **fields}
    return ReportRun.objects.create(period_start=MAY, reference_date=JULY, **fields)


def a_done_run(figures: dict[str, Any] = FIGURES, **fields: Any) -> ReportRun:
    return a_run(state="done", figures=figures, finished_at=Now(), code_version="0.1.0", **fields)


def with_files(run: ReportRun) -> ReportRun:
    """All its documents made, here."""
    for file in ask_for_files(run=run, by=None):
        make(claim_file(file.pk))
    return run


def make_all() -> None:
    """All files that wait, here."""
    for waiting in files_waiting():
        make(claim_file(waiting))


def a_running_run(**fields: Any) -> ReportRun:
    steps = {"steps_done": 4, "steps_total": 14, "step_label": "gezinnen"}
    return a_run(state="running", owner=uuid.uuid4(), heartbeat_at=Now(), **steps, **fields)


def a_failed_run(**fields: Any) -> ReportRun:
    return a_run(state="failed", error="De berekening is drie keer afgebroken.", **fields)
