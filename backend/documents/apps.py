"""Django app of the official documents."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """What comes in and goes out on paper with a red head."""

    name = "backend.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types and what the relay calls."""
        import_module("backend.documents.events")
        import_module("backend.documents.receivers")
