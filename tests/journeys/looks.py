"""The page as it stands, in every look: telephone and desk, light, dark and forced colours (T105).

The looks are changed under the page, so that a state is reached once and looked at six times.
With OT_LOOKS=folder every look leaves a picture there, to be looked at by people.
"""

import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (1280, 320)
COLOURS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
EVERYTHING = {"rules": {"target-size": {"enabled": True}}}
# Other colours move nothing: only what is seen of them is asked again.
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Only what is wrong comes back, in one go: what passes is ten times as much, and was never read.
# No rule that is on asks for the style sheets or the media to be loaded once more (`preload`).
RUN_AXE = """async options => {
    if (!window.axe) return null;
    const found = await axe.run(
        document, {resultTypes: ['violations'], preload: false, ...options});
    return found.violations.flatMap(fault => fault.nodes.map(
        node => `${fault.id}: ${node.target} ${node.failureSummary}`));
}"""
WIDE = "[document.documentElement.scrollWidth, innerWidth]"
# The spacing of text that a reader may set; nothing may be cut off then (T107).
SPACE_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.clientWidth && getComputedStyle(one).overflow !== 'visible'
        && getComputedStyle(one).clipPath === 'none'
        && !one.matches('select, option, input, svg, svg *, .visually-hidden, progress')
        && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
PICTURES = os.environ.get("OT_LOOKS")
_taken: dict[str, int] = {}


def open_all(page: Page) -> None:
    """Everything that folds out."""
    page.evaluate(OPEN_ALL)


def faults(page: Page) -> list[str]:
    """What axe finds in any look, and what a reader would have to scroll sideways for."""
    size, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, colours in COLOURS.items():
            page.emulate_media(reduced_motion="reduce", **colours)
            found += [
                f"{page.url} ({width}, {name}): {fault}"
                for fault in _axe(page, EVERYTHING if name == "light" else COLOUR_RULES)
            ]
            _picture(page, f"{width}-{name}")
        found += _too_wide(page)
    # The last width is that of 1280 px at 400 %.
    page.evaluate(SPACE_OUT)
    found += _too_wide(page)
    found += [f"{page.url} is cut off: {cut}" for cut in page.evaluate(CUT_OFF)]
    page.evaluate("document.adoptedStyleSheets = []")
    page.emulate_media(**COLOURS["light"])
    page.set_viewport_size(size)
    return found


def faults_now(page: Page) -> list[str]:
    """In the look that the page has: for a journey on the way to something else."""
    return [f"{page.url}: {fault}" for fault in _axe(page, EVERYTHING)] + _too_wide(page)


def _too_wide(page: Page) -> list[str]:
    wide, room = page.evaluate(WIDE)
    return [f"{page.url} is {wide} wide in {room}"] if wide > room else []


def _axe(page: Page, options: dict) -> list[str]:
    found = page.evaluate(RUN_AXE, options)
    if found is not None:
        return found
    page.evaluate(AXE_SCRIPT)  # half a megabyte: once a document
    return page.evaluate(RUN_AXE, options)


def _picture(page: Page, look: str) -> None:
    if PICTURES:
        name = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}/", "/", page.url.split("/", 3)[3])
        place = f"{re.sub(r'[^a-z]+', '-', name).strip('-') or 'begin'}-{look}"
        _taken[place] = _taken.get(place, 0) + 1  # the same page, in another state
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{place}-{_taken[place]}.png", full_page=True)
