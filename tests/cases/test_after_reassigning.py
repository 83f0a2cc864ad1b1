"""From the moment at which a file is somebody else's, nothing of it is left to who had it: not an
open tab, an old link, a draft, a count or a letter (T21)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AccessLine, Draft, OutgoingMail, User
from accounts.sealing import unseal
from accounts.services.outbox import PURPOSE
from cases.models import Contact, Document, Registration, SupportRequest, Task
from cases.services import assign, end_assignment, note
from cases.services.tasks import plan_task
from tests.cases.office import TODAY, TOMORROW, a_case, browser_of, colleague
from tests.cases.writing import a_wish, address, given, person_of
from tests.cast import code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(autouse=True)
def place(tmp_path, settings):
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"


@pytest.fixture
def fatima() -> User:
    return colleague("fatima")


@pytest.fixture
def case(fatima) -> Registration:
    return a_case(fatima)


@pytest.fixture
def document(case, fatima, django_capture_on_commit_callbacks) -> Document:
    file = SimpleUploadedFile("brief.pdf", b"%PDF-1.7\n", content_type="application/pdf")
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(fatima).post(
            f"/aanmeldingen/{case.pk}/documenten/nieuw/", {"file": file, "happened_on": TODAY}
        )
    return Document.objects.get()


def hand_over(case, to: str = "bob") -> User:
    bob = colleague(to)
    end_assignment(registration=case, on=TODAY, by=None)
    assign(registration=case, supervisor=bob, on=TODAY, by=None)
    return bob


def open_tabs(case, document) -> dict[str, dict]:
    """What the former supervisor has open, with what is typed in it."""
    fact = note(SupportRequest(**a_wish(case)), by=None)
    fatima = case.assignments.get().supervisor
    task = plan_task(registration=case, title="Bellen", due_on=TOMORROW, by=fatima)
    said = note(
        Contact(
            registration=case,
            kind=code("contact_kind", "phone"),
            happened_on=TODAY,
            note="Gebeld over de woning",
            with_whom="De gemeente",
        ),
        by=None,
    )
    family, registration = f"/gezinnen/{family_of(case).pk}/", f"/aanmeldingen/{case.pk}/"
    contact = {"kind": "contact_kind.phone", "happened_on": TODAY, "note": "Nog gebeld"}
    return {
        address(case, "vragen"): given(case, "vragen"),
        address(case, "vragen", fact): {**given(case, "vragen"), "correction_reason": "Later"},
        address(case, "vragen", fact, "intrekken/"): {"reason": "Dubbel"},
        f"{family}personen/{person_of(case, 'mother').pk}/": {"phone": "06 0"},
        f"{family}gesprek/": {**contact, "registration": case.pk},
        f"/gesprek/{said.pk}/": {**contact, "correction_reason": "Later"},
        f"/gesprek/{said.pk}/intrekken/": {"reason": "Dubbel"},
        f"{registration}stand/afgesloten/": {"happened_on": TODAY, "reason": "x"},
        f"{registration}taak/": {"title": "Bellen", "due_on": TOMORROW},
        f"/taken/{task.pk}/": {"title": "Anders", "due_on": TOMORROW},
        f"/taken/{task.pk}/gedaan/": {},
        f"{registration}documenten/nieuw/": {"happened_on": TODAY},
        f"{registration}documenten/{document.pk}/": {},
    }


def rows() -> tuple:
    models = (Contact, Document, SupportRequest, Task)
    return tuple(sorted(map(str, model.objects.values_list())) for model in models)


def test_an_open_tab_saves_nothing_any_more(case, fatima, document):
    tabs, client = open_tabs(case, document), browser_of(fatima)
    opened = {tab for tab in tabs if client.get(tab).status_code == 200}
    assert len(opened) >= 8, "these were theirs to open"
    hand_over(case)
    before = rows()
    for tab, typed in tabs.items():
        assert client.post(tab, typed).status_code in (404, 405), tab
        assert client.get(tab).status_code in (404, 405), tab
    assert rows() == before


def test_an_old_link_opens_nothing_and_the_try_is_logged(case, fatima, document):
    client = browser_of(fatima)
    link = f"/aanmeldingen/{case.pk}/documenten/{document.pk}/"
    assert client.get(link).status_code == 200
    hand_over(case)
    family = f"/gezinnen/{family_of(case).pk}/"
    for old in (link, family, f"{family}tijdlijn/", f"{family}stand/?op={TODAY}",
                f"{family}gesprekken/", f"{family}wie-keek/"):  # fmt: skip
        assert client.get(old).status_code == 404, old
        assert client.get(old, headers={"HX-Request": "true"}).status_code == 404, old
    refused = AccessLine.objects.filter(actor=fatima, outcome="refused")
    assert refused.filter(object_id=str(family_of(case).pk)).exists()


def test_lists_counts_and_the_menu_know_it_no_more(case, fatima):
    plan_task(registration=case, title="Bellen", due_on=TODAY, by=fatima)
    client = browser_of(fatima)
    pages = ("/gezinnen/", "/vandaag/", "/taken/", "/gesprek/", "/aanmeldingen/nieuw/?zoek=lot")
    secrets = (case.number, family_of(case).number, "Bellen", "Dorpstraat")
    before = "".join(client.get(page).content.decode() for page in pages)
    assert all(secret in before for secret in secrets)
    hand_over(case)
    after = "".join(client.get(page).content.decode() for page in pages)
    assert [secret for secret in secrets if secret in after] == []


def test_a_draft_is_still_ones_own_text_and_opens_no_form(case, fatima):
    client, form = browser_of(fatima), f"/gezinnen/{family_of(case).pk}/gesprek/"
    Draft.objects.create(
        user=fatima, form="gesprek", object_type="gezin", object_id=str(family_of(case).pk),
        content={"note": "Half getypt"},
    )  # fmt: skip
    bob = hand_over(case)
    assert client.get(form).status_code == 404
    assert "Half getypt" not in browser_of(bob).get(form).content.decode(), "nor for who has it now"


def test_no_letter_goes_to_who_had_it(case, fatima):
    """What happens afterwards is told to those whom it concerns now."""
    bob = hand_over(case)
    tess = colleague("tess", "teammanager")
    stranger: Client = browser_of(colleague("els", team="Team West"))
    stranger.post(
        "/gezinnen/noodtoegang/",
        {"nummer": case.number, "ground": "absent", "reason": "Het kan niet wachten, echt niet"},
    )
    letters = OutgoingMail.objects.all()
    told = {mail.to for mail in letters}
    assert tess.email in told
    assert fatima.email not in told
    bodies = [json.loads(unseal(m.sealed_body, purpose=f"{PURPOSE} {m.pk}")) for m in letters]
    assert not any("Dorpstraat" in body["text"] for body in bodies)
    assert bob.email != fatima.email
