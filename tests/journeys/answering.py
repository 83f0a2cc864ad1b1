"""Somebody who answers a survey on an old telephone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Look = Callable[[Page], None]
PHONE = {"width": 320, "height": 568}
DUTCH = {
    "begin": "Beginnen", "next": "Verder", "back": "Terug", "skip": "Overslaan",
    "send": "Insturen", "thanks": "Dank je wel", "done": "Je deed al mee",
}  # fmt: skip
ARABIC = {
    "begin": "ابدأ", "next": "التالي", "back": "رجوع", "skip": "تخطي", "send": "إرسال",
    "thanks": "شكرا لك", "done": "لقد شاركت من قبل",
}  # fmt: skip


def nothing(page: Page) -> None:
    """No look at all."""


def open_link(page: Page, link: str) -> None:
    """As a mail program does: and the link is out of the address at once."""
    page.goto(f"/enquete/{link}/")
    expect(page).to_have_url(re.compile(r"/enquete/$"))


def go_through(page: Page, language: str, words: dict[str, str], look: Look = nothing) -> None:
    """Every question, as someone who answers three, skips two, goes back once and reloads.
    `language`: what is pressed for it; '' when the page speaks it already. `look`: what is looked
    at on each page."""

    def press(name: str) -> None:
        look(page)
        page.get_by_role("button", name=words[name], exact=True).click()

    if language:
        page.get_by_role("link", name=language, exact=True).click()
    press("begin")
    page.get_by_role("radio").first.check()
    press("next")
    page.get_by_role("checkbox").nth(1).check()
    press("next")
    press("back")
    expect(page.get_by_role("checkbox").nth(1)).to_be_checked()
    press("next")
    press("skip")
    page.get_by_role("textbox").fill("…")
    page.reload()
    page.get_by_role("textbox").fill("Dank")
    press("next")
    press("skip")
    press("send")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["thanks"])
    look(page)
