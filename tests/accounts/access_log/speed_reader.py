"""One of the people who read at once, for `speed`: a process with the application's rights.

What is measured is a page to someone who is signed in, not how they signed in.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402  after Django is ready
from django.db import transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from accounts.access_log import note  # noqa: E402
from accounts.models import User  # noqa: E402
from cases.models import Code  # noqa: E402
from tests.accounts.access_log.speed import timed  # noqa: E402

ROWS = engines["django"].from_string(
    "{% for row in rows %}<tr><td>{{ row.name }}<td>{{ row.team.name }}"
    "<td>{{ row.joined_at|date:'d-m-Y' }}{% endfor %}"
)


def read(user: User, *, log: bool, request: HttpRequest | None = None) -> str:
    """A few selects, as a page does them, and the line of the log."""
    rows = list(User.objects.filter(team=user.team_id).select_related("team"))
    list(Code.objects.order_by("pk")[:20])
    list(Group.objects.filter(user=user))
    User.objects.filter(is_active=True).count()
    if log:
        note(
            actor=user,
            action="list",
            object_type="user",
            ground="team",
            purpose="ondersteuning van een gezin",
            subjects=rows,
            detail={"naam": "jansen"},
            request=request,
        )
    return ROWS.render({"rows": rows})


def page(request: HttpRequest, log: str) -> HttpResponse:
    return HttpResponse(read(request.user, log=log == "True", request=request))


urlpatterns = [path("<str:log>/", page)]


def main() -> None:
    user = User.objects.get(email=f"lezer{sys.argv[1]}@ot.example.org")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)

    def a_page(log: bool) -> None:
        assert client.get(f"/{log}/").status_code == 200

    @transaction.atomic
    def a_transaction(log: bool) -> None:
        read(user, log=log)

    for line in sys.stdin:
        kind, log, many = json.loads(line)
        work = a_page if kind == "page" else a_transaction
        print(json.dumps(timed(lambda work=work, log=log: work(log), many)), flush=True)


if __name__ == "__main__":
    with override_settings(ROOT_URLCONF=__name__, SECOND_FACTOR_SKIPPED_FOR=("",)):
        main()
