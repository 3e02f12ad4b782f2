"""Django app of the partners."""

from importlib import import_module

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Who outside the house is told of what."""

    name = "backend.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load subscribers and what the relay calls."""
        import_module("backend.partners.receivers")
        import_module("backend.partners.pumps")
