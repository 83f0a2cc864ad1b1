"""Writing on a file: adding, correcting, taking back, and being second."""

import re
from typing import Any

from tests.day.filling import Typed
from tests.day.ledger import Row
from tests.day.office import Day, as_day, family_in
from tests.day.pages import Form, Link, Page
from tests.day.visitors import Visitor

FACT = re.compile(r"/(?:gezinnen|aanmeldingen)/[0-9a-f-]{36}/([a-z]+)/([0-9a-f-]{36})/")
ADD = re.compile(r"/(?:gezinnen|aanmeldingen)/[0-9a-f-]{36}/([a-z]+)/nieuw/")
STALE = "Vergelijk de twee teksten"
# Subject -> sheet of the workbook, and its columns: day, choice, someone or what was typed.
SHEETS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "gezag": (
        "Gezag",
        {
            "oudernummer": ("who", "parent"),
            "kindnummer": ("who", "child"),
            "gezag": ("typed", "holds"),
        },
    ),
    "plaatsingen": (
        "Uithuisplaatsingen",
        {
            "kindnummer": ("who", "child"),
            "begin": ("day", "happened_on"),
            "einde": ("day", "ended_on"),
            "jeugdbeschermingsmaatregel": ("typed", "measure"),
            "verblijfplaats": ("choice", "residence"),
        },
    ),
    "instellingen": (
        "Betrokken instellingen",
        {
            "gecertificeerde instelling": ("choice", "institution"),
            "jeugdzorgregio": ("choice", "region"),
            "vanaf": ("day", "happened_on"),
            "tot": ("day", "ended_on"),
        },
    ),
    "samenstelling": ("samenstelling", {"label": ("choice", "composition")}),
    "wensen": ("wensen", {"label": ("choice", "situation")}),
    "redenen": ("redenen", {"label": ("choice", "reason")}),
    "vragen": (
        "Ondersteuningsvragen",
        {"vraag": ("choice", "request"), "datum": ("day", "happened_on")},
    ),
    "ondersteuning": (
        "Ondersteuning",
        {"vorm": ("choice", "form"), "datum": ("day", "happened_on")},
    ),
    "resultaten": (
        "Resultaten",
        {
            "kindnummer": ("who", "child"),
            "resultaat": ("choice", "result"),
            "datum": ("day", "happened_on"),
        },
    ),
    "analyses": (
        "Verklarende analyses",
        {
            "aangevraagd op": ("day", "happened_on"),
            "gestart op": ("day", "begun_on"),
            "afgerond op": ("day", "finished_on"),
        },
    ),
    "klachten": (
        "Klachten",
        {"ontvangen op": ("day", "happened_on"), "afgehandeld op": ("day", "handled_on")},
    ),
}
OF_THE_FAMILY = {"gezag", "plaatsingen", "samenstelling", "wensen", "redenen"}


def cells_of(day: Day, slug: str, form: Form, typed: Typed, family: str) -> Row:
    if slug not in SHEETS:
        return {}  # no figure counts it
    cells: Row = {} if slug in OF_THE_FAMILY else {"gezinsnummer": family}
    for heading, (how, name) in SHEETS[slug][1].items():
        cells[heading] = _cell(day, how, form, name, typed.get(name), family)
    return cells


def _cell(day: Day, how: str, form: Form, name: str, value: Any, family: str) -> Any:
    if how == "day":
        return as_day(value)
    if how == "typed" or not value:
        return value or None
    words = form.words(name, value)
    return words if how == "choice" else day.ledger.person(family, words or "")["id"]


def add_something(day: Day, who: Visitor, page: Page) -> Page:
    """By one of the links that the file offers."""
    links = [one for one in page.links if ADD.search(one.href)]
    links = [one for one in links if "documenten" not in one.href and "gezinsleden" not in one.href]
    if not links:
        return page
    slugs = sorted({slug_of(one) for one in links})
    # Mostly what was done least: a day is short, and the report long.
    written = [day.tally[f"schrijft op: {one}", "gedaan"] for one in slugs]
    slug = day.chance.choices(slugs, [1 / (1 + number) ** 2 for number in written])[0]
    link = day.chance.choice([one for one in links if slug_of(one) == slug])
    asked = who.open(link.href)
    form = asked.question
    typed = day.filler.fill(form)
    answer = day.send(f"schrijft op: {slug}", who, asked, form, typed)
    if answer is None:
        return page
    family = family_in(page.address)
    id = id_in(answer)
    sheet = SHEETS[slug][0] if slug in SHEETS else slug
    cells = cells_of(day, slug, form, typed, family)
    if slug == "klachten":
        cells["klachtnummer"] = id
    day.ledger.add(sheet, family, id, **cells)
    return undo(day, who, answer) if day.likely(0.1) else answer


