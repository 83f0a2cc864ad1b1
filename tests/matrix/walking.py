"""Asking for a page as one of the cast, and what any answer has to be, whoever gets it.

Every question is asked in a savepoint that is rolled back: the next one finds the same world.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.access_log.writing import Noted
from accounts.models import AccessLine
from tests.matrix.documents import text_of

LOGIN = "/inloggen/"
# What a GET may always write.
LOGS_AND_SESSIONS = {"accounts_accessline", "accounts_browsersession", "accounts_guesscount"}
WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
CACHEABLE = {"security_txt"}  # says nothing about anybody


@dataclass(frozen=True)
class Answer:
    response: HttpResponse
    text: str  # all of it: headers, cookies and body, a PDF as its words
    noted: Noted

    @property
    def code(self) -> int:
        return self.response.status_code

    def lines(self) -> list[AccessLine]:
        """What the read log says of it; inside `asked` only."""
        ids = self.noted.lines  # most answers have none: then nothing is asked
        return list(AccessLine.objects.filter(pk__in=ids)) if ids else []

    @property
    def is_whole_page(self) -> bool:
        return "<!doctype html" in self.text.lower()

    def leads_to_signing_in(self) -> bool:
        if self.response.headers.get("HX-Refresh") == "true":
            return self.response.content == b""
        return self.code == 302 and self.response["Location"].startswith(LOGIN)


class Browser:
    """One visitor. Django's own test client keeps a copy of all that a template was given, which
    costs more than the page."""

    _handler: BaseHandler | None = None

    def __init__(self, user: Any = None) -> None:
        self.factory = RequestFactory()
        if user is not None:
            client = Client()
            client.force_login(user)
            self.factory.cookies = client.cookies

    @contextmanager
    def asked(
        self,
        method: str,
        address: str,
        *,
        fragment: bool = False,
        data: dict | None = None,
        guarded: bool = False,
    ) -> Iterator[Answer]:
        """The answer; what it did is undone afterwards. `guarded`: a form needs its token."""
        with transaction.atomic():
            yield self._ask(method, address, fragment, data, guarded)
            transaction.set_rollback(True)

    def _ask(
        self, method: str, address: str, fragment: bool, data: dict | None, guarded: bool
    ) -> Answer:
        headers = {"HX-Request": "true"} if fragment else {}
        make = getattr(self.factory, method.lower())
        request = make(address, data, headers=headers)
        request._dont_enforce_csrf_checks = not guarded
        response = _handler().get_response(request)
        text = _whole_text(response)
        for close in response._resource_closers:
            close()  # not response.close(): that would end the connection with the world in it
        return Answer(response, text, Noted.by(request))


def _handler() -> BaseHandler:
    if Browser._handler is None:
        Browser._handler = BaseHandler()
        Browser._handler.load_middleware()
    return Browser._handler


def _whole_text(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    words = text_of(body)
    cookies = response.cookies.output()
    return "\n".join([*(f"{name}: {value}" for name, value in response.items()), cookies, words])


def faults_in_headers(answer: Answer, name: str) -> list[str]:
    """What is missing from the headers of an answer, or too much."""
    headers = answer.response.headers
    wrong = [
        f"{header}: {headers.get(header)!r}"
        for header, value in HEADERS.items()
        if headers.get(header) != value
    ]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-" in policy or "*" in policy:
        wrong.append(f"Content-Security-Policy: {policy!r}")
    if "no-store" not in headers.get("Cache-Control", "") and name not in CACHEABLE:
        wrong.append(f"Cache-Control: {headers.get('Cache-Control')!r}")
    wrong += [f"{header} noemt een versie" for header in ("Server", "X-Powered-By", "Via")
              if header in headers]  # fmt: skip
    for cookie in answer.response.cookies.values():
        is_thrown_away = cookie["max-age"] == 0
        is_open = not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict")
        if is_open and not is_thrown_away:
            wrong.append(f"cookie {cookie.key} is te open")
    return wrong


@contextmanager
def what_it_writes() -> Iterator[dict[str, int]]:
    """Of each table: how many rows were written inside, also those that were rolled back."""
    written: dict[str, int] = {}
    before = _rows_written()
    yield written
    after = _rows_written()
    written.update({name: n - before.get(name, 0) for name, n in after.items()})
    for name in [name for name, n in written.items() if not n]:
        del written[name]


def _rows_written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


__all__ = [
    "LOGS_AND_SESSIONS",
    "Answer",
    "Browser",
    "faults_in_headers",
    "what_it_writes",
]
