"""Who supports whom: assigning what waits, offering it to another, and answering that."""

import datetime

from tests.day.filling import Typed
from tests.day.office import Day
from tests.day.pages import Page
from tests.day.visitors import Visitor


def assign(day: Day, who: Visitor) -> None:
    """What waits, from the list of the team."""
    listed = who.open("/team/lijst/")
    links = [one for one in listed.links if one.words.startswith("Toewijzen")]
    if not links:
        return
    asked = who.open(day.chance.choice(links).href)
    form = asked.form_with("supervisor")
    typed = day.filler.fill(form, on=day.today)
    day.send("wijst toe", who, asked, form, typed)


def hand_over(day: Day, who: Visitor) -> None:
    """Some of someone's, to another; or to the waiting list."""
    page = who.open("/team/overdragen/")
    giver = day.chance.choice(page.form_with("van").choices("van"))
    page = who.open(f"/team/overdragen/?van={giver}")
    if not page.has_form_with("which"):
        return
    form = page.form_with("which")
    free = form.choices("which")
    typed: Typed = {
        "which": day.chance.sample(free, min(len(free), day.chance.randint(1, 3))),
        "receiver": day.chance.choice(form.choices("receiver")),
        "takes_over_on": day.today + datetime.timedelta(days=day.chance.choice([0, 0, 0, 3])),
        "note": "",
    }
    if day.likely(0.2):
        answer = who.send(page, form, typed, press="Naar de wachtlijst")
        day.judged("zet op de wachtlijst", who, answer)
        return
    seen = who.send(page, form, typed, press="Bekijken")
    if "Zo wordt het" not in seen.text:
        day.judged("biedt aan", who, seen)
        return
    form = next(one for one in seen.forms if one.id == "overdragen")
    day.judged("biedt aan", who, who.send(seen, form, {}, press="Aanbod versturen"))


def answer_offers(day: Day, who: Visitor) -> None:
    """By who was asked: a part of it is taken, or none for a reason."""
    page = _an_offer(day, who)
    if page is None:
        return
    form = page.form_with("which")
    which = form.choices("which")
    typed: Typed = {"which": day.chance.sample(which, day.chance.randint(1, len(which)))}
    presses = {one[2] for one in form.buttons}
    if "Overnemen" not in presses:
        day.judged("trekt aanbod in", who, who.send(page, form, typed, press="Aanbod intrekken"))
    elif day.likely(0.7):
        day.judged("neemt over", who, who.send(page, form, typed, press="Overnemen"))
    else:
        typed["answer"] = "" if day.likely(0.3) else "Ik heb er te veel."
        day.judged("weigert", who, who.send(page, form, typed, press="Weigeren"))


def _an_offer(day: Day, who: Visitor) -> Page | None:
    listed = who.open("/overdracht/")
    links = [one for one in listed.links if one.words[:1].isdigit()]
    return who.open(day.chance.choice(links).href) if links else None
