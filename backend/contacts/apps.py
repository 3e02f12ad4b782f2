"""Django app of the contacts."""

from importlib import import_module

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Who works where, and how they are reached."""

    name = "backend.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types and what listens."""
        import_module("backend.contacts.events")
        import_module("backend.contacts.receivers")
