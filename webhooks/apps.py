"""Django app of the webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Inbound webhooks: one folder a sender."""

    name = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register events and their readers."""
        from webhooks.inbound.twilio import receivers  # noqa: F401, PLC0415 - Django's own rule: not before ready
