"""Conversations, and the clock that follows from them; tasks."""

import datetime

from tests.day.filling import Typed
from tests.day.ledger import Row
from tests.day.office import Day, family_in
from tests.day.pages import Form, Page
from tests.day.visitors import Visitor, number_in

CALL = "contact_kind.phone"
CLOCK = {
    "first_phone": "telefonisch contact op",
    "welcome_planned": "welkomstgesprek ingepland op",
}


def note_contact(day: Day, who: Visitor, page: Page) -> Page:
    """Mostly a call, within or after the two days; the boxes as the form offers them."""
    links = [one for one in page.links if one.href.endswith("/gesprek/")]
    links = [one for one in links if one.href.startswith("/gezinnen/")]
    if not links:
        return page
    asked = who.open(links[0].href)
    if not asked.has_form_with("note"):  # more than one registration: first for which
        links = [one for one in asked.links if "?aanmelding=" in one.href]
        asked = who.open(day.chance.choice(links).href)
    form = asked.form_with("note")
    number = number_in(form.action, "A")
    typed = _typed(day, form, number)
    answer = day.send("noteert gesprek", who, asked, form, typed)
    if answer is None:
        return page
    answered = [
        heading
        for name, heading in CLOCK.items()
        if typed.get(name) and (name != "first_phone" or typed["kind"] == CALL)
    ]
    for heading in answered:
        day.ledger.registrations[number][heading] = typed["happened_on"]
    _keep(day, answer, number, typed["note"], answered)
    return answer


def _typed(day: Day, form: Form, number: str) -> Typed:
    registered = day.ledger.registrations[number]["aangemeld op"]
    soon = registered + datetime.timedelta(days=day.chance.choice([0, 1, 2, 3, 6, 9]))
    typed = day.filler.fill(form, happened_on=min(soon, day.today))
    if day.likely(0.6):
        typed["kind"] = CALL
    for name in CLOCK:
        if name in form.fields:
            typed[name] = "on" if day.likely(0.6) else None
    if not any(typed.get(name) for name in CLOCK):
        typed["happened_on"] = day.filler.past_day()
    return typed


def _keep(day: Day, answer: Page, number: str, note: str, answered: list[str]) -> None:
    """The id of a conversation is that of the text in which the note stands."""
    for name, text in answer.articles.items():
        if note in text:
            id, family = name.removeprefix("gesprek-"), family_in(answer.address)
            day.ledger.add("gesprekken", family, id, number=number, answered=answered)


def correct_contact(day: Day, who: Visitor, page: Page) -> Page:
    """Also its day: then the clock, where that followed from it, follows it again."""
    found = _a_contact(day, who, page)
    if found is None:
        return page
    asked, row = found
    form, cells = asked.form_with("happened_on"), row["cells"]
    typed = _typed(day, form, cells["number"])
    answer = day.send("verbetert gesprek", who, asked, form, typed)
    if answer is None:
        return page
    row["stands"] = False
    told = [
        one for one in cells["answered"] if one != CLOCK["first_phone"] or typed["kind"] == CALL
    ]
    for heading in cells["answered"]:
        then = typed["happened_on"] if heading in told else None
        day.ledger.registrations[cells["number"]][heading] = then
    _keep(day, answer, cells["number"], typed["note"], told)
    return answer


def withdraw_contact(day: Day, who: Visitor, page: Page) -> Page:
    """What followed from it for the clock is gone with it."""
    found = _a_contact(day, who, page)
    if found is None:
        return page
    asked, row = found
    form = next(one for one in asked.forms if one.action.endswith("/intrekken/"))
    answer = day.judged("trekt gesprek in", who, who.send(asked, form, {"reason": "Ander gezin"}))
    if answer is None:
        return page
    row["stands"] = False
    for heading in row["cells"]["answered"]:
        day.ledger.registrations[row["cells"]["number"]][heading] = None
    return answer


def _a_contact(day: Day, who: Visitor, page: Page) -> tuple[Page, Row] | None:
    links = [one for one in page.links if one.words.startswith("Verbeteren")]
    links = [one for one in links if day.ledger.knows(one.href.strip("/").split("/")[-1])]
    if not links:
        return None
    link = day.chance.choice(links)
    return who.open(link.href), day.ledger.fact(link.href.strip("/").split("/")[-1])


def plan_task(day: Day, who: Visitor, page: Page) -> Page:
    links = [one for one in page.links if one.words.startswith("Taak plannen")]
    if not links:
        return page
    asked = who.open(day.chance.choice(links).href)
    form = asked.form_with("title")
    due = day.today + datetime.timedelta(days=day.chance.randint(-2, 20))
    typed = day.filler.fill(form, due_on=due, remind_on="")
    return day.send("plant taak", who, asked, form, typed) or page


def finish_task(day: Day, who: Visitor, page: Page) -> Page:
    """From the list; taken back there at once, now and then."""
    listed = who.open("/taken/")
    forms = [one for one in listed.forms if one.action.endswith("/gedaan/")]
    if forms:
        done = day.judged("doet taak", who, who.send(listed, day.chance.choice(forms), {}))
        again = [one for one in done.forms if one.action.endswith("/heropenen/")] if done else []
        if done and again and day.likely(0.4):
            day.judged("opent taak weer", who, who.send(done, again[0], {}))
    return page
