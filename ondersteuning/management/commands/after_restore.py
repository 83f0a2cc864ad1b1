from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.services import outbox
from surveys.services import letters


class Command(BaseCommand):
    help = (
        "Na het terugzetten van een reservekopie, voor de werker weer start: wat toen wachtte is "
        "misschien al verstuurd. Het wordt onzeker, zodat mensen beslissen en niets vanzelf een "
        "tweede keer gaat."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write(
            f"{outbox.distrust_what_waits()} mails en "
            f"{letters.distrust_what_waits()} brieven van enquêtes zijn nu onzeker."
        )
