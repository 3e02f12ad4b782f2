"""Django app of leave."""

from importlib import import_module

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    """Who is away when and why, who agreed, who stands in, and how many days are left."""

    name = "backend.leave"
    label = "leave"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types."""
        import_module("backend.leave.events")
