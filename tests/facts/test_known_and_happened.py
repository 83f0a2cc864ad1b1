"""Two axes of time against a brute-force count, over random histories."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Family, InstitutionInvolvement, Support
from facts.dates import AMSTERDAM, Dates, end_of_day, start_of_day

pytestmark = pytest.mark.django_db
FIRST = date(2024, 7, 28)
days = st.integers(0, 7).map(lambda n: FIRST + timedelta(days=n))
instants = st.integers(0, 7 * 48).map(
    lambda half_hours: start_of_day(FIRST) + timedelta(minutes=30 * half_hours)
)
histories = st.lists(st.tuples(days, st.none() | days, instants, st.none() | instants), max_size=12)
quick = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _write(rows, model, **fields) -> None:
    """Round the verbs, since a history is older than the clock."""
    model.objects.all()._raw_delete("default")
    facts = []
    for begun, ended, recorded, withdrawn in rows:
        lasting = {}
        if model is InstitutionInvolvement:
            lasting["ended_on"] = ended if ended is None else max(begun, ended)
        facts.append(
            model(
                happened_on=begun,
                recorded_at=recorded,
                withdrawn_at=withdrawn,
                withdrawal_reason="" if withdrawn is None else "Vergissing",
                **lasting,
                **fields,
            )
        )
    model.objects.bulk_create(facts)


@pytest.fixture
def family(db):
    return Family.objects.create(number="G1")


@quick
@given(rows=histories, reference_date=days, known_on=instants)
def test_a_dated_fact_counts_when_it_happened_and_was_known(family, rows, reference_date, known_on):
    known_on = max(known_on, start_of_day(reference_date))
    _write(rows, Support, family=family, form_id="support_form.mediation")

    counted = Support.objects.counted(Dates(reference_date, reference_date, known_on)).count()

    assert counted == sum(
        begun <= reference_date
        and recorded <= known_on
        and not (withdrawn and withdrawn <= known_on)
        for begun, _, recorded, withdrawn in rows
    )


@quick
@given(rows=histories, day=days)
def test_a_lasting_fact_is_open_from_its_first_day_up_to_its_last(family, rows, day):
    _write(
        rows,
        InstitutionInvolvement,
        family=family,
        institution_id="certified_institution.GI01",
        region_id="youth_region.JZ01",
    )

    assert InstitutionInvolvement.objects.open_on(day).count() == sum(
        begun <= day and (ended is None or max(begun, ended) > day) for begun, ended, _, _ in rows
    )


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27), date(2024, 7, 31)])
def test_a_day_is_a_dutch_day_also_when_the_clock_changes(day):
    assert start_of_day(day).astimezone(AMSTERDAM).date() == day
    assert end_of_day(day).astimezone(AMSTERDAM).date() == day
    assert end_of_day(day) + timedelta(microseconds=1) == start_of_day(day + timedelta(days=1))


def test_dates_that_do_not_follow_each_other_are_refused_in_dutch():
    with pytest.raises(ValueError, match="begint .* na de peildatum"):
        Dates.by_day(date(2024, 8, 1), date(2024, 7, 31), date(2024, 8, 5))
    with pytest.raises(ValueError, match="ligt voor de peildatum"):
        Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2024, 7, 30))
    with pytest.raises(ValueError, match="tijdzone"):
        Dates(date(2024, 5, 1), date(2024, 7, 31), datetime(2024, 8, 5))
    just_after_midnight = datetime(2024, 7, 30, 22, 30, tzinfo=UTC)
    assert Dates(date(2024, 5, 1), date(2024, 7, 31), just_after_midnight)
