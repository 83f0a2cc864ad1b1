"""Registering: look first, then the form, and what to do with who is known already."""

import datetime
import re
from typing import Any

from tests.day.ledger import Row
from tests.day.office import Day, as_day, family_in, said
from tests.day.pages import Form, Page
from tests.day.people import WORDS, birthday
from tests.day.visitors import Visitor, number_in

ANEW, NEW_MEMBER = "nieuw", "nieuw gezinslid"
ROLES = ["mother"] * 6 + ["father"] * 3 + ["child"] * 2 + ["other", ""]
JOINS = re.compile(r"Zet de aanmelding bij gezin (G\d+), als (.+)")


def somebody(day: Day) -> dict[str, Any]:
    role = day.chance.choice(ROLES)
    return {
        "first_name": day.filler.name(), "last_name": day.filler.name(), "role": role,
        "birth_date": birthday(day, role), "phone": f"06{day.chance.randrange(10**8):08d}",
        "email": "",
    }  # fmt: skip


def register(day: Day, who: Visitor) -> None:
    """Somebody new; together with a second, one in four times."""
    first = somebody(day)
    second = somebody(day) if day.likely(0.25) else {}
    if second and day.likely(0.6):
        first["role"], second["role"] = "mother", "father"
    _register(day, who, first, second)


def register_known(day: Day, who: Visitor) -> None:
    """The other parent, on the same telephone; or the same person once more."""
    known = [one for one in day.ledger.people if one.get("phone") and one["stands"]]
    if not known:
        return
    one = day.chance.choice(known)
    first = somebody(day) | {"phone": one["phone"]}
    if day.likely(0.3):
        first |= {"first_name": one["name"].split()[0], "last_name": one["name"].split()[1]}
    _register(day, who, first, {})


def _register(day: Day, who: Visitor, first: Row, second: Row) -> None:
    name = f"{first['first_name']} {first['last_name']}"
    looked = who.open(f"/aanmeldingen/nieuw/?zoek={name.replace(' ', '+')}")
    asked = who.follow(looked, "Nieuwe aanmelding invullen")
    fill_in(day, who, asked, first, second)


def fill_in(day: Day, who: Visitor, asked: Page, first: Row, second: Row) -> bool:
    """The form of a registration; whether it was written down."""
    form = asked.form_with("happened_on")
    given = {**first, **{f"second_{name}": value for name, value in second.items()}}
    if not second:
        given |= {name: "" for name in form.fields if name.startswith("second_")}
    days = day.chance.choice([0, 1, 2, 5, 9, 20, 40, 60, 80, 110])
    given |= {"consent": "on", "happened_on": day.today - datetime.timedelta(days=days)}
    if "supervise" in form.fields:
        given["supervise"] = "on" if day.likely(0.75) else None
    typed = day.filler.fill(form, **given)
    answer = day.send("meldt aan", who, asked, form, typed) if not second else None
    if second:
        answer = day.judged("meldt twee aan", who, who.send(asked, form, typed))
    if answer is not None:
        _write_down(day, answer, form, typed, [first, second], None, "")
        return True
    return _choose(day, who, form, typed, [first, second])


def _choose(day: Day, who: Visitor, form: Form, typed: Row, people: list[Row]) -> bool:
    """Perhaps refused because somebody is known: send it once more, with what to do."""
    asked = day.last_answer
    if asked is None or not asked.has_form_with("choice"):
        return False
    again = asked.form_with("choice")
    choices = [one for one in again.choices("choice") if one != ANEW]
    choice = day.chance.choice(choices) if choices and day.likely(0.85) else ANEW
    typed = {name: value for name, value in typed.items() if name in again.fields}
    answer = day.judged("kiest wie het is", who, who.send(asked, again, typed | {"choice": choice}))
    if answer is None:
        return False
    words = again.words("choice", choice) or ""
    family = choice if choice != ANEW else None
    found = JOINS.search(words)
    _write_down(day, answer, form, typed, people, family, found[2] if found else "")
    return True


def _write_down(
    day: Day, answer: Page, form: Form, typed: Row, people: list[Row], family: str | None,
    joins_as: str,
) -> None:  # fmt: skip
    number = number_in(said(answer), "A")
    family = family or _family_of(day, answer, number)
    applicants = [_person(day, family, one, joins_as) for one in people if one]
    day.ledger.register(
        number,
        family,
        applicants,
        **{
            "aangemeld op": typed["happened_on"],
            "route": form.words("route", typed["route"]),
            "verwijzer": form.words("referrer", typed["referrer"]),
        },
    )


def _family_of(day: Day, answer: Page, number: str) -> str:
    """Who may not see the file isn't led there: a manager finds it."""
    if answer.address.startswith("/gezinnen/"):
        return family_in(answer.address)
    listed = day.manager().open(f"/gezinnen/?zoek={number}")
    href = next(one.href for one in listed.links if re.fullmatch(r"G\d+", one.words))
    return href.strip("/")


def _person(day: Day, family: str, one: Row, joins_as: str) -> Row:
    if joins_as and joins_as != NEW_MEMBER:
        return day.ledger.person(family, joins_as)
    name = f"{one['first_name']} {one['last_name']}"
    person = day.ledger.add_person(family, name, WORDS[one["role"]], as_day(one["birth_date"]))
    person["phone"] = one["phone"]
    return person
