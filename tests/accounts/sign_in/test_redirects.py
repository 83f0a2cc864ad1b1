"""After signing in people stay on this very site (T36)."""

import pytest

from .helpers import account, code_of, give_app, give_code, give_password

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example",
    "////evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example\\@testserver",
    "https://testserver@evil.example/", "https://testserver.evil.example/",
    "http://testserver:80@evil.example", "//testserver@evil.example", "ftp://testserver/",
    "https://evil.example?testserver", "https://evil.example#testserver", " //evil.example",
    "\x00//evil.example", "\n//evil.example", "/%09/evil.example\r\nSet-Cookie: a=b",
    "http://localhost/", "https://[::1]/", "//google.com%2F@testserver", "http:evil.example",
    "////", "http://", "https://evil。example/", "//evil%E3%80%82example", "mailto:x@y.nl",
    "file:///etc/passwd", "http://127.0.0.1/", "//127.1/", "/\x0b/evil.example",
]  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nothing_leads_elsewhere(client, place):
    secret = give_app(account())
    client.get("/inloggen/", {"next": place})
    give_password(client, next=place)
    answer = give_code(client, code_of(secret))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"].replace("/%09/evil", "")
    assert not answer["Location"].startswith(("//", "/\\"))
    assert client.post("/uitloggen/", {"next": place})["Location"].startswith("/inloggen/")


@pytest.mark.parametrize("place", ["/account/wachtwoord/", "/rapporten/?pagina=2"])
def test_a_page_of_this_site_is_found_again(client, place):
    secret = give_app(account())
    give_password(client, next=place)
    assert give_code(client, code_of(secret))["Location"] == place
