"""The people of a family: someone new, another role or birthday, another name."""

import datetime
from typing import Any

from tests.day.office import Day, as_day, family_in
from tests.day.pages import Page
from tests.day.visitors import Visitor

ROLES = ["mother", "father", "child", "child", "child", "child", "other", ""]
WORDS = {"mother": "Moeder", "father": "Vader", "child": "Kind", "other": "Anders", "": None}
ROLE_AND_DAYS = "Rol, geboorte en overlijden van "
GROWN, YOUNG = 25 * 365, 19 * 365


def birthday(day: Day, role: str) -> datetime.date | str:
    if day.likely(0.2):
        return ""
    least, most = (0, YOUNG) if role == "child" else (GROWN, 2 * GROWN)
    return day.today - datetime.timedelta(days=day.chance.randint(least, most))


def add_member(day: Day, who: Visitor, page: Page) -> Page:
    if not any(one.words == "Gezinslid toevoegen" for one in page.links):
        return page
    asked = who.follow(page, "Gezinslid toevoegen")
    form, role = asked.form_with("first_name"), day.chance.choice(ROLES)
    typed: dict[str, Any] = {
        "first_name": day.filler.name(), "last_name": day.filler.name(), "role": role,
        "birth_date": birthday(day, role), "phone": "", "email": "",
    }  # fmt: skip
    answer = day.send("voegt gezinslid toe", who, asked, form, typed)
    if answer is None:
        return page
    name = f"{typed['first_name']} {typed['last_name']}"
    day.ledger.add_person(family_in(page.address), name, WORDS[role], as_day(typed["birth_date"]))
    return answer


def change_role(day: Day, who: Visitor, page: Page) -> Page:
    """Now and then to 'not in view', or back."""
    asked, name = _page_of_someone(day, who, page, ROLE_AND_DAYS)
    if asked is None or not asked.has_form_with("role"):
        return page
    role = day.chance.choice(ROLES)
    person = day.ledger.person(family_in(page.address), name)
    born = birthday(day, role) if day.likely(0.5) else person["born"] or ""
    form = asked.form_with("role")
    died = day.today if day.likely(0.1) else ""  # which no figure knows
    typed = day.filler.fill(form, role=role, birth_date=born, died_on=died)
    answer = day.send("past rol aan", who, asked, form, typed)
    if answer is None:
        return page
    person |= {"role": WORDS[role], "born": as_day(born)}
    return answer


def remove_member(day: Day, who: Visitor, page: Page) -> Page:
    """Refused for whom something leans on."""
    asked, name = _page_of_someone(day, who, page, ROLE_AND_DAYS)
    if asked is None:
        return page
    sure = who.follow(asked, "Intrekken")
    if not sure.has_form_with("reason"):
        day.answered("haalt gezinslid weg", who, "geweigerd")
        return page
    form = sure.form_with("reason")
    answer = day.send("haalt gezinslid weg", who, sure, form, day.filler.fill(form))
    if answer is None:
        return page
    day.ledger.person(family_in(page.address), name)["stands"] = False
    return answer


def change_name(day: Day, who: Visitor, page: Page) -> Page:
    asked, name = _page_of_someone(day, who, page, "Naam en contact van ")
    if asked is None:
        return page
    form = asked.form_with("first_name")
    typed: dict[str, Any] = {"first_name": day.filler.name(), "last_name": day.filler.name()}
    answer = day.send("past naam aan", who, asked, form, typed)
    if answer is None:
        return page
    person = day.ledger.person(family_in(page.address), name)
    person["name"] = f"{typed['first_name']} {typed['last_name']}"
    return answer


def _page_of_someone(day: Day, who: Visitor, page: Page, words: str) -> tuple[Page | None, str]:
    links = [one for one in page.links if one.words.startswith(words)]
    if not links:
        return None, ""
    link = day.chance.choice(links)
    return who.open(link.href), link.words.removeprefix(words)
