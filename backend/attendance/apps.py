"""Django app of attendance."""

from importlib import import_module

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Who works when and where, who came, and what the month's sheet says of it."""

    name = "backend.attendance"
    label = "attendance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types and what the relay calls."""
        import_module("backend.attendance.events")
        import_module("backend.attendance.receivers")
