"""Django app of the accounts."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, roles, sign-in."""

    name = "backend.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the events and answer the journal's question for tree paths."""
        import_module("backend.accounts.events")
        import_module("backend.accounts.receivers")
