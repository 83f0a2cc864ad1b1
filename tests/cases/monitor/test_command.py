"""manage.py import_monitor: what it prints, what it writes, and how it ends."""

from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from cases.models import Family
from cases.monitor.importing import import_monitor
from cases.monitor.marking import write_marked_copy
from tests.cases.monitor import hostile
from tests.cases.monitor.book import put, save, small_book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_monitor", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_right_book_is_counted_per_sheet_and_stored(here: Path):
    save(here / "boek.xlsx")
    out, err = run("boek.xlsx")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["rijen", "nieuw", "gewijzigd", "ingetrokken", "ongewijzigd", "dubbel"]
    assert ["Personen", "6", "6", "0", "0", "0", "0"] in lines
    assert len(lines) == 17
    assert out.splitlines()[-1] == "boek.xlsx is ingelezen."
    assert err == ""
    assert Family.objects.count() == 2


def test_the_same_book_again_says_that_nothing_changed(here: Path):
    save(here / "boek.xlsx")
    run("boek.xlsx")
    out, _ = run("boek.xlsx")
    assert out.splitlines()[-1] == "Er is niets veranderd: alles stond er al."


def test_a_dry_run_says_so_and_stores_nothing(here: Path):
    save(here / "boek.xlsx")
    out, _ = run("boek.xlsx", "--dry-run")
    assert out.splitlines()[-1] == "Dit was een proef (--dry-run): er is niets opgeslagen."
    assert not Family.objects.exists()


def test_faults_are_printed_and_marked_in_a_copy(here: Path):
    save(here / "boek.xlsx", edit=put("Statussen", "B2", "Loopend"))
    err = StringIO()
    with pytest.raises(CommandError) as end:
        call_command("import_monitor", "boek.xlsx", stderr=err)
    assert end.value.returncode == 1
    assert str(end.value) == (
        "boek.xlsx heeft 1 fout; er is niets opgeslagen. De fouten staan gemarkeerd in "
        "boek-fouten.xlsx."
    )
    assert "blad 'Statussen', rij 2, kolom 'status' (cel B2), waarde 'Loopend'" in err.getvalue()
    copy = openpyxl.load_workbook(here / "boek-fouten.xlsx")
    assert copy.sheetnames == ["Fouten", *small_book()]
    cell = copy["Statussen"]["B2"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("Loopend", "00FFC7CE")
    assert "Bedoel je 'Lopend'?" in cell.comment.text
    assert [cell.value for cell in copy["Fouten"][2]][:5] == [
        "Statussen", 2, "status", "B2", "Loopend",
    ]  # fmt: skip
    assert copy["Personen"]["F4"].value.year == 2012
    assert copy["Personen"]["F4"].comment is None


def test_the_copy_goes_where_the_operator_wants_it(here: Path):
    save(here / "boek.xlsx", edit=put("Gezag", "C2", "soms"))
    with pytest.raises(CommandError, match=r"elders\.xlsx"):
        run("boek.xlsx", "--faults", "elders.xlsx")
    assert (here / "elders.xlsx").exists()
    with pytest.raises(CommandError, match="kon niet worden geschreven") as end:
        run("boek.xlsx", "--faults", "geen/map/elders.xlsx")
    assert end.value.returncode == 1


def test_the_copy_may_not_overwrite_the_book(here: Path):
    save(here / "boek.xlsx", edit=put("Gezag", "C2", "soms"))
    with pytest.raises(CommandError) as end:
        run("boek.xlsx", "--faults", str(here / "boek.xlsx"))
    assert end.value.returncode == 2


@pytest.mark.parametrize("make", [hostile.another_file, hostile.encrypted, hostile.zip_bomb])
def test_what_is_no_book_gives_one_sentence_and_no_copy(here: Path, make):
    make(here / "boek.xlsx")
    with pytest.raises(CommandError) as end:
        run("boek.xlsx")
    assert end.value.returncode == 1
    assert str(end.value).startswith("boek.xlsx is ")
    assert not (here / "boek-fouten.xlsx").exists()


def test_bad_usage_is_told_apart():
    with pytest.raises(CommandError):
        run()
    with pytest.raises(CommandError):
        run("boek.xlsx", "--snel")


def test_warnings_are_told_and_stop_nothing(here: Path):
    save(here / "boek.xlsx", edit=lambda workbook: workbook.create_sheet("Notities"))
    out, err = run("boek.xlsx")
    assert "blad 'Notities': Dit blad hoort niet bij de monitor" in err
    assert out.splitlines()[-1] == "boek.xlsx is ingelezen."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@som", "\t=1", "=cmd|' /C calc'!A0", "#N/A"])
def test_text_stays_text_in_the_copy(here: Path, text: str):
    """T43: what a stranger typed never becomes a formula, and stands there unchanged."""

    def edit(workbook):
        cell = workbook["Personen"]["D2"]
        cell.value = text
        cell.data_type = "s"
        workbook["Gezag"]["C2"] = "soms"

    outcome = import_monitor(save(here / "boek.xlsx", edit=edit), dry_run=True)
    write_marked_copy(outcome, here / "kopie.xlsx")
    cell = openpyxl.load_workbook(here / "kopie.xlsx")["Personen"]["D2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_and_endless_texts_don_t_break_the_copy(here: Path):
    change = {"xl/worksheets/sheet4.xml": lambda xml: xml.replace(b">ja<", b">_x0007__x0000_a<")}
    outcome = import_monitor(hostile.repack(here / "boek.xlsx", change), dry_run=True)
    assert len(outcome.faults) == 2
    write_marked_copy(outcome, here / "kopie.xlsx")
    copy = openpyxl.load_workbook(here / "kopie.xlsx")
    assert copy["Gezag"]["C2"].value == "��a"


def test_a_row_stays_on_its_row_in_the_copy(here: Path):
    def edit(workbook):
        workbook["Gezag"].insert_rows(3, amount=5)
        workbook["Gezag"]["C9"] = None

    outcome = import_monitor(save(here / "boek.xlsx", edit=edit), dry_run=True)
    write_marked_copy(outcome, here / "kopie.xlsx")
    copy = openpyxl.load_workbook(here / "kopie.xlsx")
    assert copy["Gezag"]["A9"].value == "P3"
    assert copy["Gezag"]["C9"].comment is not None


def test_progress_tells_every_step(here: Path):
    steps = []
    import_monitor(
        save(here / "boek.xlsx"), dry_run=True, progress=lambda *step: steps.append(step)
    )
    whats, dones, totals = zip(*steps, strict=True)
    assert set(whats) == set(small_book())
    assert list(dones) == sorted(dones)
    assert dones[-1] == totals[-1]
