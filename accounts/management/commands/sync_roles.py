from django.core.management.base import BaseCommand

from accounts.roles import ROLES, sync_roles


class Command(BaseCommand):
    help = "Schrijft de rollen en hun rechten (accounts/roles.py) naar de groepen."

    def handle(self, *args, **options) -> None:
        sync_roles()
        self.stdout.write(f"{len(ROLES)} rollen bijgewerkt.")
