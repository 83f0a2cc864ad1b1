"""Signs of life of what works in the background."""

from django.db import models

from facts.privacy import Retention, declare


class Heartbeat(models.Model):
    """When a part was last heard of. Written by the part itself, read by the health page: no page
    asks a broker or a worker anything, which could hang with it."""

    class Part(models.TextChoices):
        BEAT = "beat", "Klok"
        WORKER = "worker", "Werker"
        BROKER = "broker", "Wachtrij"

    part = models.CharField("onderdeel", max_length=10, choices=Part, primary_key=True)
    seen_at = models.DateTimeField("laatste teken")

    privacy = declare(Retention.SETTING, neutral="part seen_at")

    class Meta:
        verbose_name = "levensteken"
        verbose_name_plural = "levenstekens"

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.seen_at}"
