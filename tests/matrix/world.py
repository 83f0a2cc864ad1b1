"""The seeded world: a family full of canaries, a stranger's family, and everyone who tries."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import Now

from accounts.models import User
from accounts.roles import sync_roles
from facts.recording import instant_of_a_draw
from tests.cases.office import colleague, seal
from tests.matrix import cast, family, publishing, surveying
from tests.matrix.canaries import Canaries, Canary
from tests.matrix.filling import A_PASSWORD
from tests.matrix.seeding import Seeder
from tests.matrix.walking import Browser
from tests.reporting.runs import a_done_run, with_files

ROLE_OF = {
    **dict.fromkeys(cast.SUPERVISORS, "procesbegeleider"),
    **dict.fromkeys(cast.MANAGERS, "teammanager"),
    cast.REPORTER: "rapporteur",
    cast.ADMINISTRATOR: "functioneel beheerder",
    cast.OFFICER: "functionaris gegevensbescherming",
    cast.CLOSED: "procesbegeleider",
}
ELSEWHERE = {
    cast.COLLEAGUE: "Team West",
    cast.OTHER_MANAGER: "Team West",
    cast.OTHER_PARENT: "Team Zuid",  # a team without a manager
}

# What an address is made of, by label ('cases.Contact') or by a word ('mother').
Things = dict[str, Any]


@dataclass
class World:
    """`own`: of the canary family. `foreign`: of a stranger's, and otherwise the same."""

    canaries: Canaries
    users: dict[str, User]
    own: Things
    foreign: Things
    browsers: dict[str, Browser] = field(default_factory=dict)
    seen: dict[str, set[Canary]] = field(default_factory=lambda: defaultdict(set))  # by who may
    walked: set[str] = field(default_factory=set)  # the URLs of which all is in `seen`
    saved: set[str] = field(default_factory=set)  # the URLs where a form that was filled in did it


def build() -> World:
    """All of it, in the transaction that is open. The lines of the read log are sealed."""
    sync_roles()
    users = {
        name: colleague(name, role, ELSEWHERE.get(name, "Team Oost"))
        for name, role in ROLE_OF.items()
    }
    users[cast.SUPERUSER] = User.objects.create_user(
        "super@ot.example.org", name="Super", is_superuser=True, is_staff=True, invited_at=Now()
    )
    for user in users.values():
        user.set_password(A_PASSWORD)
        user.save(update_fields=["password"])
    users["bystander"] = colleague("bystander")  # opened a file in an emergency, and asks nothing
    canaries = Canaries()
    seed = Seeder(canaries)
    family.write_family(seed, users)
    family.write_staff(seed, users)
    publishing.write_editions(seed, users)
    surveying.write_surveys(seed, users)
    seed.rows["run"] = _a_run()
    foreign = {**seed.rows, **_strangers_family(users)}
    world = World(canaries, users, seed.rows, foreign)
    world.browsers = {name: Browser(users.get(name)) for name in sorted(cast.EVERYONE)}
    _close(users[cast.CLOSED])
    seal()
    return world


def _strangers_family(users: dict[str, User]) -> Things:
    """As much as is known of the canary family, and nothing that looks like a canary."""
    seed = Seeder(Canaries(word="vrd", first_day=date(2001, 1, 1)))
    stranger = colleague("stranger", team="Team West")
    others = dict.fromkeys(
        cast.EXCEPTED | {cast.COVER, cast.FORMER, cast.OTHER_PARENT, cast.CLOSED}, stranger
    )
    own = {cast.OWNER: users[cast.COLLEAGUE], cast.MANAGER: users[cast.OTHER_MANAGER]}
    kin = colleague("kin-of-strangers", team="Team West")
    family.write_family(seed, {**users, **own, **others, cast.KIN: kin})
    return seed.rows


def _a_run() -> Any:
    return with_files(a_done_run({"registrations.total": 3}, known_on=instant_of_a_draw()))


def _close(user: User) -> None:
    """Behind the back of a browser that is signed in; the session row stays."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def nowhere(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same address, of something that doesn't exist."""
    return {
        name: uuid.uuid4() if isinstance(value, uuid.UUID) else value
        for name, value in arguments.items()
    }
