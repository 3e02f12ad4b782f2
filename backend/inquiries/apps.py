"""Django app of the inquiries."""

from importlib import import_module

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """One number in, one net of handling."""

    name = "backend.inquiries"
    label = "inquiries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types, subscribers and what the relay calls."""
        import_module("backend.inquiries.events")
        import_module("backend.inquiries.receivers")
        import_module("backend.inquiries.pumps")
