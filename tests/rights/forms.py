"""A form as a browser would send it: every field as it opened, and something in what must not be
empty."""

from html.parser import HTMLParser
from typing import Any

from tests.cases.office import TODAY

TYPED = {"date": f"{TODAY:%Y-%m-%d}", "email": "iemand@example.org", "number": "1", "time": "10:00"}


class Fields(HTMLParser):
    """The fields of all forms of a page, but those of the frame round it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._area = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        has = dict(attrs)
        name = has.get("name", "")
        self._inside = self._inside or tag == "main"
        if not self._inside:
            return
        if tag == "input" and name:
            self._input(has, name)
        elif tag == "select" and name:
            self._select = name
            self.found.setdefault(name, "")
        elif tag == "option" and self._select and has.get("value"):
            chosen = "selected" in has or not self.found[self._select]
            self.found[self._select] = has["value"] if chosen else self.found[self._select]
        elif tag == "textarea" and name:
            self._area = name
            self.found[name] = ""

    def _input(self, has: dict[str, Any], name: str) -> None:
        kind, value = has.get("type", "text"), has.get("value", "")
        if kind in ("radio", "checkbox"):
            if "checked" in has or name not in self.found:
                self.found[name] = value or "on"
        elif kind not in ("submit", "file"):
            self.found[name] = value or TYPED.get(kind, "Een zin die lang genoeg is om te bewaren")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self._area] = self.found[self._area] or "Een zin die lang genoeg is."
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "main":
            self._inside = False


def fields_of(html: str) -> dict[str, str]:
    fields = Fields()
    fields.feed(html)
    return fields.found
