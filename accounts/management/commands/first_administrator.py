from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.roles import ADMINISTRATOR, sync_roles
from accounts.services.invitations import invite
from accounts.services.people import add_person


class Command(BaseCommand):
    help = (
        "Maakt op een nieuwe server de eerste functioneel beheerder en toont de uitnodiging. "
        "Is er al een beheerder die kan inloggen, dan nodigt die de anderen uit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help="de naam, tussen aanhalingstekens")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        sync_roles()
        if self._someone_is_in():
            raise CommandError("Er is al een functioneel beheerder. Die nodigt de anderen uit.")
        known = User.objects.filter(email__iexact=email, groups__name=ADMINISTRATOR.name).first()
        try:
            if known is None:
                known = add_person(
                    email=email, name=name, roles=[ADMINISTRATOR], team=None, by=None
                )
            link = invite(known, by=None)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write("Open deze link binnen zeven dagen, en geef hem aan niemand:")
        self.stdout.write(link)

    @staticmethod
    def _someone_is_in() -> bool:
        held = User.objects.filter(is_active=True, groups__name=ADMINISTRATOR.name)
        return any(user.has_usable_password() for user in held)
