"""What comes in by the site, and what a manager makes of it."""

import re
from typing import Any

from tests.day import coming_in
from tests.day.office import Day
from tests.day.pages import Page
from tests.day.visitors import Visitor


def send_in(day: Day) -> None:
    """A stranger; now and then with something forgotten."""
    stranger = Visitor()
    asked = stranger.open("/aanmelden/")
    form = asked.form_with("story")
    someone = coming_in.somebody(day)
    someone.pop("role")
    typed: dict[str, Any] = {
        **someone, "announcer": day.chance.choice(form.choices("announcer")), "consent": "on",
        "announcer_name": day.filler.name(), "organisation": "", "website": "",
        "story": day.filler.words("Het gaat niet goed"),
    }  # fmt: skip
    forgets = day.chance.choice(["consent", "first_name", "phone"]) if day.likely(0.2) else None
    if forgets:
        refused = stranger.send(asked, form, typed | {forgets: None})
        assert refused.wrong, f"aangenomen zonder {forgets}"
        asked, form = refused, refused.form_with("story")
    answer = stranger.send(asked, form, typed)
    if not answer.moved:  # asked to look once more
        answer = stranger.send(answer, answer.form_with("story"), typed)
    assert answer.address.startswith("/aanmelden/ontvangen/"), answer.address
    day.answered("meldt zich via de site", stranger, "gedaan")
    day.sent_in.append(someone)


def decide(day: Day, who: Visitor) -> None:
    """The first of the queue: taken, refused, or joined to who stands there already."""
    queue = who.open("/aanmeldingen/wachtrij/")
    waiting = [one for one in queue.links if re.match(r"W\d+", one.words)]
    if not waiting:
        return
    page = who.open(day.chance.choice(waiting).href)
    joins = [one for one in page.forms if "/bij/" in one.action]
    if joins and day.likely(0.7):
        day.judged("voegt bij een ander", who, who.send(page, joins[0], {}))
    elif day.likely(0.25):
        form = page.form_with("reason")
        day.send("neemt niet aan", who, page, form, day.filler.fill(form))
    else:
        _accept(day, who, page)


def _accept(day: Day, who: Visitor, page: Page) -> None:
    asked = who.follow(page, "Aannemen")
    form = asked.form_with("happened_on")
    data = {name: value[0] for name, value in form.data().items() if value}
    names = ("first_name", "last_name", "birth_date", "phone", "email")
    someone = {name: data.get(name, "") for name in names}
    someone["role"] = day.chance.choice(coming_in.ROLES)
    someone["birth_date"] = coming_in.birthday(day, someone["role"])
    coming_in.fill_in(day, who, asked, someone, {})
