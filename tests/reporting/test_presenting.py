"""From figures to a page: nothing vanishes, all is explained, and the order is a reader's."""

from datetime import date, datetime

import pytest

from cases.models import Code
from facts.dates import AMSTERDAM, Dates, end_of_day
from reporting import charts
from reporting.figures import REPORT, Breakdown
from reporting.presenting import present, words
from reporting.presenting.page import Page, Table
from tests.reporting.runs import DATES, FIGURES, JULY, MAY

pytestmark = pytest.mark.django_db


def tables(page: Page) -> dict[str, Table]:
    return {
        group.table.key: group.table
        for chapter in page.chapters
        for group in chapter.groups
        if group.table
    }


def sentences(page: Page) -> dict[str, str]:
    return {
        sentence.key: f"{sentence.number} {sentence.text}"
        for chapter in page.chapters
        for group in chapter.groups
        for sentence in group.sentences
    }


def labels(table: Table) -> list[str]:
    return [row.label for row in (*table.rows, *table.rest)]


class TestNothingVanishes:
    def test_every_key_is_shown_once(self):
        assert sorted(present(FIGURES, DATES).keys()) == sorted(FIGURES)

    def test_a_key_that_no_declaration_explains_is_shown_by_its_name(self):
        page = present({**FIGURES, "vroeger.geteld": 12, "vroeger.gemeten": 1.5}, DATES)
        assert page.unexplained == (("vroeger.geteld", "12"), ("vroeger.gemeten", "1,50"))

    def test_a_code_that_was_removed_from_its_list_keeps_its_row(self):
        page = present({**FIGURES, "registrations.route.pigeon": 3}, DATES)
        assert "pigeon" in labels(tables(page)["registrations.route"])

    def test_figures_of_an_older_version_say_what_they_lack(self):
        older = {key: FIGURES[key] for key in FIGURES if key != "families.total"}
        page = present(older, DATES)
        assert page.missing == ("Gezinnen die wij ondersteunen of ondersteunden",)
        assert page.broken == ()

    def test_no_figures_at_all_is_still_a_page(self):
        page = present({}, DATES)
        assert len(page.missing) > 10
        assert list(page.keys()) == list(tables(page)["registrations.status"].keys)

    def test_all_words_of_the_lists_take_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            present(FIGURES, DATES)


class TestWords:
    def test_a_number_is_followed_by_a_sentence(self):
        said = sentences(present(FIGURES, DATES))
        assert said["registrations.total"] == "1.030 aanmeldingen tot en met 31 juli 2024"
        assert said["children.placed_now"] == "487 kinderen nu uit huis geplaatst"
        assert said["complaints.received"] == "1 klacht in deze periode ontvangen"
        assert said["supervisors.fte"] == "35,17 fte procesbegeleiders"

    def test_one_of_something_never_takes_a_sentence_about_many(self):
        said = sentences(present(dict.fromkeys(FIGURES, 1), DATES))
        assert said["registrations.started_ever"] == "1 Ooit gestart"
        assert said["children.total"].startswith("1 kind in")

    def test_a_percentage_shows_what_it_is_a_part_of(self):
        page = present(FIGURES, DATES)
        group = next(one for one in page.chapters if one.slug == "reactietijd").groups[0]
        assert [f"{one.number} ({one.detail})" for one in group.sentences] == [
            "85% (873 van 1.027 aanmeldingen)",
            "69% (702 van 1.018 aanmeldingen)",
        ]

    def test_a_percentage_of_nothing_says_so(self):
        key = "response.phone_within_two_days"
        nothing = {**FIGURES, f"{key}.percentage": None, f"{key}.met": 0, f"{key}.due": 0}
        page = present(nothing, DATES)
        sentence = next(one for one in page.chapters if one.slug == "reactietijd").groups[0]
        assert sentence.sentences[0].number == "–"
        assert "nog geen aanmeldingen" in sentence.sentences[0].detail

    def test_every_figure_explains_itself(self):
        """Every declaration has a meaning, and each meaning names only dates that exist."""
        page = present(FIGURES, DATES)
        definitions = [table.definition for table in tables(page).values()]
        definitions += [
            sentence.definition
            for chapter in page.chapters
            for group in chapter.groups
            for sentence in group.sentences
        ]
        assert all(dict(one.lines)["Wat telt mee"] for one in definitions)
        assert [
            one.key for one in REPORT if not one.meaning and not one.key.endswith(("met", "due"))
        ] == []

    def test_a_rule_that_does_not_hold_names_labels_and_no_keys(self):
        page = present({**FIGURES, "registrations.total": 1031}, DATES)
        assert page.broken == (
            "'Aanmeldingen in totaal' is 1031, maar de delen samen zijn 1030 "
            "(Stand van de trajecten).",
        )

    @pytest.mark.parametrize(
        ("part", "whole", "shown"),
        [
            (3, 818, "< 1%"),
            (0, 818, "0%"),
            (1, 2, "50%"),
            (1, 0, ""),
            (5, 200, "3%"),
            (9, 9, "100%"),
        ],
    )
    def test_a_share(self, part, whole, shown):
        assert words.share(part, whole) == shown

    def test_an_instant_at_the_end_of_a_day_means_that_day(self):
        assert words.instant(end_of_day(date(2024, 8, 5))) == "ma 5 aug 2024"
        half_past = datetime(2024, 8, 5, 9, 30, tzinfo=AMSTERDAM)
        assert words.instant(half_past) == "ma 5 aug 2024 om 09.30 uur"


