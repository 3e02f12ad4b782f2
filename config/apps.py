"""Django app of the configuration: binds the Celery application and the start-up checks."""

import sys

from django.apps import AppConfig

from config.celery import app as celery_app
from config.checks import refuse_unsafe_start, secret_key


class PlatformConfig(AppConfig):
    """Makes `celery_app` the current application in every process, and keeps an unsafe one from starting."""

    name = "config"
    celery = celery_app

    def ready(self) -> None:
        """`manage.py check` may look at an unsafe configuration if it has a key at all; nothing else may run on it."""
        if sys.argv[1:2] != ["check"] or not secret_key():
            refuse_unsafe_start()
