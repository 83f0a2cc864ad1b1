"""Who works that day, and what no screen writes down: employments and activities."""

import datetime
from decimal import Decimal
from random import Random

from accounts.models import Employment
from cases.models import Code
from cases.services import note
from reporting.models import Activity
from tests.cases.office import colleague
from tests.day.ledger import Ledger
from tests.day.visitors import Visitor

SUPERVISORS = {"fatima": "Team Oost", "daan": "Team Oost", "bob": "Team West", "ines": "Team West"}
MANAGERS = {"tess": "Team Oost", "wim": "Team West"}
REPORTER = "rianne"


def cast() -> dict[str, Visitor]:
    users = {name: colleague(name, team=team) for name, team in SUPERVISORS.items()}
    users |= {name: colleague(name, "teammanager", team) for name, team in MANAGERS.items()}
    users[REPORTER] = colleague(REPORTER, "rapporteur")
    return {name: Visitor(user) for name, user in users.items()}


def employ(cast: dict[str, Visitor], ledger: Ledger, today: datetime.date) -> None:
    """One stops this very day, and counts no more at its end."""
    for part, (name, last) in enumerate([*((one, None) for one in SUPERVISORS), ("bob", today)]):
        fte, first = Decimal(f"0.{part + 4}"), today - datetime.timedelta(days=400 - part)
        person = cast[name].user
        note(Employment(supervisor=person, fte=fte, happened_on=first, ended_on=last), by=None)
        cells = {"naam": name, "fte": float(fte), "vanaf": first, "tot": last}
        ledger.before.append(("Procesbegeleiders", cells))


def share_what_was_learned(ledger: Ledger, chance: Random, today: datetime.date) -> None:
    sections = list(Code.objects.filter(list="activity_section").order_by("pk"))
    for number in range(6):
        section, day = chance.choice(sections), today - datetime.timedelta(days=30 * number)
        note(Activity(section=section, title=f"Artikel {number}", happened_on=day), by=None)
        ledger.before.append(("Activiteiten", {"onderdeel": section.label, "datum": day}))
