"""The command: the same question gives the same bytes, a wrong one gives a sentence."""

import io
import json
import os
import stat

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from reporting.documents.output import OutputError, write
from reporting.figures import REPORT, Breakdown
from reporting.management.commands import quarter_report
from tests.cast import a_registration

draws = pytest.mark.django_db(transaction=True, serialized_rollback=True)
QUARTER = ["--period-start", "2024-05-01", "--reference-date", "2024-07-31"]


def answer(*arguments: str, form: str = "json") -> str:
    out = io.StringIO()
    call_command(
        "quarter_report", *QUARTER, *arguments, "--format", form, "--output", "-", stdout=out
    )
    return out.getvalue()


@draws
class TestJson:
    def test_what_was_asked_and_every_figure_in_the_order_of_the_declarations(self):
        a_registration()
        found = json.loads(answer("--known-on", "2030-01-01"))
        assert list(found) == ["period_start", "reference_date", "known_on", "figures"]
        assert (found["period_start"], found["known_on"]) == ("2024-05-01", "2030-01-01")
        assert found["figures"]["registrations.total"] == 1
        single = [figure.key for figure in REPORT if not isinstance(figure, Breakdown)]
        assert [key for key in found["figures"] if key in single] == single

    def test_a_percentage_of_nothing_is_null(self):
        figures = json.loads(answer("--known-on", "2024-08-05"))["figures"]
        assert figures["response.phone_within_two_days.percentage"] is None

    def test_the_same_question_gives_the_same_bytes(self):
        a_registration()
        once, again = (answer("--known-on", "2024-08-05") for _ in range(2))
        assert once == again
        assert once.endswith("}\n")

    @pytest.mark.parametrize(
        ("given", "echoed"),
        [
            ("2024-08-05T10:00", "2024-08-05T10:00:00+02:00"),
            ("2024-08-05 08:00Z", "2024-08-05T10:00:00+02:00"),
            ("2024-12-05T10:00:00-05:00", "2024-12-05T16:00:00+01:00"),
        ],
    )
    def test_an_instant_without_a_zone_is_on_the_dutch_clock(self, given, echoed):
        assert json.loads(answer("--known-on", given))["known_on"] == echoed

    def test_without_known_on_all_that_is_known_now(self):
        a_registration()
        found = json.loads(answer())
        assert found["figures"]["registrations.total"] == 1
        assert "T" in found["known_on"]


@draws
class TestOtherForms:
    def test_html_stands_on_its_own(self):
        page = answer("--known-on", "2024-08-05", form="html")
        assert page == answer("--known-on", "2024-08-05", form="html")
        assert "<style>" in page
        assert "--paper" in page
        for loaded in ("<link", "<script", 'src="', "url(http", "sourceMappingURL"):
            assert loaded not in page

    def test_csv(self):
        assert answer("--known-on", "2024-08-05", form="csv").count("\r\n") > 25


class TestWrongQuestions:
    @pytest.mark.parametrize(
        ("option", "given", "says"),
        [
            ("--period-start", "2024-13-01", "is geen datum"),
            ("--reference-date", "31-07-2024", "is geen datum"),
            ("--reference-date", "2024-04-30", "na de peildatum"),
            ("--known-on", "2024-07-30", "ligt voor de peildatum"),
            ("--known-on", "gisteren om tien uur", "is geen datum"),
            ("--known-on", "9999-12-31", "te ver weg"),
            ("--period-start", "0001-01-01", "te ver weg"),
        ],
    )
    def test_one_dutch_sentence_and_code_1(self, option, given, says, capsys):
        asked = [*QUARTER, "--known-on", "2024-08-05", option, given]
        arguments = [*asked, "--format", "json", "--output", "-"]
        with pytest.raises(SystemExit) as ended:
            quarter_report.Command().run_from_argv(["manage.py", "quarter_report", *arguments])
        printed = capsys.readouterr()
        assert ended.value.code == 1
        assert printed.out == ""
        assert printed.err.startswith("Fout: ")
        assert says in printed.err
        assert printed.err.count("\n") == 1

    @pytest.mark.parametrize("arguments", [[], [*QUARTER, "--format", "xml", "--output", "-"]])
    def test_bad_usage_is_code_2(self, arguments):
        command: BaseCommand = quarter_report.Command()
        with pytest.raises(SystemExit) as ended:
            command.run_from_argv(["manage.py", "quarter_report", *arguments])
        assert ended.value.code == 2

    @draws
    def test_a_day_that_is_not_over_is_warned_for(self, capsys):
        call_command(
            "quarter_report",
            *QUARTER,
            "--known-on",
            "2900-01-01",
            "--format",
            "json",
            "--output",
            "-",
        )
        assert "nog niet voorbij" in capsys.readouterr().err


class TestTheFile:
    @draws
    def test_it_is_written_whole_and_leaves_nothing_beside_it(self, tmp_path):
        file = tmp_path / "cijfers.json"
        file.write_text("de vorige keer")
        call_command(
            "quarter_report",
            *QUARTER,
            "--known-on",
            "2024-08-05",
            "--format",
            "json",
            "--output",
            str(file),
        )
        assert json.loads(file.read_text())["known_on"] == "2024-08-05"
        assert list(tmp_path.iterdir()) == [file]
        umask = os.umask(0)
        os.umask(umask)
        assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask

    @draws
    def test_a_folder_that_is_not_there_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="bestaat niet"):
            call_command(
                "quarter_report",
                *QUARTER,
                "--format",
                "json",
                "--output",
                str(tmp_path / "weg" / "x"),
            )

    def test_what_fails_half_way_leaves_the_old_file(self, tmp_path, monkeypatch):
        file = tmp_path / "cijfers.json"
        file.write_text("de vorige keer")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="de schijf is vol"):
            write(b"nieuw", str(file), io.StringIO())
        assert file.read_text() == "de vorige keer"
        assert list(tmp_path.iterdir()) == [file]

    def test_a_link_stays_a_link(self, tmp_path):
        real, link = tmp_path / "echt.json", tmp_path / "link.json"
        real.write_text("oud")
        link.symlink_to(real)
        write(b"nieuw", str(link), io.StringIO())
        assert link.is_symlink()
        assert real.read_text() == "nieuw"

    def test_a_device_is_not_replaced(self):
        write(b"weg ermee", os.devnull, io.StringIO())
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    def test_a_folder_is_no_file(self, tmp_path):
        with pytest.raises(OutputError, match="is een map"):
            write(b"x", str(tmp_path), io.StringIO())
