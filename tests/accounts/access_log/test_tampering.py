"""Whoever tampers with the log is found out, and the first bad line is named (T55)."""

import io
import random
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.access_log import verifying
from accounts.access_log.heads import keep_head
from accounts.access_log.verifying import verify
from tests.accounts.access_log.tampering import LINES, a_log, off_guard, series, tampered
from tests.accounts.access_log.tampers import WAYS, Tamperer

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_each_of_many_tampers_is_found_and_the_first_bad_line_is_named():
    """A sample of what `make endure` does a thousand times."""
    outcome = series(150)
    assert outcome.wrong == []
    assert outcome.tried == sum(int(number) for number in outcome.figures.values()) == 150
    assert len(outcome.figures) == len(set(WAYS)), "each way came up"


@pytest.fixture
def log(tmp_path, settings):
    chance = random.Random(7)
    settings.ACCESS_LOG_HEADS = a_log(tmp_path, chance)
    return Tamperer(chance, LINES)


def verified() -> str:
    """What the command says."""
    told = io.StringIO()
    call_command("verify_access_log", stdout=told, stderr=told)
    return told.getvalue()


class TestTheCommand:
    def test_it_says_so_when_all_is_well(self, log):
        assert verified() == f"Het leeslogboek klopt: {LINES} regels.\n"

    def test_the_application_s_rights_are_enough(self, log, as_the_application):
        assert verified() == f"Het leeslogboek klopt: {LINES} regels.\n"

    def test_an_empty_log_is_well(self, tmp_path, settings):
        settings.ACCESS_LOG_HEADS = tmp_path / "heads.jsonl"
        keep_head()
        assert verified() == "Het leeslogboek klopt: 0 regels.\n"

    def test_without_heads_it_says_what_it_cannot_see(self, log, settings, tmp_path):
        settings.ACCESS_LOG_HEADS = tmp_path / "elders"
        assert "geen bestand met koppen" in verified()

    @pytest.mark.parametrize(
        ("statement", "sentence"),
        [
            ("UPDATE accounts_accessline SET part = 'x' WHERE number = 40",
             r"Regel 40 van \d\d-\d\d-\d{4} \d\d:\d\d:\d\d: gewijzigd\."),
            ("UPDATE accounts_accessline SET at = '-infinity' WHERE number = 40",
             r"Regel 40 van een onmogelijk tijdstip: gewijzigd\."),
            ("DELETE FROM accounts_accessline WHERE number = 40",
             r"Regel 40: ontbreekt\. De volgende is regel 41 van "),
            ("DELETE FROM accounts_accessline WHERE number > 90",
             r"Regel 91: ontbreekt: de staart is afgesneden\. De kop van .* noemde regel 100\."),
            ("DELETE FROM accounts_accessline WHERE number > 150",
             r"Regel 151: .* afgesneden\. De kop in de database noemt regel 160\."),
            ("DELETE FROM accounts_accessline",
             r"Regel 1: .* afgesneden\. De kop van .* noemde regel 50\."),
            ("DELETE FROM accounts_accesshead",
             r"Regel 1: toegevoegd buiten het programma om\."),
        ],
    )  # fmt: skip
    def test_it_names_the_first_bad_line_in_a_sentence(self, log, statement, sentence):
        with off_guard() as cursor:
            cursor.execute(statement)
        with pytest.raises(CommandError, match=rf"^Het leeslogboek klopt niet\. {sentence}"):
            verified()

    def test_a_chain_that_was_made_anew_is_narrowed_down_by_the_heads(self, log):
        log.chance = random.Random(3)
        line = tampered(Tamperer.rewrite, log).number
        with pytest.raises(
            CommandError, match=rf"wijziging staat in regel \d+ tot en met {line}\."
        ):
            verified()

    def test_a_guard_that_is_off_is_told_too(self, log):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_accessline DISABLE TRIGGER access_log_stands")
            try:
                with pytest.raises(CommandError, match="niet beschermd: de trigger access_log_st"):
                    verified()
            finally:
                cursor.execute(
                    "ALTER TABLE accounts_accessline ENABLE ALWAYS TRIGGER access_log_stands"
                )

    def test_on_a_terminal_it_shows_how_far_it_is(self, log, monkeypatch, capfd):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        call_command("verify_access_log")
        told = capfd.readouterr()
        assert "regels" in told.err
        assert told.out.count("\n") == 1


def test_it_walks_in_constant_memory(log, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 7)
    said = []
    assert verify((), lambda done, total: said.append((done, total))) == (None, LINES)
    assert said[0] == (7, LINES)
    assert len(said) == -(-LINES // 7)
