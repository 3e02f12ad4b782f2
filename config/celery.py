"""The Celery application: queues otp, statutory, bulk, files, default. It carries ids; the truth is in PostgreSQL."""

from __future__ import annotations

import os
from importlib import import_module

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("suqian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _watch_over(**_: object) -> None:
    import_module("config.watchdog")
