"""Django app of the service centres."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    """Where people can go: centres, halls, zones, windows, and what each window handles."""

    name = "backend.centres"
    label = "centres"
    default_auto_field = "django.db.models.BigAutoField"
