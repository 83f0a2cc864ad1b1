"""The list of files against a bare page, in turns, in one process. Prints JSON.

A bare page: the same server, signed in, one query, the same number of rows through the same
template, without rights, log and history. The reader is an ordinary process supervisor who, with
the colleagues that she covers for, has at least a hundred files.

    python -m tests.bench.pages          (on a database made by generate_families)
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
django.setup()

from django.conf import settings  # noqa: E402  after Django is ready
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.functions import Now  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import PROCESS_SUPERVISOR, sync_roles  # noqa: E402
from cases.access import visible_to  # noqa: E402
from cases.files.listing import ROWS_A_PAGE, Asked  # noqa: E402
from cases.forms.finding import FindFiles  # noqa: E402
from cases.models import Cover, Intake, Registration  # noqa: E402
from cases.services import note  # noqa: E402
from facts.words import short_day  # noqa: E402
from ondersteuning.urls import urlpatterns as site  # noqa: E402

ROUNDS, WARMING_UP = 40, 5
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
BARE, LISTED = "/kaal/", "/gezinnen/"


def bare(request: HttpRequest) -> HttpResponse:
    """A hundred rows of one plain query through the template of the list."""
    intakes = Intake.objects.standing().order_by("registration__number")
    rows = [
        (family_id, number, family, number, number, short_day(day), family)
        for family_id, number, family, day in intakes.values_list(
            "family_id", "registration__number", "family__number", "happened_on"
        )[:ROWS_A_PAGE]
    ]
    form = FindFiles({})
    form.full_clean()
    return render(request, "cases/files.html", {"form": form, "rows": rows, "asked": Asked()})


urlpatterns = [path("kaal/", bare), *site]


def main() -> None:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECOND_FACTOR_SKIPPED_FOR = ("",)
    settings.STORAGES["staticfiles"] = {"BACKEND": PLAIN}  # without collecting them first
    client = Client()
    client.force_login(a_supervisor_with_a_hundred_files())
    seconds: dict[str, list[float]] = {BARE: [], LISTED: []}
    for turn in range(WARMING_UP + ROUNDS):
        for address, taken in seconds.items():
            took = _seconds(lambda address=address: client.get(address))
            if turn >= WARMING_UP:
                taken.append(took)
    bare_page, listed = median(seconds[BARE]), median(seconds[LISTED])
    answer = {
        "registrations": Registration.objects.count(),
        "bare_ms": round(bare_page * 1000, 1),
        "list_ms": round(listed * 1000, 1),
        "ratio": round(listed / bare_page, 2),
        "best_ratio": round(min(seconds[LISTED]) / min(seconds[BARE]), 2),
        "queries": _queries(client),
        "pages_touched": _pages_touched(client),
    }
    json.dump(answer, sys.stdout)


def a_supervisor_with_a_hundred_files() -> User:
    """She covers for colleagues until the list is a page long."""
    sync_roles()
    reader, *others = User.objects.filter(assignments__isnull=False).distinct().order_by("email")
    reader.groups.set([Group.objects.get(name=PROCESS_SUPERVISOR.name)])
    User.objects.filter(pk=reader.pk).update(invited_at=Now())
    today = timezone.localdate()
    spell = {"happened_on": today - timedelta(1), "ended_on": today + timedelta(30)}
    for absent in others:
        if visible_to(reader).count() >= ROWS_A_PAGE:
            break
        note(Cover(absent=absent, substitute=reader, reason="Verlof", **spell), by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return User.objects.get(pk=reader.pk)


def _seconds(page: Callable[[], HttpResponse]) -> float:
    began = time.perf_counter()
    response = page()
    took = time.perf_counter() - began
    assert response.status_code == 200, response.status_code
    assert response.content.count(b'role="row"') == ROWS_A_PAGE + 1
    return took


def _queries(client: Client) -> dict[str, int]:
    counted = {}
    for name, address in (("bare", BARE), ("list", LISTED)):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counted[name] = len(captured)
    return counted


def _pages_touched(client: Client) -> int:
    """Pages of the database that the query of the list reads: what grows when a plan goes wrong."""
    with CaptureQueriesContext(connection) as captured:
        client.get(LISTED)
    (listing,) = (one["sql"] for one in captured if "cases_conflictofinterest" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {listing}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


if __name__ == "__main__":
    main()
