"""Django app of the power repository."""

from importlib import import_module

from django.apps import AppConfig


class PowersConfig(AppConfig):
    """What the municipality may and must do: items, versions, search."""

    name = "backend.powers"
    label = "powers"

    def ready(self) -> None:
        """Load event types and subscribers."""
        import_module("backend.powers.events")
        import_module("backend.powers.receivers")
