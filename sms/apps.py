"""Django app of the texts."""

from django.apps import AppConfig


class SmsConfig(AppConfig):
    """Numbers, templates, gateways, receipts and replies."""

    name = "sms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register events and pumps; they need the models, which are only there now."""
        from sms import events, pumps  # noqa: F401, PLC0415 - Django's own rule: not before ready

        pumps.register()
