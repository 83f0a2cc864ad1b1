"""What a browser does: pages, cookies and forms, and no answer when the site is gone."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

PATIENCE = 15  # seconds
SIGN_IN = "/inloggen/"


class Lost(Exception):
    """No answer, half an answer, or a page that says that the site is broken."""


@dataclass
class Answer:
    status: int
    location: str
    text: str

    @property
    def asks_to_sign_in(self) -> bool:
        return self.location.startswith(SIGN_IN) or self.status == 403


@dataclass
class Form:
    """The first form of a page in which one types: where it goes and what is in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Browser:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """The page after redirects, as far as the page that asks to sign in. Raises Lost."""
        for _ in range(4):
            answer = self._ask("GET", path, None)
            if answer.status != 302 or answer.asks_to_sign_in:
                return answer
            path = answer.location
        raise AssertionError(f"{path} leidt steeds ergens anders heen")

    def post(self, path: str, data: dict[str, str]) -> Answer:
        """The first answer. Raises Lost."""
        return self._ask("POST", path, urlencode(data))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            site.request(method, path, body, headers)
            response = site.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Lost(type(error).__name__) from error
        finally:
            site.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.status >= 500:
            raise Lost(str(response.status))
        return Answer(response.status, response.headers.get("Location", ""), text)


def form_on(page: str, path: str) -> Form:
    """Raises AssertionError when nobody types on this page."""
    reader = _Reader()
    reader.feed(page)
    found = [form for form in reader.forms if "typed" in form.fields]
    if not found:
        title = page.partition("<h1>")[2].partition("</h1>")[0]
        raise AssertionError(f"geen formulier op {path}: {title!r}")
    found[0].action = found[0].action or urlsplit(path).path
    return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._name = self._text = ""
        self._in_textarea = False

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "form":
            self._form = Form(given.get("action") or "")
            self.forms.append(self._form)
        elif self._form and tag == "input" and given.get("name"):
            boxes = given.get("type") in ("checkbox", "radio")
            if not boxes or "checked" in given:
                self._form.fields[given["name"]] = given.get("value") or "on" * boxes
        elif self._form and tag == "textarea":
            self._name, self._text, self._in_textarea = given.get("name") or "", "", True
        elif self._form and tag == "select":
            self._name = given.get("name") or ""
        elif self._form and tag == "option" and self._name:
            value = given.get("value") or ""
            if "selected" in given:
                self._form.fields[self._name] = value
            self._form.fields.setdefault(self._name, value)

    def handle_data(self, data: str) -> None:
        if self._in_textarea:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form:
            self._form.fields[self._name] = self._text.removeprefix("\n")
            self._in_textarea = False
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._name = ""
