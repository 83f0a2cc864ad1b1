"""The status of a trajectory, and the check that goes before it."""

import datetime
import re

from tests.day.office import Day
from tests.day.pages import Link, Page
from tests.day.visitors import Visitor

MOVE = re.compile(r"/aanmeldingen/[0-9a-f-]{36}/stand/([a-z-]+)/")
A_MONTH = datetime.timedelta(days=30)
STATUS = {
    "nooit-gestart": "Nooit gestart",
    "lopend": "Lopend",
    "afgesloten": "Afgesloten",
    "heropend": "Heropend",
}


def move(day: Day, who: Visitor, page: Page) -> Page:
    """One that the file offers; in two tabs now and then, of which the second is too late."""
    links = [one for one in page.links if (to := MOVE.search(one.href)) and to[1] in STATUS]
    if not links:
        return page
    link = day.chance.choice(links)
    ends = MOVE.search(link.href)[1] in ("nooit-gestart", "afgesloten")
    if ends and day.likely(0.55):
        return page  # there is more to do first
    asked = who.open(link.href)
    if not asked.has_form_with("happened_on"):
        return page
    late = who.open(link.href) if day.likely(0.2) else None
    form, number = asked.form_with("happened_on"), link.within.removeprefix("aanmelding-")
    first = day.ledger.registrations[number]["aangemeld op"]
    moves = [row["cells"]["ingangsdatum"] for row in day.ledger.moves_of(number)]
    typed = day.filler.fill(form, happened_on=_day(day, max([first, *moves])))
    status = STATUS[MOVE.search(link.href)[1]]
    answer = day.send(f"zet op {status.lower()}", who, asked, form, typed)
    if answer is None:
        return page
    reason = form.words("reason", typed["reason"]) if "reason" in typed else None
    day.ledger.move(number, status, typed["happened_on"], reason)
    if late is not None:
        refused = who.send(late, late.form_with("happened_on"), typed)
        assert not refused.done, f"{number}: twee keer {status.lower()}"
        day.answered("zet de stand als tweede", who, "geweigerd")
    return answer


def _day(day: Day, first: datetime.date) -> datetime.date:
    """Mostly on or after the last step; now and then on a day that can't be."""
    if day.likely(0.1):
        return day.filler.past_day(400)
    return day.filler.day_between(first, min(day.today, first + A_MONTH))


def take_back(day: Day, who: Visitor, page: Page) -> Page:
    links = [one for one in page.links if one.href.endswith("/stand/intrekken/")]
    if not links:
        return page
    link: Link = day.chance.choice(links)
    asked = who.open(link.href)
    form = asked.form_with("reason")
    answer = day.send("trekt stap in", who, asked, form, day.filler.fill(form))
    if answer is None:
        return page
    day.ledger.take_back_last_move(link.within.removeprefix("aanmelding-"))
    return answer


def check_target_group(day: Day, who: Visitor, page: Page) -> Page:
    links = [one for one in page.links if one.href.endswith("/doelgroep/")]
    if not links:
        return page
    asked = who.open(day.chance.choice(links).href)
    form = asked.form_with("affected")
    return day.send("toetst doelgroep", who, asked, form, day.filler.fill(form)) or page
