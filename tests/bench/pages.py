"""The pages of every day against a bare page, in turns, in one process. Prints JSON.

A bare page: the same server, signed in, one query, as many rows as the page itself shows through
the same template, without rights, log and history (tests/bench/bare.py). The reader is an ordinary
process supervisor who, with the colleagues that she covers for, has at least a hundred files; the
board and the list of a team are read by a manager of a team of ordinary size.

    python -m tests.bench.pages          (on a database made by generate_families)
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
django.setup()

from django.conf import settings  # noqa: E402  after Django is ready
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.functions import Now  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)
from django.utils import timezone  # noqa: E402

from accounts.models import Team, User  # noqa: E402
from accounts.roles import PROCESS_SUPERVISOR, TEAM_MANAGER, Role, sync_roles  # noqa: E402
from cases.access import visible_to  # noqa: E402
from cases.files.listing import ROWS_A_PAGE  # noqa: E402
from cases.models import Cover, FamilyMember, Person, Registration, SearchKey  # noqa: E402
from cases.searching.index import index_everybody  # noqa: E402
from cases.services import note  # noqa: E402

ROUNDS, WARMING_UP = 40, 5
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@dataclass
class Page:
    """`bare`: the address of the bare page beside it, made by what the page itself shows."""

    name: str
    address: str
    client: Client
    bare: str = ""
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"bare": [], "page": []})

    def prepare(self, view: str, **lists: str) -> "Page":
        """`lists`: the names of the lists in the page's context, by what the bare one calls them;
        'board.rows' is a list of the board."""
        setup_test_environment()  # or a page keeps its context to itself
        context = self.client.get(self.address).context
        teardown_test_environment()
        lengths = {name: len(_found(context, at)) for name, at in lists.items()}
        assert lengths["rows"], f"{self.name}: een lege bladzijde zegt niets"
        self.bare = f"/kaal/{view}/?{urlencode(lengths)}"
        return self

    def turn(self, keep: bool) -> None:
        for name, address in (("bare", self.bare), ("page", self.address)):
            began = time.perf_counter()
            answer = self.client.get(address)
            took = time.perf_counter() - began
            assert answer.status_code == 200, (address, answer.status_code)
            if keep:
                self.seconds[name].append(took)

    def measured(self) -> dict:
        bare, page = (median(self.seconds[name]) for name in ("bare", "page"))
        return {
            "name": self.name,
            "bare_ms": round(bare * 1000, 1),
            "page_ms": round(page * 1000, 1),
            "ratio": round(page / bare, 2),
            "bare_queries": self._queries(self.bare),
            "queries": self._queries(self.address),
            "blocks": self._blocks(),
        }

    def _queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.client.get(address)
        return len(captured)

    def _blocks(self) -> int:
        """What the database read for all queries of the page: it grows when a plan goes wrong."""
        with CaptureQueriesContext(connection) as captured:
            self.client.get(self.address)
        read = [one["sql"] for one in captured if one["sql"].startswith(("SELECT", "WITH"))]
        return sum(_blocks_of(sql) for sql in read if "FOR UPDATE" not in sql)


def main() -> None:
    settings.ROOT_URLCONF = "tests.bench.bare"
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECOND_FACTOR_SKIPPED_FOR = ("",)
    settings.STORAGES["staticfiles"] = {"BACKEND": PLAIN}  # without collecting them first
    sync_roles()
    if not SearchKey.objects.exists():
        sum(index_everybody())
    pages = list(_pages(a_supervisor_with_a_hundred_files(), a_manager()))
    for turn in range(WARMING_UP + ROUNDS):
        for page in pages:
            page.turn(keep=turn >= WARMING_UP)
    found = {"registrations": Registration.objects.count()}
    json.dump(found | {"pages": [page.measured() for page in pages]}, sys.stdout)


def _pages(supervisor: User, manager: User) -> Iterator[Page]:
    hers, his = Client(), Client()
    hers.force_login(supervisor)
    his.force_login(manager)
    own, other = _somebody(supervisor, within=True), _somebody(supervisor, within=False)
    yield Page("Gezinnen", "/gezinnen/", hers).prepare("files", rows="rows")
    yield Page("Vandaag", "/vandaag/", hers).prepare(
        "today", rows="rows", first="first", blanks="blanks+more_blanks"
    )
    yield Page("Team", "/team/", his).prepare("team", rows="board.rows")
    yield Page("Lijst van het team", "/team/lijst/", his).prepare("team_list", rows="rows")
    asked = {
        "Zoeken: naam": f"{own.first_name} {own.last_name}",
        "Zoeken: naam met een tikfout": f"{own.first_name} {_mistyped(own.last_name)}",
        "Zoeken: nummer": own.number,
    }
    for name, words in asked.items():
        address = f"/gezinnen/?{urlencode({'zoek': words})}"
        yield Page(name, address, hers).prepare("files", rows="rows")
    elsewhere = urlencode({"zoek": f"{other.first_name} {other.last_name}"})
    nobody = Page("Zoeken: iemand van een ander", f"/gezinnen/?{elsewhere}", hers)
    nobody.bare = "/kaal/files/?rows=1"
    yield nobody


def _somebody(user: User, *, within: bool) -> Person:
    """With a name of ordinary length, in the middle of all numbers."""
    seen = visible_to(user).values("family")
    members = FamilyMember.objects.standing().filter(role="mother")
    members = members.filter(family__in=seen) if within else members.exclude(family__in=seen)
    named = Person.objects.exclude(last_name="").order_by("number")
    people = named.filter(pk__in=members.values("person"))
    return people[people.count() // 2]


def _mistyped(name: str) -> str:
    """Two letters in each other's place."""
    middle = len(name) // 2
    return name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]


def _found(context: dict, at: str) -> list:
    if "+" in at:
        return [one for part in at.split("+") for one in context[part]]
    first, _, more = at.partition(".")
    return getattr(context[first], more) if more else context[first]


def _blocks_of(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def a_supervisor_with_a_hundred_files() -> User:
    """She covers for colleagues until the list is a page long."""
    reader, *others = User.objects.filter(assignments__isnull=False).distinct().order_by("email")
    today = timezone.localdate()
    spell = {"happened_on": today - timedelta(1), "ended_on": today + timedelta(30)}
    for absent in others:
        if visible_to(reader).count() >= ROWS_A_PAGE:
            break
        note(Cover(absent=absent, substitute=reader, reason="Verlof", **spell), by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return _with_role(reader, PROCESS_SUPERVISOR)


def a_manager() -> User:
    """Of the first team; the others in it work with families."""
    team = Team.objects.filter(members__assignments__isnull=False).distinct().order_by("name")[0]
    for member in team.members.all():
        _with_role(member, PROCESS_SUPERVISOR)
    manager, _ = User.objects.get_or_create(
        email="bench@ot.example.org", defaults={"name": "Manager", "team": team}
    )
    return _with_role(manager, TEAM_MANAGER)


def _with_role(user: User, role: Role) -> User:
    user.groups.set([Group.objects.get(name=role.name)])
    User.objects.filter(pk=user.pk).update(invited_at=Now())
    return User.objects.get(pk=user.pk)


if __name__ == "__main__":
    main()
