"""Django app of tenders."""

from importlib import import_module

from django.apps import AppConfig


class TendersConfig(AppConfig):
    """Tender information and sealed bidding."""

    name = "backend.tenders"
    label = "tenders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types, subscribers and what the relay calls."""
        import_module("backend.tenders.events")
        import_module("backend.tenders.receivers")
