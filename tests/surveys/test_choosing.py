"""Who is asked, and of who isn't the reason and since when."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from cases.models import Applicant, Code, Person
from cases.services import NewPerson, add_person, close, note
from facts.recording import recording
from facts.verbs import correct, withdraw
from surveys.choosing import REASONS, choose
from surveys.choosing.preview import preview
from surveys.choosing.who import months_before
from surveys.models import Letter, OptOut
from surveys.services import rounds
from tests.cases.office import colleague
from tests.cast import a_registration, code, family_of
from tests.surveys.asking import (
    TODAY,
    a_child_of,
    a_parent,
    a_round,
    a_running_round,
    dies,
    mother_of,
    parents,
    say,
)

pytestmark = pytest.mark.django_db


def reasons(**rules) -> dict[str, int]:
    """How many for each reason; '' is who is asked."""
    found: dict[str, int] = {}
    for one in choose(a_round(**rules), today=TODAY):
        found[one.reason] = found.get(one.reason, 0) + 1
    return found


def test_a_mother_whose_trajectory_runs_and_who_agreed_is_asked():
    a_parent(1)
    assert reasons() == {"": 1}


def without_consent():
    a_parent(1, consent=False)


def refused():
    say(a_parent(1, consent=False), given=False)


def taken_back():
    consent = say(a_parent(1, consent=False))
    with recording(by=None, reason="Wil niet meer") as now:
        withdraw(consent, at=now)


def blocked():
    say(a_parent(1), kind="contact", given=False)


def opted_out():
    OptOut.objects.create(person=mother_of(a_parent(1)), since=TODAY)


def without_address():
    a_parent(1, email="")


def a_colleagues_address():
    colleague("mol")
    a_parent(1, email="Mol@ot.example.org")


def never_started():
    a_registration()


def died():
    registration = a_parent(1)
    reason = code("closing_reason", "deceased")
    close(registration=registration, on=TODAY, reason=reason, by=None)


def died_while_the_trajectory_goes_on():
    dies(mother_of(a_parent(1)))


def too_young():
    a_child_of_age(8)


def of_unknown_age():
    registration = a_parent(1)
    add_person(family=family_of(registration), person=NewPerson("L", "D", role="child"), by=None)
    OptOut.objects.create(person=mother_of(registration), since=TODAY)


def a_child_of_age(age):
    registration = a_parent(1)
    OptOut.objects.create(person=mother_of(registration), since=TODAY)
    born = TODAY.replace(year=TODAY.year - age, month=1, day=1)
    child = NewPerson("L", "D", role="child", birth_date=born, email="l@example.org")
    add_person(family=family_of(registration), person=child, by=None)


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (without_consent, "no_consent"), (refused, "refused"), (taken_back, "taken_back"),
        (blocked, "contact_block"), (opted_out, "opted_out"), (without_address, "no_email"),
        (a_colleagues_address, "colleague"), (never_started, "standing"), (died, "deceased"),
        (died_while_the_trajectory_goes_on, "deceased"),
        (too_young, "too_young"), (of_unknown_age, "birth_date"),
    ],
)  # fmt: skip
def test_who_is_left_out_is_counted_by_reason(story, reason):
    story()
    found = reasons()
    assert found.get(reason) == 1
    assert "" not in found


def taken_out(fact):
    with recording(by=None, reason="Toch niet") as now:
        withdraw(fact, at=now)


def no_child_any_more():
    registration = a_parent(1)
    OptOut.objects.create(person=mother_of(registration), since=TODAY)
    member = a_child_of(registration, 14).memberships.standing().get()
    correct(member, by=None, reason="Toch niet", role="other")


def applies_no_longer():
    registration = a_parent(1)
    taken_out(registration.applicants.standing().get())


def of_no_role_any_more():
    member = mother_of(a_parent(1)).memberships.standing().get()
    correct(member, by=None, reason="Toch niet", role="other")


def of_another_age():
    registration = a_parent(1)
    OptOut.objects.create(person=mother_of(registration), since=TODAY)
    member = a_child_of(registration, 14).memberships.standing().get()
    correct(member, by=None, reason="Toch niet", birth_date=TODAY.replace(day=1))


def stands_nowhere_any_more():
    change = a_parent(1).status_changes.standing().order_by("-status").first()
    taken_out(change)


def has_the_address_of_a_colleague_with_a_sign():
    a_parent(1, email=colleague("tess").email.replace("@", "+moeder1@"))


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (no_child_any_more, "out_of_view"), (applies_no_longer, "out_of_view"),
        (of_no_role_any_more, "role"), (of_another_age, "too_young"),
        (stands_nowhere_any_more, "standing"),
    ],
)  # fmt: skip
def test_nobody_is_kept_out_by_a_change_in_a_file_without_it_being_counted_and_dated(story, reason):
    """A supervisor may change all of these, just before a round."""
    story()
    (kept,) = [one for one in choose(a_round(), today=TODAY) if one.reason != "opted_out"]
    assert kept.reason == reason
    assert kept.noted_at is not None


def test_who_was_corrected_in_another_way_is_asked_as_before():
    registration = a_parent(1)
    child = a_child_of(registration, 14).memberships.standing().get()
    correct(child, by=None, reason="Tikfout", birth_date=child.birth_date + timedelta(days=1))
    assert reasons(name="a") == {"": 2}
    assert reasons(name="b", children=False, young_people=False) == {"": 1}


def test_of_an_address_what_stands_behind_the_plus_is_not_looked_at():
    has_the_address_of_a_colleague_with_a_sign()
    assert reasons() == {"colleague": 1}


def test_of_two_rounds_at_once_the_first_asks():
    """Also when neither has sent a letter yet, and however short the pause."""
    parents(12)
    first, second = a_round(name="a", months_between=0), a_round(name="b", months_between=0)
    rounds.start(round=first, by=None, today=TODAY)
    assert {one.reason for one in choose(second, today=TODAY)} == {"asked_lately"}
    first.refresh_from_db()
    assert {one.reason for one in choose(first, today=TODAY)} == {""}


def test_of_two_parents_the_one_who_lives_is_asked():
    """Also of a child that died, whose mother is asked."""
    registration = a_parent(1)
    dies(a_child_of(registration, 14))
    assert reasons(name="a") == {"": 1, "deceased": 1}
    ruben = NewPerson("Ruben", "Dorpstraat", role="father", email="ruben@example.org")
    father = add_person(family=family_of(registration), person=ruben, by=None)
    note(Applicant(registration=registration, person=father, position=2), by=None)
    say(registration, father)
    dies(mother_of(registration))
    (asked,) = [one for one in choose(a_round(name="b"), today=TODAY) if not one.reason]
    assert asked.person == father.pk


def test_a_death_written_down_by_mistake_brings_them_back():
    mother = mother_of(a_parent(1))
    died = dies(mother)
    assert reasons(name="a") == {"deceased": 1}
    correct(died, by=None, reason="Vergissing", died_on=None)
    assert reasons(name="b") == {"": 1}


def test_a_child_of_a_family_that_closed_by_a_death_is_still_asked():
    """The reason speaks of who registered; of the child itself nothing is known."""
    registration = a_parent(1)
    child = a_child_of(registration, 14)
    reason = code("closing_reason", "deceased")
    close(registration=registration, on=TODAY, reason=reason, by=None)
    asked = {one.person: one.reason for one in choose(a_round(), today=TODAY)}
    assert asked == {mother_of(registration).pk: "deceased", child.pk: ""}


def test_children_from_twelve_and_young_adults_have_words_of_their_own():
    registration = a_parent(1)
    a_child_of(registration, 12, "a@example.org")
    a_child_of(registration, 17, "b@example.org")
    a_child_of(registration, 25, "c@example.org")
    asked = [one.audience for one in choose(a_round(), today=TODAY) if not one.reason]
    assert sorted(asked) == ["child", "child", "parent", "young"]
    asked = [one.audience for one in choose(a_round(name="x", children=False), today=TODAY)]
    assert sorted(asked) == ["parent", "young"]


def test_an_address_is_gone_since_it_was_taken_out_and_not_since_a_later_change():
    person = mother_of(a_parent(1))
    for email, last_name in (("", "Dorpstraat"), ("", "Getrouwd")):
        person.email, person.last_name = email, last_name
        person.save()
    long_ago = timezone.now() - timedelta(days=100)
    taken_out = person.history.filter(email="").order_by("history_id").first()
    person.history.filter(pk=taken_out.pk).update(history_date=long_ago)
    (found,) = [one for one in choose(a_round(), today=TODAY) if one.reason == "no_email"]
    assert found.noted_at == long_ago


def test_closed_counts_from_the_day_that_the_rules_name():
    registration = a_parent(1)
    reason = Code.objects.filter(list="closing_reason").exclude(code="deceased").first()
    close(registration=registration, on=TODAY - timedelta(days=60), reason=reason, by=None)
    assert reasons(name="a") == {"": 1}
    assert reasons(name="b", closed_since=TODAY - timedelta(days=59)) == {"standing": 1}
    assert reasons(name="c", with_closed=False) == {"standing": 1}


def test_who_was_asked_lately_is_left_alone_for_a_while():
    round = a_running_round()
    Letter.objects.update(state="sent", finished_at=Now())
    rounds.end(round=round, by=None)
    assert reasons(name="b") == {"asked_lately": 10}
    assert reasons(name="c", months_between=0) == {"": 10}


def test_the_preview_names_nobody_and_shows_what_was_set_lately():
    for registration in parents(12):
        name = mother_of(registration).first_name
    for number in (20, 21):
        say(a_parent(number), kind="contact", given=False)
    dies(mother_of(a_parent(22)))
    moved = Person.objects.filter(email="ouder3@example.org").get()
    moved.email = "ouder4@example.org"
    moved.save()
    Person.history.filter(history_type="+").update(history_date="2025-01-01T12:00Z")
    seen = preview(choose(a_round(), today=TODAY), now=timezone.now())
    assert (seen.invited, seen.groups) == (12, [("Ouders, traject loopt", 12)])
    assert [(kept.reason, kept.many, kept.ages) for kept in seen.kept] == [
        (REASONS["deceased"], 1, [("de laatste 2 weken", 1)]),
        (REASONS["contact_block"], 2, [("de laatste 2 weken", 2)]),
    ]
    assert (
        seen.sample
        == [f"ouder, traject loopt sinds {TODAY.year - (TODAY.timetuple().tm_yday <= 300)}"] * 8
    )
    assert (seen.new_addresses, seen.shared_addresses) == (1, 2)
    assert name not in str(seen)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_choosing_asks_as_many_questions_for_one_as_for_many(many, django_assert_num_queries):
    parents(many)
    round = a_round()
    with django_assert_num_queries(11):
        choose(round, today=TODAY)


def test_months_before():
    from datetime import date

    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 31), 3) == date(2025, 12, 31)
    assert months_before(date(2026, 12, 31), 0) == date(2026, 12, 31)
