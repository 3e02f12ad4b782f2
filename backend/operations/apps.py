"""Django app of those who keep the system running."""

from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What waits, what fails, who is silent."""

    name = "backend.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what the relay calls."""
        import_module("backend.operations.pumps")
