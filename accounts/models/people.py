"""Who works here: people, teams, and how much they work."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from simple_history import register
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.models import LastingFact
from facts.privacy import Retention, declare, declare_fact


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=100, unique=True)
    history = HistoricalRecords()

    privacy = declare(Retention.STAFF, neutral="id name")

    class Meta:
        verbose_name = "team"
        triggers = [leaves_history()]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account. Without a password nobody can sign in with it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works with the system; the e-mail address is the name to sign in with.

    `invited_at` null: made by an import, and not able to sign in before being invited.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("naam", max_length=200)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    invited_at = models.DateTimeField("uitgenodigd op", null=True, blank=True)
    joined_at = models.DateTimeField("toegevoegd op", auto_now_add=True)
    shortcuts = models.BooleanField("sneltoetsen", default=True, db_default=True)

    objects = UserManager()
    # Roles too: who could do what, and who gave it, stays on record.
    history = HistoricalRecords(excluded_fields=["password", "last_login"], m2m_fields=["groups"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    privacy = declare(
        Retention.STAFF,
        personal="email name password",
        neutral="id team is_active is_staff is_superuser invited_at joined_at last_login shortcuts",
    )

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        triggers = [
            leaves_history(
                table="accounts_user_groups",
                history="accounts_historicaluser_groups",
                mine="user_id",
                other="group_id",
            )
        ]
        ordering = ["name"]
        permissions = [
            ("manage_people", "Mag medewerkers uitnodigen, sluiten en rollen geven"),
            ("approve_reset", "Mag als tweede persoon een verloren tweede stap herstellen"),
        ]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_one_email_one_account")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


# What each role may do stays on record as well (its guard: migration 0012).
register(Group, app="accounts", m2m_fields=["permissions"])


class Employment(LastingFact):
    """How much a process supervisor works, from a day to a day: the formation as a dated series."""

    supervisor = models.ForeignKey(User, models.PROTECT, related_name="employments")
    fte = models.DecimalField("fte", max_digits=9, decimal_places=6)

    privacy = declare_fact(
        Retention.STAFF, personal="fte", neutral="supervisor happened_on ended_on"
    )

    class Meta(LastingFact.Meta):
        verbose_name = "aanstelling"
        constraints = [
            *LastingFact.Meta.constraints,
            models.CheckConstraint(
                name="employment_fte_is_a_part_of_a_week",
                condition=models.Q(fte__gte=0, fte__lte=2),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id}: {self.fte} fte vanaf {self.happened_on}"
