"""The read log (leeslogboek): who looked at what, when, and on what ground.

Lines are only ever added. Just before commit a trigger numbers and chains them (migration
0004); the database refuses every change afterwards. Write one with accounts.access_log.note.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from facts.privacy import Retention, declare


class AccessLine(models.Model):
    """One answer that was given or refused, with everybody it showed.

    `actor` null: a passer-by. `actor_roles` and `ground`: as they were at that moment.
    `object_type`, `object_id` and `part`: what was asked for; `subjects`: the persons shown.
    `detail`: what was searched or filtered, hashed; and of a list that was seen on more than one
    ground (SEVERAL) under GROUNDS each ground with the places of its people in `subjects`.
    `number`, `prev_hash` and `hash`: the seal.
    """

    GROUNDS = "gronden"

    class Ground(models.TextChoices):
        OWN_CASE = "own_case", "eigen toewijzing"
        COVER = "cover", "waarneming"
        TEAM = "team", "eigen team"
        AFTERCARE = "aftercare", "nazorg"
        GRANT = "grant", "gedeeld"
        EMERGENCY = "emergency", "noodtoegang"
        HANDOVER = "handover", "overdracht"
        SEVERAL = "several", "verschillende gronden"
        COUNTS = "counts", "alleen aantallen"
        DUTY = "duty", "ambtshalve"
        OWN_ACCOUNT = "own_account", "eigen account"
        NONE = "none", "geen"

    class Action(models.TextChoices):
        READ = "read", "bekeken"
        CREATE = "create", "gemaakt"
        CHANGE = "change", "gewijzigd"
        DELETE = "delete", "verwijderd"
        LIST = "list", "lijst bekeken"
        SEARCH = "search", "gezocht"
        EXPORT = "export", "geëxporteerd"
        PRINT = "print", "afgedrukt"
        DRILL_DOWN = "drill_down", "achter een cijfer gekeken"
        SIGN_IN = "sign_in", "ingelogd"
        SIGN_OUT = "sign_out", "uitgelogd"

    class Outcome(models.TextChoices):
        SHOWN = "shown", "getoond"
        REFUSED = "refused", "geweigerd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField("nummer", unique=True, null=True, editable=False)
    at = models.DateTimeField("op", db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="wie",
        db_index=False,  # the index with `at` does it
    )
    actor_roles = models.CharField("rollen", max_length=500, blank=True)
    ground = models.CharField("grond", max_length=20, choices=Ground)
    purpose = models.CharField("doel", max_length=200)
    action = models.CharField("handeling", max_length=20, choices=Action)
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome)
    object_type = models.CharField("soort", max_length=100)
    object_id = models.CharField("wat", max_length=100, blank=True)
    part = models.CharField("onderdeel", max_length=200, blank=True)
    subjects = ArrayField(models.UUIDField(), verbose_name="personen", default=list, blank=True)
    detail = models.JSONField("bijzonderheden", default=dict, blank=True)
    request_id = models.UUIDField("verzoek", null=True)
    origin = models.CharField("herkomst", max_length=64, blank=True)
    prev_hash = models.BinaryField("hash van de vorige regel", null=True)
    hash = models.BinaryField("hash", null=True)

    privacy = declare(
        Retention.READ_LOG,
        personal="subjects detail origin",
        neutral="id number at actor actor_roles ground purpose action outcome object_type object_id"
        " part request_id prev_hash hash",
    )

    class Meta:
        verbose_name = "regel van het leeslogboek"
        verbose_name_plural = "leeslogboek"
        ordering = ["-number"]
        permissions = [("read_access_log", "Leest het leeslogboek")]
        indexes = [
            GinIndex(fields=["subjects"], name="accessline_subjects"),
            models.Index(fields=["actor", "at"], name="accessline_actor_at"),
            models.Index(fields=["object_type", "object_id"], name="accessline_object"),
            models.Index(fields=["at"], name="accessline_at"),
        ]
        constraints = [
            models.CheckConstraint(
                name="accessline_sealed_whole_or_not_at_all",
                condition=Q(number=None, prev_hash=None, hash=None)
                | Q(number__isnull=False, prev_hash__isnull=False, hash__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"regel {self.number or '(nog zonder nummer)'}"

    def people_by_ground(self) -> dict["AccessLine.Ground", int]:
        """How many people were seen on each ground."""
        if self.ground != self.Ground.SEVERAL:
            return {self.Ground(self.ground): len(self.subjects)}
        places = self.detail[self.GROUNDS]
        return {one: len(places[one]) for one in self.Ground if one in places}

    @classmethod
    def ground_for(cls, person: uuid.UUID, ground: str, subjects: list, detail: dict) -> str:
        """The ground on which this one was seen; the arguments are the columns of a line."""
        if ground != cls.Ground.SEVERAL:
            return ground
        place = subjects.index(person)
        return next(one for one, at in detail[cls.GROUNDS].items() if place in at)


class AccessHead(models.Model):
    """The number and hash of the last sealed line: one row, moved along by the trigger.

    Taking it is the lock under which lines are numbered. It also shows a tail that was cut since
    the last head went elsewhere (accounts.access_log.heads).
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField("nummer")
    hash = models.BinaryField("hash")

    privacy = declare(Retention.READ_LOG, neutral="id number hash")

    class Meta:
        verbose_name = "kop van het leeslogboek"
        verbose_name_plural = "kop van het leeslogboek"
        constraints = [models.CheckConstraint(name="accesshead_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"kop bij regel {self.number}"
