"""Django app of the configuration: binds the Celery application and the start-up checks."""

from django.apps import AppConfig

from config.celery import app as celery_app


class PlatformConfig(AppConfig):
    """Makes `celery_app` the current application in every process."""

    name = "config"
    celery = celery_app
