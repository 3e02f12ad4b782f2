"""Django app of the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Generic mechanisms: outbox, idempotency, realtime log, numbers."""

    name = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
