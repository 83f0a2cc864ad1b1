import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Team
from accounts.roles import sync_roles
from cases.models import Registration
from facts.dates import end_of_day
from ondersteuning.demo.life import bring_to_life
from ondersteuning.demo.people import TEAM, give_the_supervisor_families, make_logins
from ondersteuning.demo.remarks import hold_a_round_that_is_over
from ondersteuning.demo.survey import hold_a_survey
from reporting.models import Period, ReportRun
from reporting.services.running import request_run

WORKBOOK = settings.BASE_DIR / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"
KNOWN_ON = date(2024, 8, 5)


class Command(BaseCommand):
    help = "Zet het voorbeeldkwartaal klaar, met één login per rol. Alleen in de demo."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO or settings.HTTPS:
            raise CommandError("Dit kan alleen in de demo (make demo), niet op een echte server.")
        sync_roles()
        if not Registration.objects.exists():
            self.stdout.write("Het voorbeeldkwartaal wordt ingelezen…")
            call_command("import_monitor", str(WORKBOOK))
        logins_file = Path(os.environ.get("OT_DATA", settings.BASE_DIR / "var")) / "demo-logins.txt"
        if not logins_file.exists():
            self._write_logins(logins_file)
        give_the_supervisor_families()
        bring_to_life(Team.objects.get(name=TEAM), timezone.localdate())
        hold_a_survey(timezone.localdate())
        hold_a_round_that_is_over(timezone.localdate())
        if not ReportRun.objects.exists():
            period = Period.objects.get(last_day=date(2024, 7, 31))
            request_run(
                period_start=period.first_day,
                reference_date=period.last_day,
                known_on=end_of_day(KNOWN_ON),
                label=period.label,
                by=None,
            )

    def _write_logins(self, logins_file: Path) -> None:
        lines = [
            f"{role:<34} {email:<38} {password}"
            for role, (email, password) in make_logins().items()
        ]
        logins_file.touch(mode=0o600)
        logins_file.write_text("\n".join(lines) + "\n", "utf-8")
