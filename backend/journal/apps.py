"""Django app of the journal."""

from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only, hash-chained record of everything that was done."""

    name = "backend.journal"
    label = "journal"

    def ready(self) -> None:
        """Load what the relay calls."""
        import_module("backend.journal.receivers")