class TestOrder:
    def test_longest_first_and_not_in_view_last(self):
        table = tables(present(FIGURES, DATES))["registrations.supported_person"]
        assert labels(table) == ["Moeder", "Vader", "Beide ouders", "Kind", "Niet in beeld"]
        assert [row.in_view for row in table.rows] == [True, True, True, True, False]

    def test_not_in_view_is_last_also_when_it_is_longest(self):
        table = tables(present(FIGURES, DATES))["families.custody"]
        assert labels(table) == [
            "Gezag bij beide ouders",
            "Gezag bij één ouder",
            "Gezag bij geen van de ouders",
            "Niet in beeld",
        ]
        assert table.rows[-1].width == "100.00"

    def test_a_scale_keeps_its_own_order(self):
        table = tables(present(FIGURES, DATES))["registrations.status"]
        assert labels(table)[:3] == ["Nog niet gestart", "Nooit gestart", "Lopend"]

    def test_of_a_long_table_ten_rows_stand_open(self):
        table = tables(present(FIGURES, DATES))["families.region"]
        assert (len(table.rows), len(table.rest)) == (10, 30)
        assert labels(table)[:3] == ["Rijnmond", "Amsterdam-Amstelland", "Zuid-Holland Zuid"]

    def test_rows_that_overlap_are_shares_of_all_families_and_say_so(self):
        table = tables(present(FIGURES, DATES))["families.request.theme"]
        assert (table.rows[0].number, table.rows[0].share) == ("520", "64%")
        assert "kan bij meer regels horen" in table.footnote

    def test_every_breakdown_is_a_table(self):
        breakdowns = [one.key for one in REPORT if isinstance(one, Breakdown)]
        assert list(tables(present(FIGURES, DATES))) == breakdowns

    def test_a_label_of_the_list_is_used_as_it_stands_today(self):
        Code.objects.filter(pk="registration_route.self").update(label="Zelf gebeld")
        table = tables(present(FIGURES, DATES))["registrations.route"]
        assert labels(table)[0] == "Zelf gebeld"


class TestColumns:
    def test_a_month_without_registrations_is_a_gap_and_not_left_out(self):
        chart = charts.columns({"2024-02": 4, "2024-05": 2}, MAY, JULY)
        assert [one.code[-2:] for one in chart.columns] == ["02", "03", "04", "05", "06", "07"]
        assert [one.number for one in chart.columns] == [4, 0, 0, 2, 0, 0]
        assert [one.in_period for one in chart.columns] == [False, False, False, True, True, True]

    def test_a_date_typed_wrong_does_not_push_the_rest_off_the_page(self):
        chart = charts.columns({"1924-05": 1, "2024-05": 2}, MAY, JULY)
        assert len(chart.columns) == charts.MOST_COLUMNS
        assert chart.columns[-1].code == "2024-07"

    def test_no_registrations_no_chart(self):
        assert charts.columns({}, MAY, JULY) is None

    def test_who_cannot_see_the_chart_reads_what_it_shows(self):
        table = tables(present(FIGURES, DATES))["registrations.by_month"]
        assert table.chart_words == (
            "Aanmeldingen per maand, van april 2022 tot en met juli 2024. De hoogste maand is "
            "december 2023 met 57; de laatste maand heeft er 51. "
            "De tabel hieronder geeft alle maanden."
        )

    def test_the_year_of_a_period_across_two_years_is_said_twice(self):
        assert (
            words.span(date(2023, 11, 1), date(2024, 1, 31)) == "wo 1 nov 2023 t/m wo 31 jan 2024"
        )

    def test_what_is_there_is_never_invisible(self):
        assert [charts.bar_width(one, 1000) for one in (0, 1, 500, 1000)] == [
            "0", "0.50", "50.00", "100.00",
        ]  # fmt: skip


def test_the_page_says_what_was_asked():
    page = present(FIGURES, Dates.by_day(MAY, JULY, date(2024, 8, 5)))
    assert (page.span, page.known_on) == ("wo 1 mei t/m wo 31 jul 2024", "ma 5 aug 2024")
    assert page.headlines[0] == ("1.030", "aanmeldingen")