def slug_of(link: Link) -> str:
    found = ADD.search(link.href)
    return found.group(1) if found else ""


def id_in(answer: Page) -> str:
    """What was written down, by the link that takes it back."""
    back = next(one for one in answer.links if one.words == "Ongedaan maken")
    found = FACT.search(back.href)
    assert found, back.href
    return found.group(2)


def undo(day: Day, who: Visitor, page: Page) -> Page:
    id, asked = id_in(page), who.follow(page, "Ongedaan maken")
    if not asked.has_form_with("reason"):
        return page
    answer = day.judged("maakt ongedaan", who, who.send(asked, asked.form_with("reason"), {}))
    if answer is None:
        return page
    day.ledger.withdraw(id)
    return answer


def facts_on(day: Day, page: Page) -> list[str]:
    """The addresses of what may be corrected, as far as the ledger has it."""
    found = {}
    for link in page.links:
        one = FACT.search(link.href)
        if one and one.group(1) != "gezinsleden" and day.ledger.knows(one.group(2)):
            found[one.group(0)] = one.group(1), link.words
    return sorted(found, key=found.__getitem__)


def correct_something(day: Day, who: Visitor, page: Page) -> Page:
    """In two tabs, now and then: the second is shown both texts and chooses."""
    addresses = facts_on(day, page)
    if not addresses:
        return page
    address = day.chance.choice(addresses)
    first = who.open(address)
    second = who.open(address) if day.likely(0.3) else None
    answer = _corrected(day, who, first, address, page)
    if answer is None:
        return page
    if second is None or id_in_or_none(answer) is None:
        return answer
    return _second(day, who, second, answer, address)


def _corrected(day: Day, who: Visitor, asked: Page, address: str, page: Page) -> Page | None:
    _, slug, id = address.rstrip("/").rsplit("/", 2)
    form = asked.form_with("correction_reason")
    typed = day.filler.fill(form)
    answer = day.send(f"past aan: {slug}", who, asked, form, typed)
    if answer is None or (new := id_in_or_none(answer)) is None:
        return None
    cells = cells_of(day, slug, form, typed, family_in(page.address))
    if slug == "klachten":
        cells["klachtnummer"] = day.ledger.fact(id)["cells"]["klachtnummer"]
    day.ledger.correct(id, new, **cells)
    return answer


def id_in_or_none(answer: Page) -> str | None:
    return id_in(answer) if any(one.words == "Ongedaan maken" for one in answer.links) else None


def _second(day: Day, who: Visitor, asked: Page, page: Page, address: str) -> Page:
    _, slug, _ = address.rstrip("/").rsplit("/", 2)
    form = asked.form_with("correction_reason")
    typed = day.filler.fill(form)
    both = who.send(asked, form, typed)
    if not both.moved and STALE not in both.text:
        day.answered(f"is tweede: {slug}", who, "geweigerd")
        return page  # what was typed could not be so
    assert STALE in both.text, f"{address}: de tweede zag niet wat er stond"
    day.answered(f"is tweede: {slug}", who, "beide teksten")
    if day.likely(0.5):
        return page
    form, old = both.form_with("correction_reason"), id_in(page)
    again = {name: typed[name] for name in typed if name in form.fields}
    answer = day.judged(f"kiest eigen tekst: {slug}", who, who.send(both, form, again))
    if answer is None or (new := id_in_or_none(answer)) is None:
        return page
    cells = cells_of(day, slug, form, again, family_in(page.address))
    if slug == "klachten":
        cells["klachtnummer"] = day.ledger.fact(old)["cells"]["klachtnummer"]
    day.ledger.correct(old, new, **cells)
    return answer


def withdraw_something(day: Day, who: Visitor, page: Page) -> Page:
    addresses = facts_on(day, page)
    if not addresses:
        return page
    address = day.chance.choice(addresses)
    asked = who.open(f"{address}intrekken/")
    if not asked.has_form_with("reason"):
        return page
    form = asked.form_with("reason")
    slug, id = address.rstrip("/").rsplit("/", 2)[1:]
    answer = day.send(f"trekt in: {slug}", who, asked, form, day.filler.fill(form))
    if answer is None:
        return page
    day.ledger.withdraw(id)
    return answer
