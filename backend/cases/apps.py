"""Django app of cases."""

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Applications and their handling."""

    name = "backend.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the subscribers."""
        import_module("backend.cases.receivers")
