"""What a browser would send back of a page, as it stands."""

import html
import re

ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def fields_of(page: str) -> dict[str, str]:
    """Of its forms: what is typed in them, what is ticked and what they hold out of sight."""
    found = {}
    for tag in re.findall(r"<input\s+([^>]*)>", page):
        given = dict(ATTRIBUTE.findall(tag))
        ticked = given.get("type") in ("checkbox", "radio")
        if ticked and "checked" not in given:
            continue
        if given.get("name") not in (None, "csrfmiddlewaretoken"):
            found[given["name"]] = html.unescape(given.get("value", "on" if ticked else ""))
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = html.unescape(body.removeprefix("\n"))
    return found
