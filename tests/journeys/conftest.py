"""A real browser. On every page it opens, what must never happen is watched for."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from cases.searching import stale_people
from reporting.services import running

# Playwright drives the browser from a loop of its own in this thread, which Django mistakes for
# asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE = 10_000  # milliseconds
# Runs in every page before its own scripts do, beside the policy: says on the console what the
# policy refused, also where the browser itself keeps silent.
WATCHES = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`${event.violatedDirective} refused ${event.blockedURI}`));
"""
AT_HOME = ("data:", "blob:", "about:")


@pytest.fixture
def browser(chromium_path: str, transactional_db: None) -> Iterator[Browser]:
    """For one test only, and after the database is ready: while Playwright's loop runs, Django
    uses other connections, and the next test would miss what a migration put in the tables."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Gives a page: open_page(width=320, color_scheme="dark"). Afterwards nothing may have been
    said on the console, nothing refused by the content security policy, and nothing asked of
    another host: in every journey (T34)."""
    contexts, complaints = [], []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}")
                if said.type in {"error", "warning"} and not _expected(said.text)
                else None
            ),
        )

    def asked_of(url: str) -> None:
        if not url.startswith((f"{live_server.url}/", *AT_HOME)):
            complaints.append(f"asked of another host: {url}")

    def open_page(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCHES)
        context.on("request", lambda request: asked_of(request.url))
        contexts.append(context)
        page = context.new_page()
        listen(page)
        return page

    open_page.complaints = complaints
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _expected(text: str) -> bool:
    """The browser notes every page that answers 'not for you', 'not there' or 'not any more'."""
    return any(f"status of {code}" in text for code in (403, 404, 409, 410, 429))


@pytest.fixture
def signed_in(open_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """signed_in(user, width=320): a page of someone who has already signed in."""

    def signed_in(user: User, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        page = open_page(**options)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return signed_in


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing wakes a worker up: a test does its work itself, when it wants to."""
    monkeypatch.setattr(running, "wake_a_worker", lambda run: None)


@pytest.fixture(autouse=True)
def everybody_is_findable(transactional_db: None) -> Iterator[None]:
    """Whatever was done on screen: whoever writes a person keeps the search keys."""
    yield
    assert stale_people() == [], "roep cases.searching.index_people aan waar deze persoon verandert"
