"""Someone at a screen: opens pages, and sends forms with nothing but what they offer."""

import re
from typing import Any
from urllib.parse import urljoin

from django.db import connection
from django.test import Client

from tests.day.filling import Typed
from tests.day.pages import TICKED, Form, Page, as_sent, read

WENT_WRONG = 500
FORBIDDEN = 404


class Visitor:
    """`name`: as it stands on screen; empty for a stranger. `forms_sent`: how many."""

    def __init__(self, user: Any = None) -> None:
        self.client = Client(raise_request_exception=True)
        self.user, self.name = user, user.name if user else ""
        self.forms_sent = 0
        if user is not None:
            self.client.force_login(user)

    def open(self, address: str) -> Page:
        return self._read(address, self.client.get(address, follow=True))

    def follow(self, page: Page, words: str) -> Page:
        """The first link of which the words begin like this."""
        for link in page.links:
            if link.words.startswith(words):
                return self.open(urljoin(page.address, link.href))
        raise AssertionError(f"geen link '{words}' op {page.address}")

    def send(
        self, page: Page, form: Form, typed: Typed, press: str = "", forge: bool = False
    ) -> Page:
        """`press`: the words on the button. `forge`: also what the form doesn't offer."""
        if not forge:
            _refuse_what_is_not_offered(form, typed, page.address)
        data = form.data() | as_sent(typed)
        data = {name: value for name, value in data.items() if typed.get(name, "") is not None}
        for name, value, words in form.buttons:
            if press and words.startswith(press) and name:
                data[name] = [value]
        self.forms_sent += 1
        address = urljoin(page.address, form.action or page.address)
        answer = self.client.post(address, data, follow=True)
        # What a commit would look at: the rules of the database that wait for it.
        connection.check_constraints()
        return self._read(address, answer)

    def _read(self, address: str, answer: Any) -> Page:
        assert answer.status_code < WENT_WRONG, f"{address}: {answer.status_code}"
        moved = bool(answer.redirect_chain)
        last = answer.redirect_chain[-1][0] if moved else address
        return read(last, answer.status_code, moved, answer.content.decode())


def _refuse_what_is_not_offered(form: Form, typed: Typed, address: str) -> None:
    for name, value in typed.items():
        assert name in form.fields, f"{address} vraagt niet om {name}"
        field = form.fields[name]
        if value is None or not (field.kind == "select" or field.kind in TICKED):
            continue
        for one in value if isinstance(value, list) else [value]:
            assert str(one) in field.options, f"{address} biedt bij {name} geen {one!r}"


def number_in(words: str, letter: str) -> str:
    """The number of a registration (A), a family (G) or what came by the site (W) in a text."""
    found = re.search(rf"\b{letter}\d{{3,}}\b", words)
    assert found, f"geen nummer {letter} in: {words}"
    return found.group()
