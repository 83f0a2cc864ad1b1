"""What each answer tells the browser, whatever its status (T33, T37); and CSRF (T32)."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from ondersteuning.urls import urlpatterns as site

from .helpers import account, give_app, give_password, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def breaks(request):
    raise RuntimeError("with a secret")


def denies(request):
    raise PermissionDenied


breaks.login_required = denies.login_required = False
urlpatterns = [*site, path("breaks/", breaks), path("denies/", denies)]

ANSWERS = {
    "a page": ("/inloggen/", 200),
    "a redirect": ("/", 302),
    "no right": ("/denies/", 403),
    "nothing there": ("/bestaat-niet/", 404),
    "a fault": ("/breaks/", 500),
    "a static file": ("/static/css/ondersteuning.css", 200),
    "no static file": ("/static/bestaat-niet.css", 404),
    "a text": ("/.well-known/security.txt", 200),
}


@pytest.fixture(params=ANSWERS.values(), ids=ANSWERS)
def answer(request):
    where, status = request.param
    found = Client(raise_request_exception=False).get(where)
    assert found.status_code == status
    yield found
    found.close()


def test_every_answer_is_closed_to_others(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in answer
    assert "X-Powered-By" not in answer


def test_every_answer_has_the_policy_without_anything_unsafe(answer):
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
        assert part in policy


def test_only_static_files_are_kept(answer):
    static = answer.status_code == 200 and answer["Content-Type"].startswith("text/css")
    assert static or "no-store" in answer["Cache-Control"]


def test_pages_of_people_are_kept_by_nobody():
    client = signed_in(account())
    for page in ("/", "/account/beveiliging/", "/beheer/medewerkers/"):
        assert "no-store" in client.get(page)["Cache-Control"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "XYZ"])
def test_other_methods_are_refused(client, method):
    assert client.generic(method, "/inloggen/").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "x y", "a@localhost"])
def test_another_host_is_refused(client, host):
    assert client.get("/inloggen/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "trick",
    ["/static/../ondersteuning/settings.py", "/static/..%2f..%2fmanage.py", "/.git/config",
     "/static/", "/static/css/", "/.env", "//evil.example/", "/inloggen/../beheer/"],
)  # fmt: skip
def test_no_file_and_no_list_of_files(client, trick):
    assert client.get(trick).status_code in {302, 404}
    assert "evil" not in client.get(trick).get("Location", "").split("?")[0]


def test_no_page_has_a_script_or_style_of_its_own():
    client = signed_in(account())
    for page in ("/account/beveiliging/", "/account/beveiliging/sleutels/nieuw/", "/"):
        text = client.get(page).content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), page
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), page


def test_a_post_without_its_token_is_refused():
    give_app(account())
    strict = Client(enforce_csrf_checks=True)
    assert give_password(strict).status_code == 403
    for page in ("/uitloggen/", "/concept/", "/wachtwoord-vergeten/", "/inloggen/tweede-stap/"):
        assert strict.post(page, {}).status_code == 403


def test_security_txt_is_always_valid(client, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@ot.example.nl"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:veilig@ot.example.nl\n" in text
    assert re.search(r"Expires: 20\d\d-\d\d-\d\dT00:00:00Z\n", text)
    assert "Canonical: http://testserver/.well-known/security.txt\n" in text


def test_on_a_laptop_cookies_are_for_scripts_of_nobody():
    client = signed_in(account())
    client.get("/account/wachtwoord/")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
