"""How often someone guessed, per account, address, and in all."""

from django.db import models

from facts.privacy import Retention, declare


class GuessCount(models.Model):
    """Wrong guesses in one window of time. The name is hashed: no address stands here.

    Written with one upsert only (accounts/guessing.py), so that no guess slips through between
    two processes. The cache won't do: its counters aren't atomic, and it forgets when it is full.
    """

    name = models.CharField("wat er wordt geteld, gehasht", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("aantal")
    resets_at = models.DateTimeField("begint opnieuw op", db_index=True)

    privacy = declare(Retention.SESSION, neutral="name count resets_at")

    class Meta:
        verbose_name = "telling van pogingen"
        verbose_name_plural = "tellingen van pogingen"

    def __str__(self) -> str:
        return f"{self.count} tot {self.resets_at:%H:%M}"
