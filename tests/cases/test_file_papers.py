"""What belongs to one registration: requests with terms, consents, transfers; seen on a ground
for that registration only."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.models import (
    Arrival,
    Consent,
    FamilyMember,
    FormalRequest,
    Registration,
    TargetGroupCheck,
)
from cases.services import add_person, correct, note
from cases.subjects import OF_REGISTRATION
from facts.dates import age_on
from tests.cases import going_round
from tests.cases.office import (
    LAST_MONTH,
    LAST_WEEK,
    TODAY,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
)
from tests.cases.test_files_pages import FILE_QUERIES
from tests.cases.writing import assign_to_too, person_of
from tests.cast import a_child, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def address(case, slug: str, which: object = "nieuw", more: str = "") -> str:
    return f"/aanmeldingen/{case.pk}/{slug}/{getattr(which, 'pk', which)}/{more}"


def file_of(case) -> str:
    return f"/gezinnen/{family_of(case).pk}/"


REQUEST = {"kind": "formal_request.review", "addressed_to": "GI Oost", "happened_on": LAST_WEEK}
TRANSFER = {"municipality": "Meerstad", "support_point": "Het Steunpunt", "happened_on": LAST_WEEK}


def consent_of(number: str, **more) -> dict:
    return {
        "person": number,
        "kind": "consent_kind.attend",
        "given": "ja",
        "given_by": "self",
        "happened_on": LAST_WEEK,
        **more,
    }


def given(case, slug: str) -> dict:
    consent = consent_of(person_of(case, "mother").number)
    return {"verzoeken": REQUEST, "overdrachten": TRANSFER, "toestemmingen": consent}[slug]


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("verzoeken", {"answered_on": TODAY, "outcome": "Afgewezen"}),
        ("toestemmingen", {"ended_on": YESTERDAY}),
        ("overdrachten", {"accepted_on": TODAY, "agreements": "Elke week bellen"}),
    ],
)
def test_each_is_added_corrected_and_withdrawn(case, fatima, slug, change):
    client, subject = browser_of(fatima), OF_REGISTRATION[slug]
    page = client.post(address(case, slug), given(case, slug), follow=True).content.decode()
    assert subject.saved in page
    fact = subject.model.objects.get()
    assert (fact.registration, fact.recorded_by) == (case, fatima)
    form = client.get(address(case, slug, fact)).context["form"]
    sent = {name: form[name].value() for name in form.fields} | change
    client.post(address(case, slug, fact), {**sent, "correction_reason": "Antwoord"})
    stands = subject.model.objects.standing().get()
    assert {name: getattr(stands, name) for name in change} == change
    client.post(address(case, slug, stands, "intrekken/"), {"reason": "Dubbel"})
    assert not subject.model.objects.standing().exists()
    assert last_line().object_type == "gezin" or last_line().part == slug


class TestTerms:
    def test_a_review_request_is_answered_within_two_weeks(self, case, fatima):
        browser_of(fatima).post(address(case, "verzoeken"), REQUEST)
        assert FormalRequest.objects.get().due_on == LAST_WEEK + timedelta(weeks=2)

    def test_another_request_has_no_term_of_itself(self, case, fatima):
        other = {**REQUEST, "kind": "formal_request.legal_aid"}
        browser_of(fatima).post(address(case, "verzoeken"), other)
        assert FormalRequest.objects.get().due_on is None

    def test_what_is_over_its_term_is_shown_until_it_is_answered(self, case, fatima):
        client = browser_of(fatima)
        late = {**REQUEST, "happened_on": LAST_MONTH}
        client.post(address(case, "verzoeken"), late)
        assert "over de termijn" in client.get(file_of(case)).content.decode()
        fact = FormalRequest.objects.get()
        answered = {**late, "due_on": fact.due_on, "answered_on": TODAY}
        client.post(address(case, "verzoeken", fact), {**answered, "correction_reason": "Brief"})
        assert "over de termijn" not in client.get(file_of(case)).content.decode()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"due_on": LAST_MONTH}, "Deze dag ligt voor het verzoek"),
            ({"answered_on": LAST_MONTH}, "Deze dag ligt voor het verzoek"),
            ({"outcome": "Toegewezen"}, "Vul in wanneer het antwoord kwam"),
            ({"addressed_to": ""}, "Dit mag niet leeg zijn"),
        ],
    )
    def test_what_cannot_be_is_refused(self, case, fatima, wrong, words):
        page = browser_of(fatima).post(address(case, "verzoeken"), {**REQUEST, **wrong})
        assert words in page.content.decode()
        assert not FormalRequest.objects.exists()


class TestConsent:
    """From twelve on a child says so itself; on the birthday it is twelve."""

    @pytest.mark.parametrize(("days", "may"), [(1, True), (0, False), (-400, False)])
    def test_a_parent_answers_for_a_child_under_twelve_only(self, case, fatima, days, may):
        turns_twelve = LAST_WEEK + timedelta(days=days)
        born = turns_twelve.replace(year=turns_twelve.year - 12)
        child = add_person(family=family_of(case), person=a_child(birth_date=born), by=None)
        sent = consent_of(child.number, given_by="parent")
        page = browser_of(fatima).post(address(case, "toestemmingen"), sent, follow=True)
        assert Consent.objects.exists() is may
        assert ("Vanaf 12 jaar geeft een kind zelf" in page.content.decode()) is not may

    def test_without_a_birth_date_or_for_a_grown_up_no_parent_answers(self, case, fatima):
        client = browser_of(fatima)
        sent = consent_of(person_of(case, "child").number, given_by="parent")
        page = client.post(address(case, "toestemmingen"), sent).content.decode()
        assert "geen geboortedatum in beeld" in page
        sent = consent_of(person_of(case, "mother").number, given_by="parent")
        page = client.post(address(case, "toestemmingen"), sent).content.decode()
        assert "Een volwassene geeft zelf toestemming" in page

    def test_the_age_is_a_setting(self, case, fatima, settings):
        """A lower one at once; a higher one asks for a migration, since the table refuses too."""
        settings.CONSENT_FROM_AGE = 8
        born = LAST_WEEK.replace(year=LAST_WEEK.year - 9, day=1)
        child = add_person(family=family_of(case), person=a_child(birth_date=born), by=None)
        sent = consent_of(child.number, given_by="parent")
        page = browser_of(fatima).post(address(case, "toestemmingen"), sent)
        assert "Vanaf 8 jaar geeft een kind zelf" in page.content.decode()
        assert not Consent.objects.exists()

    @pytest.mark.parametrize(("years", "may"), [(11, True), (12, False), (None, False)])
    def test_neither_does_the_verb_or_the_table_take_it(self, case, years, may):
        born = years and LAST_WEEK.replace(year=LAST_WEEK.year - years)
        child = add_person(family=family_of(case), person=a_child(birth_date=born), by=None)
        said = {
            "registration": case,
            "person": child,
            "kind": code("consent_kind", "attend"),
            "given": True,
            "given_by": "parent",
            "happened_on": LAST_WEEK,
        }
        if may:
            going_round.write(Consent, **said)
            note(Consent(**said, about="de GI"), by=None)
            return
        going_round.refuses("consent_by_who_it_is_about", Consent, **said)
        with pytest.raises(ValidationError) as refusal:
            note(Consent(**said), by=None)
        assert "given_by" in refusal.value.error_dict

    def test_a_parents_consent_is_ended_also_when_the_child_has_turned_twelve(self, case, fatima):
        born = LAST_WEEK.replace(year=LAST_WEEK.year - 13)
        child = add_person(family=family_of(case), person=a_child(birth_date=born), by=None)
        then = LAST_WEEK.replace(year=LAST_WEEK.year - 3)
        kind = code("consent_kind", "attend")
        said = {"person": child, "kind": kind, "given": True, "given_by": "parent"}
        consent = note(Consent(registration=case, happened_on=then, **said), by=None)
        assert correct(consent, by=fatima, reason="Nu zelf", ended_on=LAST_WEEK).ended_on

    def test_about_one_thing_one_answer_stands(self, case, fatima):
        sent = consent_of(person_of(case, "mother").number)
        client = browser_of(fatima)
        client.post(address(case, "toestemmingen"), sent)
        page = client.post(address(case, "toestemmingen"), {**sent, "given": "nee"})
        assert "Hierover staat al een antwoord" in page.content.decode()

    def test_an_age_in_whole_years(self):
        born = LAST_MONTH.replace(year=2012, month=2, day=29)
        assert age_on(born.replace(year=2023, month=2, day=28), born) == 10
        assert age_on(born.replace(year=2023, month=3, day=1), born) == 11


class TestOfAnotherRegistration:
    """Two parents of the same children: what one tells isn't shown to the other's supervisor."""

    def test_the_other_sees_and_opens_nothing_of_it(self, case, fatima):
        client, bob = browser_of(fatima), colleague("bob")
        assign_to_too(case, bob)
        for slug in ("verzoeken", "toestemmingen", "overdrachten"):
            client.post(address(case, slug), given(case, slug))
        check = {"affected": "yes", "placement": "yes", "ground": "Beschikking"}
        note(TargetGroupCheck(registration=case, happened_on=TODAY, **check), by=fatima)
        words = ("GI Oost", "Aanwezig zijn bij gesprekken", "Het Steunpunt", "doelgroeptoets")
        own = client.get(file_of(case)).content.decode().lower()
        others = browser_of(bob).get(file_of(case)).content.decode().lower()
        for word in words:
            assert word.lower() in own, word
            assert word.lower() not in others, word
        request = FormalRequest.objects.get()
        theirs = browser_of(bob)
        assert theirs.get(address(case, "verzoeken", request)).status_code == 404
        assert last_line().outcome == "refused"
        assert theirs.post(address(case, "verzoeken"), REQUEST).status_code == 404

    def test_under_the_address_of_ones_own_it_is_not_there_either(self, case, fatima):
        bob = colleague("bob")
        assign_to_too(case, bob)
        browser_of(fatima).post(address(case, "verzoeken"), REQUEST)
        own = Registration.objects.exclude(pk=case.pk).get()
        page = address(own, "verzoeken", FormalRequest.objects.get())
        assert browser_of(bob).get(page).status_code == 404


@pytest.mark.parametrize("many", [1, 3, 100])
def test_as_many_queries_for_one_as_for_a_hundred(case, fatima, many, django_assert_num_queries):
    child = FamilyMember.objects.get(person=person_of(case, "child")).person
    for number in range(many):
        request = {"kind": code("formal_request", "review"), "addressed_to": "GI"}
        note(FormalRequest(registration=case, happened_on=LAST_WEEK, **request), by=fatima)
        consent = {"kind": code("consent_kind", "attend"), "given": True, "given_by": "self"}
        about = {"person": child, "about": str(number), "happened_on": LAST_WEEK}
        note(Consent(registration=case, **consent, **about), by=fatima)
    client = browser_of(fatima)
    client.get(file_of(case))
    with django_assert_num_queries(FILE_QUERIES):
        client.get(file_of(case))


def test_how_it_came_in_stands_with_the_registration(case, fatima):
    arrival = Arrival(
        registration=case,
        channel="phone",
        announcer="professional",
        announcer_name="Pim Verwijzer",
        consent=False,
        note="Belt namens de moeder.",
    )
    note(arrival, by=fatima)
    page = browser_of(fatima).get(file_of(case)).content.decode()
    assert "Telefoon, een professional: Pim Verwijzer; zonder toestemming" in page
    assert "Belt namens de moeder." in page
