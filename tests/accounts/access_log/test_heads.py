"""The heads that are kept elsewhere, and what can be done to their file."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.access_log import note
from accounts.access_log.heads import HeadsError, keep_head, read_heads
from accounts.models import AccessLine
from accounts.tasks import keep_access_log_head
from tests.accounts.access_log.tampering import first_fault, off_guard
from tests.accounts.access_log.test_writing import READ

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def heads(settings, tmp_path):
    """Three lines, a head after each."""
    settings.ACCESS_LOG_HEADS = path = tmp_path / "elders" / "heads.jsonl"
    for part in "abc":
        with transaction.atomic():
            note(actor=None, **READ, part=part)
        keep_head()
    return path


def numbers(path) -> list[int]:
    with read_heads(path) as heads:
        return [head.number for head in heads]


def test_a_head_says_where_the_chain_was(heads):
    last = json.loads(heads.read_text().splitlines()[-1])
    assert last["number"] == 3
    assert last["hash"] == bytes(AccessLine.objects.get(number=3).hash).hex()
    assert numbers(heads) == [1, 2, 3]
    assert first_fault(heads) is None


def test_the_command_and_the_hourly_task_tell_it_to_whoever_listens(heads, capsys):
    told = io.StringIO()
    call_command("keep_access_log_head", stdout=told)
    keep_access_log_head()
    lines = heads.read_text().splitlines()
    assert told.getvalue() == lines[-2] + "\n"
    assert capsys.readouterr().out == lines[-1] + "\n"
    assert len(lines) == 5


@pytest.mark.parametrize("line", [0, 1])
def test_a_head_that_was_taken_out_breaks_their_own_chain(heads, line):
    lines = heads.read_bytes().splitlines(keepends=True)
    del lines[line]
    heads.write_bytes(b"".join(lines))
    with pytest.raises(HeadsError, match=f"regel {line + 1} sluit niet aan"):
        numbers(heads)
    with pytest.raises(CommandError, match="Het bestand met koppen is gewijzigd"):
        call_command("verify_access_log")


@pytest.mark.parametrize("change", [("number", 2), ("at", "2001-01-01T00:00:00+00:00")])
def test_a_head_that_was_changed_breaks_it_too(heads, change):
    lines = heads.read_text().splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | dict([change]))
    heads.write_text("\n".join(lines) + "\n")
    with pytest.raises(HeadsError, match="regel 1 sluit niet aan"):
        numbers(heads)


def test_half_a_line_left_by_a_crash_is_passed_over(heads):
    with heads.open("a") as file:
        file.write('{"at": "2024-05-0')
    keep_head()
    assert numbers(heads) == [1, 2, 3, 3]
    assert len(heads.read_text().splitlines()) == 5


def test_a_log_that_went_back_is_noticed_when_its_head_is_kept(heads):
    with off_guard() as cursor:
        cursor.execute("DELETE FROM accounts_accessline WHERE number = 3")
        cursor.execute("UPDATE accounts_accesshead SET number = 2, hash = (SELECT hash"
                       " FROM accounts_accessline AS line WHERE line.number = 2)")  # fmt: skip
    before = heads.read_bytes()
    with pytest.raises(CommandError, match="ingekort of herschreven"):
        call_command("keep_access_log_head")
    assert heads.read_bytes() == before


class TestAfterABackupWasPutBack:
    """T57: going on says so, and forks nothing in silence."""

    @pytest.fixture
    def put_back(self, heads):
        """The log has lost its third line, as an older backup would; a fourth came since."""
        with off_guard() as cursor:
            cursor.execute("DELETE FROM accounts_accessline WHERE number = 3")
            cursor.execute("UPDATE accounts_accesshead SET number = 2, hash = (SELECT hash"
                           " FROM accounts_accessline AS line WHERE line.number = 2)")  # fmt: skip
        for part in "xyz":
            with transaction.atomic():
                note(actor=None, **READ, part=part)
        return heads

    def test_it_is_noticed_by_whoever_keeps_a_head_or_verifies(self, put_back):
        with pytest.raises(CommandError, match="herschreven"):
            call_command("verify_access_log")

    def test_a_reason_begins_the_heads_anew_and_the_log_tells_of_it(self, put_back):
        old = put_back.read_bytes()
        call_command("keep_access_log_head", after_restore="Kopie van zondag", stderr=io.StringIO())
        (aside,) = put_back.parent.glob("heads-tot-*.jsonl")
        assert aside.read_bytes() == old
        told = json.loads(put_back.read_text().splitlines()[0])
        assert told["reason"] == "Kopie van zondag"
        assert told["previous_file"] == aside.name
        assert told["previous_number"] == 3
        assert told["previous_chain"] == json.loads(old.splitlines()[-1])["chain"]
        line = AccessLine.objects.get(number=6)
        assert line.part == "hervat na een reservekopie; de laatste kop noemde regel 3"
        assert numbers(put_back) == [6]
        call_command("verify_access_log", stdout=(said := io.StringIO()))
        assert said.getvalue() == "Het leeslogboek klopt: 6 regels.\n"
        with pytest.raises(CommandError, match="herschreven"):
            call_command("verify_access_log", heads=aside)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_not_without_a_reason(self, put_back, reason):
        before = put_back.read_bytes()
        with pytest.raises(CommandError, match="Zeg waarom"):
            call_command("keep_access_log_head", after_restore=reason)
        assert put_back.read_bytes() == before

    def test_not_when_nothing_was_put_back(self, heads):
        with pytest.raises(CommandError, match="Er is niets om opnieuw te beginnen"):
            call_command("keep_access_log_head", after_restore="Zomaar")
        assert [path.name for path in heads.parent.iterdir()] == ["heads.jsonl"]
        assert AccessLine.objects.count() == 3


def test_a_head_that_came_while_verifying_is_not_an_alarm(heads):
    """It is of a line that the walk, which began earlier, doesn't see."""
    with read_heads(heads) as known:
        with transaction.atomic():
            note(actor=None, **READ)
        keep_head()
        assert [head.number for head in known] == [1, 2, 3]


