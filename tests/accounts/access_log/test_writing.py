"""What a line says."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.access_log import note
from accounts.access_log.chain import HASHED, START
from accounts.access_log.verifying import verify
from accounts.models import AccessHead, AccessLine, Team
from tests.accounts.access_log.database import another_session

CHILD, MOTHER = uuid.UUID(int=2), uuid.UUID(int=3)
READ = {"action": "read", "object_type": "family", "ground": "own_case", "purpose": "ondersteuning"}


def sealed_now() -> None:
    """What the commit would do."""
    connection.check_constraints()


@pytest.mark.django_db
class TestALine:
    def test_it_says_who_in_which_roles_looked_at_what_and_whom(self, anna, rf):
        anna.groups.add(Group.objects.create(name="teammanager"))
        anna.groups.add(Group.objects.create(name="procesbegeleider"))
        before = timezone.now()
        line = note(actor=anna, **READ, object_id=uuid.UUID(int=1), part="kinderen",
                    subjects=[MOTHER, CHILD, MOTHER])  # fmt: skip
        line.refresh_from_db()
        assert line.actor == anna
        assert line.actor_roles == "procesbegeleider, teammanager"
        assert (line.ground, line.purpose) == ("own_case", "ondersteuning")
        assert (line.action, line.outcome) == ("read", "shown")
        assert (line.object_type, line.part) == ("family", "kinderen")
        assert line.object_id == str(uuid.UUID(int=1))
        assert line.subjects == [CHILD, MOTHER], "each once, in a fixed order"
        assert before <= line.at <= timezone.now()

    def test_roles_stay_as_they_were(self, anna):
        anna.groups.add(Group.objects.create(name="rapporteur"))
        line = note(actor=anna, **READ)
        anna.groups.clear()
        line.refresh_from_db()
        assert line.actor_roles == "rapporteur"

    def test_subjects_may_be_rows(self):
        team = Team.objects.create(name="Team Oost")
        assert note(actor=None, **READ, subjects=[team]).subjects == [team.pk]

    @pytest.mark.parametrize("actor", [None, AnonymousUser()])
    def test_a_passer_by_has_no_name(self, actor):
        assert note(actor=actor, **READ | {"ground": "none"}).actor is None

    def test_what_was_searched_is_not_to_be_read(self):
        first = note(actor=None, **READ, detail={"naam": " Van  Dijk", "pagina": 2, "leeg": None})
        again = note(actor=None, **READ, detail={"naam": "van dijk"})
        assert first.detail["naam"] == again.detail["naam"]
        assert (first.detail["pagina"], first.detail["leeg"]) == (2, None)
        assert "dijk" not in str(first.detail).casefold()

    def test_where_from_is_a_hash_too(self, rf):
        here = note(actor=None, **READ, request=rf.get("/", REMOTE_ADDR="192.0.2.7")).origin
        there = note(actor=None, **READ, request=rf.get("/", REMOTE_ADDR="192.0.2.8")).origin
        assert here
        assert here != there
        assert "192" not in here[:3] + there[:3]

    def test_text_that_could_pass_for_something_else_is_made_harmless(self):
        line = note(actor=None, **READ, part="a\x00b\n\x1b[31mc\u202e" + "x" * 500)
        line.refresh_from_db()
        assert line.part.startswith("a\ufffdb\ufffd\ufffd[31mc\ufffdxxx")
        assert len(line.part) == 200

    @pytest.mark.parametrize("name", ["action", "ground"])
    def test_a_word_that_does_not_exist_is_refused(self, name):
        with pytest.raises(ValueError, match="snuffelen"):
            note(actor=None, **READ | {name: "snuffelen"})


@pytest.mark.django_db
class TestSealing:
    def test_lines_of_one_transaction_are_numbered_as_they_were_written(self):
        lines = [note(actor=None, **READ, part=str(n)) for n in range(3)]
        assert {line.number for line in AccessLine.objects.all()} == {None}
        sealed_now()
        stored = AccessLine.objects.order_by("number")
        assert [line.pk for line in stored] == [line.pk for line in lines]
        assert [line.number for line in stored] == [1, 2, 3]
        assert bytes(stored[0].prev_hash) == START
        assert bytes(stored[1].prev_hash) == bytes(stored[0].hash)
        head = AccessHead.objects.get()
        assert (head.number, bytes(head.hash)) == (3, bytes(stored[2].hash))

    def test_a_part_that_is_rolled_back_takes_its_lines_with_it(self):
        note(actor=None, **READ, part="voor")
        with transaction.atomic():
            note(actor=None, **READ, part="weg")
            transaction.set_rollback(True)
        note(actor=None, **READ, part="na")
        sealed_now()
        assert list(AccessLine.objects.order_by("number").values_list("number", "part")) == [
            (1, "voor"),
            (2, "na"),
        ]

    def test_every_column_is_hashed(self):
        columns = {field.column for field in AccessLine._meta.concrete_fields}
        hashed = {text.split("::")[0].split(",")[0].split("(")[-1] for text in HASHED}
        hashed = {"at" if "epoch" in column else column for column in hashed}
        assert hashed == columns - {"hash"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTransactions:
    def test_there_must_be_one(self):
        with pytest.raises(TransactionManagementError, match="hoort in de transactie"):
            note(actor=None, **READ)

    def test_python_computes_the_same_hash_for_whatever_the_columns_hold(self, anna, rf):
        for part in ["", "één", "a,b:3:c", "x" * 200, "'\"\\", "👩‍👧"]:
            with transaction.atomic():
                note(actor=anna, **READ, part=part, subjects=[CHILD], detail={part: [1, "ü", None]},
                     request=rf.get("/"))  # fmt: skip
        fault, checked = verify()
        assert (fault, checked) == (None, 6)

    def test_an_older_snapshot_never_forks_the_chain(self):
        """It is refused as soon as somebody else wrote in the meantime."""
        with transaction.atomic():
            note(actor=None, **READ)
        with pytest.raises(OperationalError, match="could not serialize"):
            self._writes_in_an_old_snapshot()
        assert set(AccessLine.objects.values_list("number", "part")) == {(1, ""), (2, "nieuw")}
        assert verify() == (None, 2)

    @transaction.atomic
    def _writes_in_an_old_snapshot(self):
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        note(actor=None, **READ, part="oud")
        with another_session(), transaction.atomic():
            note(actor=None, **READ, part="nieuw")
