from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import second_factor
from accounts.models import OutgoingMail
from accounts.sealing import CannotOpen, again, is_current
from accounts.services import outbox
from surveys.services.resealing import reseal_answers

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = (
        "Versleutelt alle geheimen opnieuw met de eerste sleutel van OT_FIELD_KEYS. Daarna mag een "
        "oude sleutel weg. Alles of niets."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                done = self._factors() + self._letters() + reseal_answers()
        except CannotOpen:
            raise CommandError(
                "Een geheim opent met geen van de sleutels. Er is niets gewijzigd; zet de oude "
                "sleutel terug in OT_FIELD_KEYS."
            ) from None
        self.stdout.write(f"{done} geheimen opnieuw versleuteld.")

    def _factors(self) -> int:
        done = 0
        for row in Authenticator.objects.select_for_update().iterator():
            for name in SECRETS:
                if name in row.data and not is_current(row.data[name]):
                    row.data[name] = again(row.data[name], purpose=second_factor.PURPOSE)
                    row.save(update_fields=["data"])
                    done += 1
        return done

    def _letters(self) -> int:
        done = 0
        waiting = OutgoingMail.objects.select_for_update(of=("self",)).exclude(sealed_body="")
        for mail in waiting.iterator():
            if not is_current(mail.sealed_body):
                mail.sealed_body = again(mail.sealed_body, purpose=f"{outbox.PURPOSE} {mail.pk}")
                mail.save(update_fields=["sealed_body"])
                done += 1
        return done
