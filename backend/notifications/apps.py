"""Django app of the notifications."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Who is told what, on which channel."""

    name = "backend.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the subscribers and what the relay calls."""
        import_module("backend.notifications.events")
        import_module("backend.notifications.receivers")
        import_module("backend.notifications.pumps")
