"""Django app of schedules and work tasks."""

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """What everybody has to do and when: schedules, tasks, weekly reports, the calendar feed."""

    name = "backend.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types and subscribers."""
        import_module("backend.agenda.events")
        import_module("backend.agenda.receivers")
