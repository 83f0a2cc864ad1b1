"""Key figures of a survey in the texts of an edition: the number of the survey's own report, frozen
when the edition is published."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import PROCESS_SUPERVISOR, REPORTING_STAFF
from reporting.models import Edition, Period
from reporting.services import editions
from reporting.services.making import source_of
from reporting.services.publishing import canonical, digest_of, publish
from reporting.services.saying import quoted_in
from surveys.models import Given, Letter, Response
from surveys.report.quoting import name_of, quotes_to_offer
from surveys.report.rounds import told_report
from tests.reporting.reading_forms import READERS, rows_in_csv, text_of_odt, text_of_pdf
from tests.reporting.runs import FIGURES, NOT_COLLECTED, a_done_run, make_all, rianne, someone
from tests.surveys.saying import a_round_that_is_over, random_answers

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch):
    """The golden quarter's figures, without its facts: drawn again they are the same."""
    monkeypatch.setattr("reporting.services.making.wake_makers", lambda files: None)
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)
    monkeypatch.setattr("reporting.services.publishing.count", lambda report, dates: FIGURES)
    monkeypatch.setattr("reporting.services.publishing._keep_ids", lambda *given: None)


@pytest.fixture
def rik() -> User:
    return rianne()


@pytest.fixture
def sofie() -> User:
    return someone("sofie@ot.example.org", "Sofie Schrijver", REPORTING_STAFF)


@pytest.fixture
def round():
    return a_round_that_is_over("Voorjaar 2024", {"parent": 40}, random_answers(3))[0]


def a_draft(by: User) -> Edition:
    period = Period.objects.get(last_day="2024-07-31")
    edition = editions.begin_edition(period=period, by=by)
    Edition.objects.filter(pk=edition.pk).update(run=a_done_run())
    return Edition.objects.get(pk=edition.pk)


def write(edition: Edition, by: User, body: str) -> None:
    editions.write_text(
        edition_id=edition.pk, part="inleiding", body=body, instead_of="", by=by
    )  # fmt: skip


def published(edition: Edition, by: User, other: User) -> Edition:
    editions.offer(edition_id=edition.pk, by=by)
    editions.approve(edition_id=edition.pk, by=other)
    make_all()
    return publish(edition.pk)


def value_of(round, key: str):
    lines = (line for section in told_report(round).sections for line in section.all_lines)
    return next(line for line in lines if line.figure.key == key)


def test_the_public_reads_the_number_of_the_survey_report_and_it_never_changes(
    rik, sofie, round, client
):
    edition, name = a_draft(rik), name_of(round)
    satisfied = value_of(round, "satisfied.yes-mostly")
    trust, answers = value_of(round, "helped.trust"), value_of(round, "answers")
    write(
        edition, rik,
        f"Van wie antwoordde is {{survey.{name}.satisfied.yes-mostly}}% tevreden.\n\n"
        f"{{survey.{name}.helped.trust}}% kreeg vertrouwen; {{survey.{name}.answers}} antwoorden.",
    )  # fmt: skip
    edition = published(edition, rik, sofie)
    page = client.get("/publicaties/2024-07/").content.decode()
    said = [
        f"Van wie antwoordde is {satisfied.value}% tevreden.",
        f"{trust.value}% kreeg vertrouwen; {answers.value} antwoorden.",
        f"{satisfied.number} ({satisfied.detail})",
    ]
    pdf = text_of_pdf(client.get("/publicaties/2024-07/cijfers.pdf").content)
    odt = text_of_odt(client.get("/publicaties/2024-07/cijfers.odt").content)
    for text in (page, " ".join(pdf.split()), " ".join(odt.split())):
        assert all(one in text for one in said)
    dates = edition.run.dates
    assert edition.digest == digest_of(FIGURES, dates, edition.quoted)
    assert edition.digest != digest_of(FIGURES, dates), "what is quoted is part of it"
    frozen, again = canonical(FIGURES, dates, edition.quoted), source_of(edition)
    # Whatever would happen to the survey: what was published stays as it was.
    Given.objects.all().delete()
    Response.objects.all().delete()
    assert source_of(edition) == again
    assert canonical(FIGURES, dates, Edition.objects.get().quoted) == frozen
    assert client.get("/publicaties/2024-07/").content.decode() == page
    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Edition.objects.update(quoted={})


