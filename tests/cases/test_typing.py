"""What is typed on any form of a file comes back after a while, and is saved once."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Draft, FinishedForm
from cases.models import Complaint, Contact, Person, Task
from cases.services import correct
from cases.services.tasks import change_task
from tests.cases.office import LAST_WEEK, TOMORROW, a_case, browser_of, colleague
from tests.cases.test_contacts import typed as a_contact
from tests.cases.test_tasks import planned
from tests.cases.typing_forms import addresses, an_office
from tests.cases.writing import given
from tests.cast import a_registration, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BACK = "Je eerdere tekst is teruggezet"
ONE_LINE = {
    "cases/public_form.html": "van een vreemde bewaren we niets voor die op Versturen drukt",
    "cases/team/list.html": "de naam van een weergave",
    "reporting/reports.html": "drie dagen en een naam",
    "reporting/editions/list.html": "een kwartaal",
    "reporting/periods.html": "twee dagen en een naam",
    "reporting/comparisons/list.html": "twee keuzes",
}


def key_on(page) -> str:
    return re.search(r'name="typed"\s+value="([^"]+)"', page.content.decode()).group(1)


def keep(client, key: str, **content: str):
    return client.post("/concept/", {"key": key, "content": json.dumps(content)})


class TestEveryForm:
    def test_in_every_form_in_which_one_types_it_is_kept(self):
        templates, without = settings.BASE_DIR / "templates", []
        for path in [*(templates / "cases").rglob("*"), *(templates / "reporting").rglob("*")]:
            if path.suffix == ".html" and str(path.relative_to(templates)) not in ONE_LINE:
                without += [f"{path.name}: {form[:80]}" for form in forms_without(path)]
        assert without == [], 'zet er {% include "components/_typed.html" %} in (accounts/typed.py)'

    def test_it_comes_back_to_the_one_who_typed_it(self):
        people, places = an_office()
        lost = []
        for name, (who, address, field) in places.items():
            client, text = browser_of(people[who]), text_for(field)
            assert keep(client, key_on(client.get(address)), **{field: text}).json()["kept"]
            page = client.get(address)
            if page.context["form"][field].value() != text or BACK not in page.content.decode():
                lost.append(name)
        assert lost == []

    def test_it_never_shows_with_another_family(self):
        people, places = an_office()
        other = addresses(a_case(people["fatima"]), a_registration(), people["fatima"])
        told = []
        for name, (who, address, field) in places.items():
            client = browser_of(people[who])
            keep(client, key_on(client.get(address)), **{field: text_for(field)})
            page = client.get(other[name][1])
            if other[name][1] != address and BACK in page.content.decode():
                told.append(name)
        assert told == []


def forms_without(path: Path) -> list[str]:
    forms = re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), re.S)
    return [
        form
        for form in forms
        if 'method="post"' in form
        and re.search(r"_field\.html|_fields\.html|<textarea|{% for field in form", form)
        and "components/_typed.html" not in form
    ]


def text_for(field: str) -> str:
    return LAST_WEEK.isoformat() if field in ("happened_on", "on") else "Halverwege"


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


class TestSavedOnce:
    def plan(self, client, case, key: str, title: str = "Bellen"):
        data = {"title": title, "due_on": TOMORROW.isoformat(), "typed": key}
        return client.post(f"/aanmeldingen/{case.pk}/taak/", data, follow=True)

    def key(self, client, case) -> str:
        return key_on(client.get(f"/aanmeldingen/{case.pk}/taak/"))

    def test_sent_again_because_the_answer_got_lost_it_stands_there_once(self, case, fatima):
        client = browser_of(fatima)
        key = self.key(client, case)
        first = self.plan(client, case, key)
        again = self.plan(client, case, key)
        assert Task.objects.count() == 1
        assert again.redirect_chain == first.redirect_chain
        assert "Dit was al opgeslagen, en staat er één keer." in again.content.decode()

    def test_another_text_in_the_same_page_is_something_else(self, case, fatima):
        client = browser_of(fatima)
        key = self.key(client, case)
        self.plan(client, case, key)
        self.plan(client, case, key, title="Mailen")
        assert set(Task.objects.values_list("title", flat=True)) == {"Bellen", "Mailen"}

    def test_the_same_text_in_a_new_page_is_something_else(self, case, fatima):
        client = browser_of(fatima)
        for _ in range(2):
            self.plan(client, case, self.key(client, case))
        assert Task.objects.count() == 2

    def test_improved_after_a_refusal_it_is_saved(self, case, fatima):
        client = browser_of(fatima)
        key = self.key(client, case)
        refused = self.plan(client, case, key, title="")
        assert not Task.objects.exists()
        assert not FinishedForm.objects.exists()
        self.plan(client, case, key_on(refused))
        assert Task.objects.get().title == "Bellen"

    def test_a_page_that_is_too_old_to_know_still_saves(self, case, fatima):
        for key in ("", "x:y:z"):
            self.plan(browser_of(fatima), case, key)
        assert Task.objects.count() == 2

    def test_a_colleague_with_the_same_page_is_someone_else(self, case, fatima):
        key = self.key(browser_of(fatima), case)
        self.plan(browser_of(fatima), case, key)
        tess = colleague("tess", "teammanager")
        self.plan(browser_of(tess), case, key)
        assert Task.objects.count() == 1, "a manager plans nothing"

    def test_a_conversation_too(self, case, fatima):
        client, address = browser_of(fatima), f"/gezinnen/{family_of(case).pk}/gesprek/"
        data = a_contact(case) | {"typed": key_on(client.get(address))}
        answers = [client.post(address, data) for _ in range(2)]
        assert Contact.objects.count() == 1
        assert [answer["Location"] for answer in answers] == [
            f"/gezinnen/{family_of(case).pk}/"
        ] * 2

    def test_a_refused_text_stays_kept(self, case, fatima):
        client = browser_of(fatima)
        keep(client, self.key(client, case), title="Halverwege")
        self.plan(client, case, self.key(client, case), title="")
        assert Draft.objects.get().content == {"title": "Halverwege"}


def test_who_types_on_after_a_colleague_changed_it_hears_so(case, fatima):
    """The version that was seen comes back with the text."""
    client = browser_of(fatima)
    mother = Person.objects.get(memberships__role="mother", memberships__family=family_of(case))
    address = f"/gezinnen/{family_of(case).pk}/personen/{mother.pk}/"
    page = client.get(address)
    seen = page.context["form"]["version"].value()
    keep(client, key_on(page), first_name="Halverwege", version=str(seen))
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("last_name", "phone", "email")}
    new = key_on(client.get(address))
    client.post(address, data | {"first_name": "Een", "version": seen, "typed": new})
    keep(client, key_on(client.get(address)), first_name="Halverwege", version=str(seen))
    form = client.get(address).context["form"]
    answer = client.post(address, {name: form[name].value() for name in form.fields})
    assert "Dit is intussen aangepast" in answer.content.decode()
    mother.refresh_from_db()
    assert mother.first_name == "Een"


def test_a_task_that_a_colleague_changed_is_not_overwritten_unseen(case, fatima):
    task = planned(case, fatima)
    client, address = browser_of(fatima), f"/taken/{task.pk}/"
    data = {"title": "Van mij", "due_on": TOMORROW.isoformat()}
    data["version"] = client.get(address).context["form"]["version"].value()
    change_task(task=task, by=colleague("bob"), title="Van Bob")
    page = client.post(address, data)
    assert "Bob wijzigde deze taak intussen" in page.content.decode()
    assert "Van Bob" in page.content.decode()
    task.refresh_from_db()
    assert task.title == "Van Bob"
    client.post(address, data | {"version": page.context["form"]["version"].value()})
    task.refresh_from_db()
    assert task.title == "Van mij"


def test_a_correction_comes_back_beside_what_a_colleague_made_of_it(case, fatima):
    client, mine = browser_of(fatima), "Nog niet af"
    client.post(f"/gezinnen/{family_of(case).pk}/klachten/nieuw/", given(case, "klachten"))
    complaint = Complaint.objects.get()
    address = f"/gezinnen/{family_of(case).pk}/klachten/{complaint.pk}/"
    content = {"subject": mine, "stands": str(complaint.pk)}
    keep(client, key_on(client.get(address)), **content)
    correct(complaint, by=colleague("bob"), reason="Naam", content={"subject": "Van Bob"})
    page = client.get(address, follow=True)
    assert page.context["form"]["subject"].value() == mine
    assert "Dit is intussen aangepast" in page.content.decode()
    assert "Van Bob" in page.content.decode()
