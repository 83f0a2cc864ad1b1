"""From signing in to reading the figures, as someone with a keyboard, a telephone or no script."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import TimeoutError, expect

from reporting.models import ReportRun
from reporting.services.running import claim, work_on
from tests.reporting.runs import NOT_COLLECTED, PASSWORD, a_done_run, a_running_run, rianne

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
FOCUS_IS_VISIBLE = """() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect();
    const style = getComputedStyle(stop);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""
PICTURE = Path(settings.BASE_DIR) / "docs" / "beeld" / "rapport.png"


def test_sign_in_ask_see_it_come_and_read(open_page):
    rianne()
    page = open_page()
    page.goto("/")
    page.get_by_label("E-mailadres").fill("rianne@ot.example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kwartaalcijfers")

    page.get_by_role("button", name="Cijfers berekenen").click()
    expect(page.get_by_text("Wacht op een werker")).to_be_visible()

    run = claim(ReportRun.objects.get().pk)
    expect(page.get_by_text("Wordt berekend")).to_be_visible()
    ReportRun.objects.update(steps_done=3, steps_total=14, step_label="kinderen")
    expect(page.get_by_text("Stap 3 van 14: kinderen tellen")).to_be_visible()
    work_on(run)

    message = page.get_by_text("De cijfers zijn klaar.")
    expect(message).to_be_visible()
    expect(message).to_be_focused()
    expect(page.get_by_role("heading", name="Kinderen en uithuisplaatsingen")).to_be_visible()
    page.reload()
    expect(message).to_have_count(0)

    page.get_by_role("button", name="Rianne Rapport").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    expect(page.get_by_text("Je bent uitgelogd.")).to_be_visible()


def test_what_is_wrong_gets_the_focus_and_leads_to_its_field(signed_in):
    page = signed_in(rianne())
    page.goto("/rapporten/")
    page.get_by_label("Periode", exact=True).select_option(label="Eigen datums kiezen")
    page.get_by_label("Eerste dag van de periode").fill("2024-08-01")
    page.get_by_label("Peildatum").fill("2024-07-31")
    page.get_by_role("button", name="Cijfers berekenen").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("Fout:")
    summary.get_by_role("link").click()
    field = page.get_by_label("Peildatum")
    expect(field).to_be_focused()
    expect(field).to_have_value("2024-07-31")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "De laatste dag van de periode. De stand aan het eind van deze dag telt. "
        "De peildatum ligt voor de eerste dag. Kies een dag vanaf do 1 aug 2024."
    )


def test_the_dates_show_only_for_who_chooses_own_dates(signed_in):
    page = signed_in(rianne())
    page.goto("/rapporten/")
    expect(page.get_by_label("Peildatum")).to_be_hidden()
    page.get_by_label("Periode", exact=True).select_option(label="Eigen datums kiezen")
    expect(page.get_by_label("Peildatum")).to_be_visible()


def test_with_the_keyboard_alone(signed_in):
    run = a_done_run()
    page = signed_in(rianne())
    page.goto(f"/rapporten/{run.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link", name="Kwartaalcijfers")).to_be_focused()

    summary = page.locator(".definition > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elke aanmelding telt één keer")).to_be_visible()

    menu = page.get_by_role("button", name="Rianne Rapport")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_hidden()
    expect(menu).to_be_focused()


def test_every_stop_of_the_keyboard_is_visible(signed_in):
    run = a_done_run()
    page = signed_in(rianne())
    page.goto(f"/rapporten/{run.pk}/")
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        try:
            page.wait_for_function(FOCUS_IS_VISIBLE, timeout=3000)
        except TimeoutError:
            where = page.evaluate(
                "[getComputedStyle(document.activeElement).outline, innerHeight, scrollY,"
                " JSON.stringify(document.activeElement.getBoundingClientRect())].join(' ')"
            )
            pytest.fail(f"no visible focus at {stop}: {where}")


def test_without_javascript(signed_in):
    page = signed_in(rianne(), java_script_enabled=False)
    page.goto("/rapporten/")
    page.get_by_role("button", name="Cijfers berekenen").click()
    expect(page.get_by_text("Wacht op een werker")).to_be_visible()

    work_on(claim(ReportRun.objects.get().pk))
    page.get_by_role("link", name="Vernieuw de pagina").click()

    expect(page.get_by_role("heading", name="Gezag", exact=True)).to_be_visible()
    page.get_by_text("Hoe is dit geteld?").first.click()
    expect(page.get_by_text("Elke aanmelding telt één keer")).to_be_visible()


def test_signed_out_while_waiting_leads_to_signing_in(signed_in):
    run = a_running_run()
    page = signed_in(rianne())
    page.goto(f"/rapporten/{run.pk}/")
    page.context.clear_cookies()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_on_paper_the_figures_remain_and_the_buttons_go(signed_in):
    run = a_done_run()
    page = signed_in(rianne())
    page.goto(f"/rapporten/{run.pk}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Organisatie")).to_be_visible()
    expect(page.get_by_text("Zeeland")).to_be_visible()  # also the rows that were folded away
    expect(page.get_by_text("CSV, voor een rekenblad")).to_be_hidden()
    expect(page.locator(".site-header")).to_be_hidden()


@pytest.mark.skipif(
    not os.environ.get("OT_PICTURES"), reason="writes docs/beeld; on demand, with OT_PICTURES=1"
)
def test_a_picture_for_the_readme(signed_in):
    run = a_done_run(requested_by=(user := rianne()))
    page = signed_in(user, height=1000)
    page.goto(f"/rapporten/{run.pk}/")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)
