"""Someone who types, is interrupted, does what people do then, and looks what became of it."""

import json
import random
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.test import Client

from accounts.models import User
from cases.models import Registration
from tests.endure.interrupting.browser import Answer, Browser, Form, Lost, form_on
from tests.endure.interrupting.stories import BETTER, NEW, Story

PAUSE = 0.2  # seconds between two times that the text is kept; two in the product (concept.js)
LONGEST = 90  # seconds for one deed, with all that comes between
FIRST = ("intussen aangepast", "was je voor", "wijzigde deze taak intussen")
WORDS = ["ze", "belde", "over", "de", "woning", "en", "wil", "volgende", "week", "iets", "horen"]
T = TypeVar("T")


class Wrong(AssertionError):
    """A promise that was broken."""


class Typist(threading.Thread):
    """Types until told to stop. `saved`: the markers of what was answered as saved, with their
    story; `wrong`: broken promises in words; `pages`: answers that the read log must know of."""

    def __init__(
        self, user: User, cases: list[Registration], port: int, seed: int, say: Callable
    ) -> None:
        super().__init__(daemon=True)
        self.say = say
        self.user, self.cases = user, cases
        self.chance, self.seed = random.Random(seed), seed
        self.browser = Browser(port)
        self.enough = threading.Event()
        self.story: Story | None = None
        self.saved: list[tuple[str, Story]] = []
        self.wrong: list[str] = []
        self.counts = {"stale": 0, "signed in again": 0, "sent again": 0, "given back": 0}
        self.pages = 0

    def run(self) -> None:
        number = 0
        while not self.enough.is_set():
            number += 1
            marker = f"t{self.seed}n{number}."
            try:
                self._work(marker)
            except (AssertionError, KeyError) as fault:
                name = self.story.name if self.story else "?"
                self._broken(f"{name} {marker}: {fault}")
            except Exception as fault:  # a thread that dies is a fault as well
                self._broken(f"{marker}: {fault!r}")
        connection.close()

    def _broken(self, words: str) -> None:
        self.wrong.append(words)
        self.say(f"Fout: {words}")

    # --- One story ---------------------------------------------------------------------------
    def _work(self, marker: str) -> None:
        """Types one text and saves it, whatever comes between."""
        self.story = story = self._choose()
        self.sent: list[str] = [""]
        self.acked = 0
        self.until = time.monotonic() + LONGEST
        form = self._open()
        self.sent[0] = form.fields[story.field]
        text = marker
        for word in self.chance.choices(WORDS, k=self.chance.randint(1, 4)):
            text = f"{text} {word}"
            time.sleep(PAUSE)
            form, text = self._keep(form, text)
        self._save(form, text, marker)
        if asked(lambda: story.written(marker)) != 1:
            raise Wrong(f"{asked(lambda: story.written(marker))} keer opgeslagen")
        self.saved.append((marker, story))

    def _choose(self) -> Story:
        registration = self.chance.choice(self.cases)
        if self.chance.random() < 0.5:
            better = self.chance.choice(BETTER)
            story = asked(lambda: better(registration))
            if story:
                return story
        return asked(lambda: self.chance.choice(NEW)(registration))

    def _open(self) -> Form:
        """The form, after signing in again when that is needed."""
        answer = self._insist(lambda: self.browser.get(self.story.address))
        if answer.asks_to_sign_in:
            self._sign_in()
            return self._open()
        self.pages += 1
        return form_on(answer.text, self.story.address)

    def _keep(self, form: Form, text: str) -> tuple[Form, str]:
        """As concept.js: without an answer the text stays in the page, and it tries again."""
        fields = {**form.fields, self.story.field: text}
        content = {name: fields[name] for name in fields if name not in ("typed", CSRF)}
        data = {"key": fields["typed"], "content": json.dumps(content), CSRF: fields[CSRF]}
        self.sent.append(text)
        answer = self._insist(lambda: self.browser.post("/concept/", data))
        if answer.asks_to_sign_in:
            return self._come_back()
        if answer.status != 200 or not json.loads(answer.text)["kept"]:
            raise Wrong(f"niet bewaard: {answer.status} {answer.text[:200]}")
        self.acked = len(self.sent) - 1
        return form, text

    def _come_back(self) -> tuple[Form, str]:
        """The page is gone. What was kept stands in the form; if nothing was, what stands now."""
        form = self._open()
        text = form.fields[self.story.field]
        if self.acked and text not in self.sent[self.acked :]:
            raise Wrong(f"bewaard was {self.sent[self.acked]!r}, terug kwam {text!r}")
        self.counts["given back"] += bool(self.acked)
        return form, text

    def _save(self, form: Form, text: str, marker: str) -> None:
        text = text if text.startswith(marker) else marker + text
        data = {**form.fields, self.story.field: text, **self.story.also}
        while True:
            self._in_time()
            try:
                answer = self.browser.post(form.action, data)
            except Lost:
                if self.chance.random() < 0.5:  # presses 'reload'
                    self.counts["sent again"] += 1
                    time.sleep(PAUSE)
                    continue
                if not self._was_saved(marker):
                    self._once_more(text, marker)
                return
            if answer.asks_to_sign_in:
                self._once_more(text, marker)
                return
            if answer.status == 302:
                self.pages += 1
                self._must_be_there(marker)
                return
            form = self._compare(answer, form)
            data = {**form.fields, self.story.field: text, **self.story.also}

    def _once_more(self, text: str, marker: str) -> None:
        form, came_back = self._come_back()
        if self._was_saved(marker):
            raise Wrong(f"opgeslagen, en toch staat er nog een concept: {came_back!r}")
        self._save(form, text, marker)

    def _compare(self, answer: Answer, form: Form) -> Form:
        """Someone was first: both stand there, and one's own is chosen."""
        if not any(words in answer.text for words in FIRST):
            said = answer.text.partition("error-summary")[2][:300]
            raise Wrong(f"geweigerd ({answer.status}): {said}")
        self.counts["stale"] += 1
        again = form_on(answer.text, form.action)
        if not again.fields[self.story.field].strip():
            raise Wrong("de eigen tekst staat niet naast die van de ander")
        return again

    # --- What became of it -------------------------------------------------------------------
    def _was_saved(self, marker: str) -> bool:
        written = asked(lambda: self.story.written(marker))
        if written > 1:
            raise Wrong(f"zonder antwoord {written} keer opgeslagen")
        return bool(written)

    def _must_be_there(self, marker: str) -> None:
        if not self._was_saved(marker):
            raise Wrong("als opgeslagen beantwoord, en het staat er niet")

    # --- Around it ---------------------------------------------------------------------------
    def _insist(self, deed: Callable[[], Answer]) -> Answer:
        while True:
            self._in_time()
            try:
                return deed()
            except Lost:
                time.sleep(PAUSE)

    def _in_time(self) -> None:
        if time.monotonic() > self.until:
            raise Wrong(f"na {LONGEST} s nog niet gelukt")

    def _sign_in(self) -> None:
        self.counts["signed in again"] += 1
        client = Client()
        try:
            asked(lambda: client.force_login(self.user))
        except UpdateError:  # this session was ended while it began
            self._sign_in()
            return
        name = settings.SESSION_COOKIE_NAME
        self.browser.cookies = {name: client.cookies[name].value}


CSRF = "csrfmiddlewaretoken"


def asked(question: Callable[[], T], seconds: float = 60) -> T:
    """The answer of the database, which may be away for a while."""
    until = time.monotonic() + seconds
    while True:
        try:
            return question()
        except (DatabaseError, InterfaceError):
            if time.monotonic() > until:
                raise
            close_old_connections()
            connection.close()
            time.sleep(0.1)
