"""Loading the figures at start: a declaration that lacks something stops the server."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        import reporting.figures
        import reporting.monitor  # noqa: F401  registers the sheet Activiteiten
