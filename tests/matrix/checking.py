"""One URL, by the whole cast, in every way: what goes against the expectations, in words."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from tests.cases.office import TODAY
from tests.matrix.addresses import ARGUMENTS
from tests.matrix.cast import (
    ADMINISTRATOR,
    EVERYONE,
    FORMER,
    MANAGER,
    OUTSIDE,
    OWNER,
    SUPERUSER,
)
from tests.matrix.expecting import Code, Expected
from tests.matrix.filling import Typed, forms_on
from tests.matrix.walking import (
    LOGS_AND_SESSIONS,
    Answer,
    faults_in_headers,
    what_it_writes,
)
from tests.matrix.world import World, nowhere

UNPROCESSABLE = 422
UNKNOWN_METHODS = ("PUT", "PATCH", "DELETE")
NOT_ALLOWED = 405
PROVED_BY_ITS_ADDRESS = {"survey_unsubscribe"}  # who has that link is whom it is about
# Of those who have no ground for the stranger's family: each kind of ground, and each kind of none.
WITHOUT_GROUND = (ADMINISTRATOR, FORMER, MANAGER, OWNER, SUPERUSER)


class Walk:
    """All that is asked of one URL."""

    def __init__(self, world: World, name: str, expected: Expected) -> None:
        self.world, self.name, self.expected = world, name, expected
        self.address = self._address(world.own)

    def _address(self, things: dict, args: str | None = None) -> str:
        make = ARGUMENTS[self.expected.args if args is None else args]
        return reverse(self.name, kwargs=make(things))

    def _queries(self) -> list[str]:
        words = {
            "mother": self.world.own["mother"],
            "owner": self.world.users[OWNER],
            "today": f"{TODAY:%d-%m-%Y}",
        }
        return [self.address + query.format(**words) for query in self.expected.queries]

    def _also(self) -> list[str]:
        return [self._address(self.world.own, args) for args in self.expected.also]

    # --- The matrix -------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """Everything that is wrong, with who it is wrong for."""
        self.world.walked.add(self.name)
        by_fault: dict[str, list[str]] = defaultdict(list)
        with what_it_writes() as written:
            for actor in sorted(EVERYONE):
                for fault in self._reading(actor):
                    by_fault[fault].append(actor)
        for actor in sorted(EVERYONE):
            for fault in self._sending(actor):
                by_fault[fault].append(actor)
        faults = [f"{self.name}: {fault} ({', '.join(who)})" for fault, who in by_fault.items()]
        if too_much := set(written) - LOGS_AND_SESSIONS - set(self.expected.writes):
            faults.append(f"{self.name}: een GET schrijft in {sorted(too_much)}")
        return faults

    def _reading(self, actor: str) -> Iterator[str]:
        told_apart: dict[bool, tuple[int, bool]] = {}
        for method, fragment, address in self._questions(actor):
            with self._browser(actor).asked(method, address, fragment=fragment) as answer:
                what = f"{method} {address}{' (fragment)' if fragment else ''}"
                code = self.expected.get
                if fragment and self.expected.fragment is not None:
                    code = self.expected.fragment
                yield from self._as_expected(actor, what, answer, code, fragment)
                yield from self._always(actor, what, answer, typed=address)
                plain = method == "GET" and address == self.address
                if plain and not answer.leads_to_signing_in():
                    told_apart[fragment] = (answer.code, answer.is_whole_page)
                    varies = "HX-Request" in answer.response.headers.get("Vary", "")
        if actor in self.expected.who and len(set(told_apart.values())) > 1 and not varies:
            yield "een fragment is anders dan de pagina, zonder Vary: HX-Request"

    def _questions(self, actor: str) -> Iterator[tuple[str, bool, str]]:
        yield "GET", False, self.address
        yield "GET", True, self.address
        yield "HEAD", False, self.address
        for address in self._queries():
            yield "GET", False, address
        gets_in = actor in self.expected.who
        if actor == min(self.expected.who if gets_in else EVERYONE - self.expected.who):
            for address in self._also():
                yield "GET", False, address

    def _sending(self, actor: str) -> Iterator[str]:
        for fragment in (False, True) if self.expected.post else (False,):
            what = f"POST{' (fragment)' if fragment else ''}"
            with self._browser(actor).asked("POST", self.address, fragment=fragment) as answer:
                yield from self._as_expected(actor, what, answer, self.expected.post, fragment)
                yield from self._always(actor, what, answer)
        yield from self._unknown(actor)

    def _unknown(self, actor: str) -> Iterator[str]:
        for method in UNKNOWN_METHODS:
            with self._browser(actor).asked(method, self.address) as answer:
                if answer.code != NOT_ALLOWED:
                    yield f"{method} geeft {answer.code}"
                yield from self._always(actor, method, answer)

    def look_around(self) -> None:
        """Only what is seen by who may: all that test_what_is_seen needs."""
        self.world.walked.add(self.name)
        if self.expected.get is not None:
            for actor in sorted(self.expected.who):
                for address in (self.address, *self._queries(), *self._also()):
                    with self._browser(actor).asked("GET", address) as answer:
                        seen = self.world.canaries.in_text(answer.text)
                        self.world.seen[self.name] |= seen - self.world.canaries.in_text(address)

    def _as_expected(
        self, actor: str, what: str, answer: Answer, code: Code | None, fragment: bool
    ) -> Iterator[str]:
        gets_in = actor in self.expected.who
        if code is None:
            if answer.code != NOT_ALLOWED and not (not gets_in and self._refused(actor, answer)):
                yield f"{what} geeft {answer.code} in plaats van 405"
        elif gets_in:
            wanted = _code_for(actor, code)
            signs_in = wanted == 302 and fragment and answer.leads_to_signing_in()
            if answer.code != wanted and not signs_in:
                yield f"{what} geeft {answer.code} in plaats van {wanted}"
        elif not self._refused(actor, answer):
            yield f"{what} geeft {answer.code} in plaats van een weigering"

    def _refused(self, actor: str, answer: Answer) -> bool:
        if actor in OUTSIDE:
            return answer.leads_to_signing_in()
        return answer.code == self.expected.refused

    def _always(self, actor: str, what: str, answer: Answer, typed: str = "") -> Iterator[str]:
        """What holds for each answer, whatever its code. What was `typed` may be repeated."""
        for fault in faults_in_headers(answer, self.name):
            yield f"{what} ({answer.code}): {fault}"
        seen = self.world.canaries.in_text(answer.text) - self.world.canaries.in_text(typed)
        if actor in self.expected.who:
            self.world.seen[self.name] |= seen
        lines = answer.lines()
        for canary in sorted(seen, key=repr):
            if actor not in canary.may_see:
                yield f"{what} ({answer.code}) LEKT {canary}"
        named = {subject for line in lines for subject in line.subjects}
        if unnamed := [one.of for one in seen if set(one.about) - named]:
            yield f"{what} toont {sorted(set(unnamed))} zonder regel in het leeslogboek"
        in_log = " ".join(f"{line.purpose} {line.part} {line.detail}" for line in lines)
        for canary in self.world.canaries.in_text(in_log):
            yield f"{what} schrijft {canary} in het leeslogboek"

    def _browser(self, actor: str):
        return self.world.browsers[actor]

    # --- A form that is filled in -----------------------------------------------------------

    def forms(self) -> Iterator[tuple[str, Typed]]:
        """All that can be sent from this page, by whoever it opens for."""
        if self.expected.get is None:
            return
        for actor in sorted(self.expected.who):
            for address in (self.address, *self._queries()):
                with self._browser(actor).asked("GET", address) as answer:
                    if answer.is_whole_page:
                        yield from forms_on(answer.response.content, address)

    def faults_when_filled_in(self, typed: Typed) -> list[str]:
        """As whoever is shown the form fills it in. Who isn't, gets nowhere with it either."""
        faults: list[str] = []
        for actor in sorted(self.expected.who):
            faults += [f"{self.name}: {it} ({actor})" for it in self._filled(actor, typed)]
        with what_it_writes() as written:
            for actor in sorted(EVERYONE - self.expected.who):
                faults += [
                    f"{self.name}: {fault} ({actor})" for fault in self._filled(actor, typed)
                ]
        if too_much := set(written) - LOGS_AND_SESSIONS:
            faults.append(f"{self.name}: wie niet mag, schrijft in {sorted(too_much)}")
        return faults

    def _filled(self, actor: str, typed: Typed) -> Iterator[str]:
        what = "POST, ingevuld"
        with (
            what_it_writes() as written,
            self._browser(actor).asked("POST", self.address, data=typed.again()) as answer,
        ):
            gets_in = actor in self.expected.who
            wanted = _code_for(actor, self.expected.post) if gets_in else None
            if gets_in and answer.code >= 400 and answer.code not in (UNPROCESSABLE, wanted):
                yield f"{what} geeft {answer.code}"
            if not gets_in and not self._refused(actor, answer):
                yield f"{what} geeft {answer.code} in plaats van een weigering"
            yield from self._always(actor, what, answer, typed=str(typed.values))
        if gets_in and set(written) - LOGS_AND_SESSIONS:
            self.world.saved.add(self.name)

    # --- A family without a ground ----------------------------------------------------------

    def faults_with_a_stranger(self) -> list[str]:
        """The same address of a family that is no business of theirs: as if it weren't there."""
        address = self._address(self.world.foreign)
        if address == self.address:
            return []
        absent = reverse(
            self.name, kwargs=nowhere(ARGUMENTS[self.expected.args](self.world.foreign))
        )
        return [
            f"{self.name} als {actor}: {method} geeft {there} voor een vreemd gezin, "
            f"{nowhere_} voor een gezin dat er niet is"
            for actor in WITHOUT_GROUND
            for method in ("GET", "POST")
            for there, nowhere_ in [
                (self._said(actor, method, address), self._said(actor, method, absent))
            ]
            if there != nowhere_ or there[0] < 400
        ]

    def _said(self, actor: str, method: str, address: str) -> tuple[int, int]:
        """The code, and the length of what was said (a token differs, its length doesn't)."""
        with self._browser(actor).asked(method, address) as answer:
            return answer.code, len(answer.response.content)

    def faults_when_mixed(self) -> list[str]:
        """One's own family in the address, with something in it of a stranger's (T20)."""
        own, foreign = (
            ARGUMENTS[self.expected.args](things) for things in (self.world.own, self.world.foreign)
        )
        ids = [name for name, value in own.items() if value != foreign[name]]
        return [
            f"{self.name} als {actor}: {method} met {other} van een vreemd gezin geeft {code}"
            for other in (ids[1:] if len(ids) > 1 else [])
            for actor in sorted(self.expected.who)
            for method in ("GET", "POST")
            for code, _ in [
                self._said(actor, method, reverse(self.name, kwargs={**own, other: foreign[other]}))
            ]
            if code not in (404, NOT_ALLOWED)
        ]

    # --- A form without its token -----------------------------------------------------------

    def faults_without_a_token(self) -> list[str]:
        """Whoever may send it, can't be made to by another site: the token is asked for before
        anything looks who it is."""
        if self.expected.post is None or self.name in PROVED_BY_ITS_ADDRESS:
            return []
        actor, wrong = min(self.expected.who), []
        with (
            what_it_writes() as written,
            self._browser(actor).asked("POST", self.address, guarded=True) as answer,
        ):
            if answer.code != 403:
                wrong.append(f"{self.name} als {actor}: {answer.code} zonder token")
        if set(written) - LOGS_AND_SESSIONS:
            wrong.append(f"{self.name} als {actor}: schrijft zonder token {written}")
        return wrong


def _code_for(actor: str, code: Code) -> int:
    if isinstance(code, int):
        return code
    return next(value for group, value in code.items() if actor in group)
