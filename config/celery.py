"""The Celery application: queues otp, statutory, bulk, files, default. It carries ids; the truth is in PostgreSQL."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("suqian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
