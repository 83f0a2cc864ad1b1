"""What the journeys watch for is seen when it happens: an inline script or style, and anything that
is asked of another host (T34). The watching itself is in conftest.py, and fails any journey."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ondersteuning.urls import urlpatterns as as_they_are

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:No directory at")]
ELSEWHERE = "http://elders.example.org"
FAULTS = {
    "script": ("<script>document.title = 'x'</script>", "script-src"),
    "handler": ("<img src='/static/geen.svg' onerror='1' alt=''>", "script-src"),
    "style": ("<p style='color: red'>Rood</p>", "style-src"),
    "picture": (f"<img src='{ELSEWHERE}/pixel.gif' alt=''>", "img-src"),
    "library": (f"<script src='{ELSEWHERE}/lib.js'></script>", "script-src"),
    "font": (f"<link rel='stylesheet' href='{ELSEWHERE}/font.css'>", "style-src"),
}


def faulty(request: HttpRequest, which: str) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>Fout</title><body>{FAULTS[which][0]}</body>")


faulty.login_required = False
urlpatterns = [*as_they_are, path("fout/<str:which>/", faulty)]


@pytest.mark.parametrize("which", FAULTS)
def test_what_the_policy_refuses_is_heard(open_page, settings, which):
    settings.ROOT_URLCONF = __name__
    page = open_page()
    page.goto(f"/fout/{which}/")
    page.wait_for_timeout(300)
    heard, open_page.complaints[:] = "\n".join(open_page.complaints), []
    assert FAULTS[which][1] in heard


def test_what_is_asked_of_another_host_is_heard(open_page):
    page = open_page()
    page.route(f"{ELSEWHERE}/**", lambda route: route.abort())
    page.goto("/inloggen/")
    with pytest.raises(Exception, match="ERR_FAILED"):
        page.goto(f"{ELSEWHERE}/")
    heard, open_page.complaints[:] = "\n".join(open_page.complaints), []
    assert f"asked of another host: {ELSEWHERE}/" in heard


def test_a_page_of_our_own_is_silent(open_page):
    open_page().goto("/inloggen/")
    assert open_page.complaints == []
