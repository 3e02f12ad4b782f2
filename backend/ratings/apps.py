"""Django app of the ratings."""

from importlib import import_module

from django.apps import AppConfig


class RatingsConfig(AppConfig):
    """Who was satisfied with what, and how bad ratings are made good."""

    name = "backend.ratings"
    label = "ratings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load event types, subscribers and what the relay calls."""
        import_module("backend.ratings.events")
        import_module("backend.ratings.receivers")
