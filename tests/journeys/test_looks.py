"""What the looks are for: a fault that shows in one of them only is told, and where it shows."""

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.looks import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_PAGE = """<!doctype html><html lang="nl"><title>Proef</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
        :root { color-scheme: light dark }
        .telephone { display: none }
        @media (width < 400px) { .telephone { display: block } .desk { display: none } }
        @media (prefers-color-scheme: dark) and (forced-colors: none) {
            .grey-in-the-dark { color: #555; background: #444 }
        }
        @media (forced-colors: active) {
            .grey-when-forced { color: #555; background: #444; forced-color-adjust: none }
        }
        .wide { width: 500px }
        .tight { width: 12ch; overflow: hidden; white-space: nowrap; font-family: monospace }
        .small { display: block; width: 9px; height: 9px; padding: 0; border: 0 }
    </style><main><h1>Proef</h1>%s</main></html>"""
# What stands on the page, by the rule that refuses it and where that is seen.
PLANTED = {
    "<p class=grey-in-the-dark>Grijs": ("color-contrast", {"1280, dark", "320, dark"}),
    "<p class=grey-when-forced>Grijs": ("color-contrast", {"1280, forced", "320, forced"}),
    "<p class='grey-in-the-dark telephone'>Grijs": ("color-contrast", {"320, dark"}),
    "<p class='grey-in-the-dark desk'>Grijs": ("color-contrast", {"1280, dark"}),
    "<input>": ("label", {"1280, light", "320, light"}),
    "<input class=telephone>": ("label", {"320, light"}),
    "<input class=desk>": ("label", {"1280, light"}),
    "<button class=small aria-label=A></button><button class=small aria-label=B></button>": (
        "target-size",
        {"1280, light", "320, light"},
    ),
}


def test_a_fault_in_one_look_only_is_told(browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    told = {}
    for planted in PLANTED:
        page.set_content(A_PAGE % planted)
        found = [re.search(r"\((.+?)\): ([\w-]+):", fault).groups() for fault in faults(page)]
        told[planted] = "+".join({rule for _, rule in found}), {look for look, _ in found}
    assert told == PLANTED


def test_what_a_reader_would_scroll_or_lose_is_told(browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(A_PAGE % "<p>Niets mis.")
    assert faults(page) == []
    page.set_content(A_PAGE % "<p class=wide>Breed")
    assert {fault.partition(" is ")[2] for fault in faults(page)} == {"508 wide in 320"}
    page.set_content(A_PAGE % "<p class=tight>Net op maat</p>")
    (cut,) = faults(page)  # only with the spacing of the reader
    assert 'is cut off: <p class="tight">' in cut