def test_what_is_quoted_stands_in_the_open_data_too_apart_from_the_figures(
    rik, sofie, round, client
):
    edition, name = a_draft(rik), name_of(round)
    keys = [f"survey.{name}.{key}" for key in ("grade.mean", "satisfied.yes-mostly")]
    write(edition, rik, " en ".join(f"{{{key}}}" for key in keys))
    edition = published(edition, rik, sofie)
    told = {key: value_of(round, key.removeprefix(f"survey.{name}.")) for key in keys}
    files = {
        form: client.get(f"/publicaties/2024-07/cijfers.{form}").content
        for form in ("json", "csv", "xlsx", "ods")
    }
    said = json.loads(files["json"])
    assert said["figures"].keys() == FIGURES.keys()
    assert {one["key"] for one in said["descriptions"]} == FIGURES.keys()
    assert [(one["key"], one["value"]) for one in said["quoted"]] == [
        (key, told[key].value) for key in keys
    ]
    assert {one["unit"] for one in said["quoted"]} == {"gemiddelde", "procent"}
    for form in ("csv", "xlsx", "ods"):
        numbers = READERS[form](files[form])
        assert {key: numbers[key] for key in keys} == {key: told[key].value for key in keys}
        assert numbers.keys() == {*FIGURES, *keys}
    row = next(one for one in rows_in_csv(files["csv"]) if one[0] == keys[1])
    assert row[1] == "Cijfers uit enquêtes"
    assert row[2].endswith("Tevreden")
    assert "Enquête Voorjaar 2024" in row[6]


def test_an_edition_that_was_frozen_before_its_quotes_had_words_still_has_their_numbers(
    rik, sofie, round
):
    edition = a_draft(rik)
    write(edition, rik, f"{{survey.{name_of(round)}.answers}}")
    frozen = quoted_in(Edition.objects.get(pk=edition.pk))
    for one in frozen.values():
        del one["what"], one["unit"]
    edition.quoted, edition.state = frozen, "published"
    (row,) = source_of(edition).quoted
    assert (row.figure, row.unit, row.value) == ("", "", value_of(round, "answers").value)
    assert "Enquête Voorjaar 2024" in row.meaning


def test_an_edition_without_quotes_has_the_mark_that_it_always_had(rik, sofie):
    edition = published(a_draft(rik), rik, sofie)
    assert edition.quoted == {}
    assert edition.digest == digest_of(FIGURES, edition.run.dates)


def test_what_is_offered_to_choose_from_can_be_quoted(rik, round):
    browser, edition = Client(), a_draft(rik)
    browser.force_login(rik)
    page = browser.get(reverse("edition_text", args=[edition.pk, "inleiding"])).text
    offered = quotes_to_offer()
    keys = [one.key.partition(f"{name_of(round)}.")[2] for one in offered]
    assert keys == [
        "answers", "response", "satisfied.yes-mostly", "helped.trust", "helped.contact",
        "helped.livelihood", "helped.control", "helped.nothing", "grade.mean",
    ]  # fmt: skip
    assert all(f"{{{one.key}}}" in page for one in offered)
    write(edition, rik, " ".join(f"{{{one.key}}}" for one in offered))
    said = editions.paragraphs(Edition.objects.get(), frozenset())["inleiding"][0]
    assert said.split() == [one.text for one in offered]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("survey.bestaat-niet.answers", "die enquête bestaat niet"),
        ("survey.{name}.satisfied.maybe", "dat cijfer is er niet"),
        ("survey.{name}.grade.3", "dat cijfer is er niet"),
    ],
)
def test_what_is_not_there_is_refused(rik, round, key, why):
    with pytest.raises(ValidationError, match=why):
        write(a_draft(rik), rik, f"{{{key.format(name=name_of(round))}}}")


def test_a_round_with_nine_answers_or_one_that_runs_can_not_be_quoted(rik):
    small, _ = a_round_that_is_over(
        "Klein", {"parent": 30}, lambda _, number: {"satisfied": "yes"} if number < 9 else None
    )
    with pytest.raises(ValidationError, match="kreeg minder dan 10 antwoorden"):
        write(a_draft(rik), rik, f"{{survey.{name_of(small)}.answers}}")
    assert quotes_to_offer() == []


def test_a_late_bounce_does_not_change_what_is_quoted(rik, round):
    before = [(one.key, one.text) for one in quotes_to_offer()]
    Letter.objects.filter(state="sent").update(
        state="bounced", cause="bounced", finished_at="2099-01-01T12:00Z"
    )
    assert [(one.key, one.text) for one in quotes_to_offer()] == before


def test_who_also_supports_families_is_not_offered_them_and_can_not_quote(rik, round):
    rik.groups.add(Group.objects.get(name=PROCESS_SUPERVISOR.name))
    rik, edition = User.objects.get(pk=rik.pk), a_draft(rik)
    browser = Client()
    browser.force_login(rik)
    page = browser.get(reverse("edition_text", args=[edition.pk, "inleiding"])).text
    assert "survey." not in page
    with pytest.raises(ValidationError, match="haalt ze niet aan"):
        write(edition, rik, f"{{survey.{name_of(round)}.answers}}")
