"""Django app of push."""

from importlib import import_module

from django.apps import AppConfig


class PushConfig(AppConfig):
    """Devices and what is pushed to them."""

    name = "backend.push"
    label = "push"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types, subscribers and what the relay calls."""
        import_module("backend.push.events")
        import_module("backend.push.receivers")
        import_module("backend.push.pumps")
