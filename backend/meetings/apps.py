"""Django app of the meetings."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Who meets when and where, who comes, what was decided."""

    name = "backend.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types and what the relay calls."""
        import_module("backend.meetings.events")
        import_module("backend.meetings.receivers")
