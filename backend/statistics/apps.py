"""Django app of the published figures."""

from importlib import import_module

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """What the municipality publishes about its handling: counted from events, with no person in it."""

    name = "backend.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the subscribers."""
        import_module("backend.statistics.receivers")
