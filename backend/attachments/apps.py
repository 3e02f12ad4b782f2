"""Django app of files."""

from importlib import import_module

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files people hand in: checked, cleaned, stored, handed out."""

    name = "backend.attachments"
    label = "attachments"

    def ready(self) -> None:
        """Load what the relay calls."""
        import_module("backend.attachments.receivers")