@pytest.mark.parametrize(
    "path", ["bestaat\nHet leeslogboek klopt: 9 regels.\x1b[2J", "map"], ids=["absent", "folder"]
)
def test_a_file_that_cannot_be_read_is_a_sentence_on_one_line(tmp_path, path):
    (tmp_path / "map").mkdir()
    with pytest.raises(CommandError) as told:
        call_command("verify_access_log", heads=tmp_path / path)
    assert "is niet te lezen" in str(told.value)
    assert str(told.value).isprintable()


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, settings):
    (tmp_path / "bestand").touch()
    settings.ACCESS_LOG_HEADS = tmp_path / "bestand" / "heads.jsonl"
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        call_command("keep_access_log_head")


class TestNothingForgesALine:
    """Values with newlines and escapes, whatever way they came in (T60)."""

    EVIL = '\n{"at": "2024-05-06T00:00:00+00:00", "number": 9}\r\n\x1b[31mHet leeslogboek klopt\x07'

    def test_not_in_the_heads_nor_on_the_terminal(self, heads, anna, rf, capsys):
        anna.email = f"x{self.EVIL}"
        request = rf.get("/", HTTP_USER_AGENT=self.EVIL, REMOTE_ADDR="192.0.2.1")
        with transaction.atomic():
            note(actor=anna, **READ | {"purpose": self.EVIL, "object_type": self.EVIL},
                 object_id=self.EVIL, part=self.EVIL, detail={"naam": self.EVIL},
                 request=request)  # fmt: skip
        call_command("keep_access_log_head")
        call_command("verify_access_log")
        told = capsys.readouterr().out
        assert told.splitlines()[1] == "Het leeslogboek klopt: 4 regels."
        assert len(told.splitlines()) == 2
        assert all(line.isprintable() for line in told.splitlines())
        assert numbers(heads) == [1, 2, 3, 4]
        assert len(heads.read_text().splitlines()) == 4

    def test_not_when_the_owner_put_them_in(self, heads):
        with off_guard() as cursor:
            cursor.execute(
                "UPDATE accounts_accessline SET part = %s, object_id = %s, origin = %s"
                " WHERE number = 2", ["x" + self.EVIL[:90], self.EVIL[:90], self.EVIL[:60]],
            )  # fmt: skip
        with pytest.raises(CommandError) as told:
            call_command("verify_access_log")
        assert str(told.value).startswith("Het leeslogboek klopt niet. Regel 2 van ")
        assert str(told.value).isprintable()

    def test_not_from_the_file_with_heads(self, heads):
        lines = heads.read_text().splitlines()
        lines[2] = json.dumps(json.loads(lines[2]) | {"hash": self.EVIL, "number": 9})
        heads.write_text("\n".join(lines) + "\n")
        call_command("verify_access_log", stdout=(told := io.StringIO()))
        assert told.getvalue() == "Het leeslogboek klopt: 3 regels.\n"
