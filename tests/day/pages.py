"""A page as someone reads it: its forms with what they offer, its links, and what it says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TEXTS = {"option", "a", "button", "label", "li", "legend", "article", "h1"}
TICKED = {"checkbox", "radio"}


@dataclass
class Field:
    """`options`: what may be chosen, value -> words. `value`: as the page fills it in."""

    name: str
    kind: str
    value: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    required: bool = False


@dataclass
class Form:
    """`buttons`: (name, value, words); a name is empty when pressing it sends nothing more."""

    action: str
    method: str
    id: str = ""
    look: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def data(self) -> dict[str, list[str]]:
        return {name: one.value for name, one in self.fields.items() if one.value}

    def words(self, name: str, value: str) -> str | None:
        """What stands beside a choice; None for none, or for an empty one."""
        return self.fields[name].options.get(value) if value else None

    def choices(self, name: str) -> list[str]:
        return [value for value in self.fields[name].options if value]


@dataclass(frozen=True)
class Link:
    """`within`: the id of the section in which it stands."""

    href: str
    words: str
    within: str


@dataclass
class Page:
    address: str
    status: int
    moved: bool  # the answer to a form led on to another page
    text: str
    forms: list[Form]
    links: list[Link]
    messages: list[tuple[str, str]]
    articles: dict[str, str]
    wrong: bool

    @property
    def done(self) -> bool:
        """It was written down."""
        return self.moved and any("success" in tags for tags, _ in self.messages)

    @property
    def question(self) -> Form:
        """What the page is there for."""
        return next(form for form in self.forms if "ask" in form.look.split())

    def form_with(self, name: str) -> Form:
        for form in self.forms:
            if name in form.fields:
                return form
        raise AssertionError(f"geen formulier met {name} op {self.address}")

    def has_form_with(self, name: str) -> bool:
        return any(name in form.fields for form in self.forms)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[Link] = []
        self.messages: list[tuple[str, str]] = []
        self.articles: dict[str, str] = {}
        self.wrong = False
        self.sections: list[str] = []
        self.heard: list[tuple[str, dict, list[str]]] = []  # texts that are still going on
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None
        self.labels: dict[str, str] = {}
        self.ticks: dict[str, tuple[Field, str]] = {}
        self.outside: list[tuple[str, tuple[str, str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        at = {name: value or "" for name, value in attrs}
        if "error-summary" in at.get("class", "") or "wrong-text" in at.get("class", ""):
            self.wrong = True
        if tag == "section":
            self.sections.append(at.get("id", ""))
        elif tag == "form":
            self.form = Form(
                at.get("action", ""), at.get("method", "get"), at.get("id", ""), at.get("class", "")
            )
            self.forms.append(self.form)
        elif tag == "input" and self.form is not None:
            self._input(at)
        elif tag == "select" and self.form is not None:
            self.select = self._field(at, "select")
        elif tag == "textarea" and self.form is not None:
            self.area = self._field(at, "text")
            self.area.value.append("")
        if tag in TEXTS:
            self.heard.append((tag, at, []))

    def _field(self, at: dict[str, str], kind: str) -> Field:
        one = self.form.fields.setdefault(at["name"], Field(at["name"], kind))
        one.required = "required" in at
        return one

    def _input(self, at: dict[str, str]) -> None:
        name, kind = at.get("name", ""), at.get("type", "text")
        if not name or kind in ("submit", "button") or "disabled" in at:
            return
        one = self._field(at, kind)
        if kind not in TICKED:
            one.value.append(at.get("value", ""))  # several hidden ones bear one name
            return
        value = at.get("value", "on")
        one.options[value] = ""
        self.ticks[at.get("id", "")] = (one, value)
        if "checked" in at:
            one.value.append(value)

    def handle_data(self, data: str) -> None:
        for _, _, words in self.heard:
            words.append(data)
        if self.area is not None:
            self.area.value[0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "section" and self.sections:
            self.sections.pop()
        elif tag == "form":
            self.form = None
        elif tag == "select":
            self._close_select()
        elif tag == "textarea":
            self.area = None
        if tag in TEXTS and any(one[0] == tag for one in self.heard):
            while (ended := self.heard.pop())[0] != tag:
                pass
            self._said(tag, ended[1], " ".join("".join(ended[2]).split()))

    def _close_select(self) -> None:
        if self.select is not None and not self.select.value and self.select.options:
            self.select.value = [next(iter(self.select.options))]
        self.select = None

    def _said(self, tag: str, at: dict[str, str], words: str) -> None:
        if tag == "a" and "href" in at:
            within = next((one for one in reversed(self.sections) if one), "")
            self.links.append(Link(at["href"], words, within))
        elif tag == "option" and self.select is not None:
            self.select.options[at.get("value", words)] = words
            if "selected" in at:
                self.select.value = [at.get("value", words)]
        elif tag == "label" and at.get("for") in self.ticks:
            one, value = self.ticks[at["for"]]
            one.options[value] = words
        elif tag == "button":
            self._button(at, words)
        elif tag == "article":
            self.articles[at.get("aria-labelledby", "")] = words
        elif tag == "li" and at.get("class", "").startswith("message "):
            self.messages.append((at["class"], words))

    def _button(self, at: dict[str, str], words: str) -> None:
        button = (at.get("name", ""), at.get("value", ""), words)
        if "form" in at:
            self.outside.append((at["form"], button))
        elif self.form is not None:
            self.form.buttons.append(button)

    def close(self) -> None:
        super().close()
        for of, button in self.outside:
            for form in self.forms:
                if form.id == of:
                    form.buttons.append(button)


def read(address: str, status: int, moved: bool, text: str) -> Page:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return Page(
        address, status, moved, text, reader.forms, reader.links, reader.messages,
        reader.articles, reader.wrong,
    )  # fmt: skip


def as_sent(typed: dict[str, Any]) -> dict[str, list[str]]:
    """What someone typed as a browser would send it: None is a box that is not ticked."""
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in typed.items()
        if value is not None
    }
