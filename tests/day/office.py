"""The day itself: who works, what is known of it, and how an act is done and written down."""

import datetime
import re
from collections import Counter
from random import Random
from typing import Any

from tests.day.before import MANAGERS, REPORTER, SUPERVISORS, cast
from tests.day.filling import Filler, Typed
from tests.day.ledger import Ledger
from tests.day.pages import Form, Page
from tests.day.visitors import FORBIDDEN, Visitor

SPOILED = 0.12
FAMILY = re.compile(r"/gezinnen/([0-9a-f-]{36})/")
REGISTRATION = re.compile(r"/aanmeldingen/([0-9a-f-]{36})/")


class Day:
    """`tally`: how often each kind of act was answered how."""

    def __init__(self, seed: int, today: datetime.date) -> None:
        self.chance, self.today = Random(seed), today
        self.filler = Filler(self.chance, today)
        self.ledger, self.tally = Ledger(), Counter[tuple[str, str]]()
        self.visitors = cast()
        self.last_answer: Page | None = None  # of what was judged last
        self.sent_in: list[Typed] = []

    def supervisor(self) -> Visitor:
        return self.visitors[self.chance.choice(list(SUPERVISORS))]

    def manager(self) -> Visitor:
        return self.visitors[self.chance.choice(list(MANAGERS))]

    def staff(self) -> list[Visitor]:
        return [self.visitors[name] for name in (*SUPERVISORS, *MANAGERS)]

    def reporter(self) -> Visitor:
        return self.visitors[REPORTER]

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def send(
        self, what: str, who: Visitor, page: Page, form: Form, typed: Typed, press: str = ""
    ) -> Page | None:
        """Sends it; now and then first with something wrong in it, which has to be refused. None:
        it was not written down."""
        self.last_answer = None
        wrong = self.filler.spoil(form, typed) if self.likely(SPOILED) else None
        if wrong:
            spoiled, how = wrong
            answer = who.send(page, form, press=press, forge=True, typed=spoiled)
            assert not answer.done, f"{page.address} nam aan: {how}"
            assert answer.wrong, f"{page.address} zegt niet wat er mis is: {how}"
            self.answered(what, who, "fout geweigerd")
            return None
        return self.judged(what, who, who.send(page, form, press=press, typed=typed))

    def judged(self, what: str, who: Visitor, answer: Page) -> Page | None:
        """What the answer says: written down, or why not."""
        self.last_answer = answer
        if answer.done:
            self.answered(what, who, "gedaan")
            return answer
        said = answer.wrong or answer.messages or "Vergelijk de twee teksten" in answer.text
        assert said, f"{what}: {answer.address} zegt niets ({answer.status})"
        self.answered(what, who, "geweigerd")
        return None

    def answered(self, what: str, who: Visitor, answer: str) -> None:
        self.tally[what, answer] += 1
        self.ledger.happened(f"{who.name or 'iemand'} {what}", answer)

    def a_file(self, who: Visitor) -> Page | None:
        """One of the files in somebody's list; None: there are none."""
        listed = who.open("/gezinnen/")
        files = {one.words: one.href for one in listed.links if re.fullmatch(r"G\d+", one.words)}
        return who.open(f"/gezinnen/{files[self.chance.choice(sorted(files))]}") if files else None

    def try_what_is_shut(self, who: Visitor) -> None:
        """A file of somebody else answers as one that isn't there."""
        open_to_all = {one.href.strip("/") for one in who.open("/gezinnen/").links}
        shut = [one for one in self.ledger.families if one not in open_to_all]
        if shut:
            page = who.open(f"/gezinnen/{self.chance.choice(shut)}/wensen/nieuw/")
            self.answered("keek waar het niet mag", who, str(page.status))
            assert page.status == FORBIDDEN


def family_in(address: str) -> str:
    found = FAMILY.search(address)
    assert found, f"geen gezin in {address}"
    return found.group(1)


def registrations_on(page: Page) -> dict[str, str]:
    """Number -> id of those that the visitor may do something with."""
    found = {}
    for link in page.links:
        if link.within.startswith("aanmelding-") and (one := REGISTRATION.search(link.href)):
            found[link.within.removeprefix("aanmelding-")] = one.group(1)
    return found


def said(page: Page) -> str:
    return " ".join(words for _, words in page.messages)


def as_day(value: Any) -> datetime.date | None:
    return value if isinstance(value, datetime.date) else None
