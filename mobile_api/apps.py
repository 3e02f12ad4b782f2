"""Django app of the API that the four handheld apps and the web hall speak."""

from django.apps import AppConfig


class MobileApiConfig(AppConfig):
    """Views, serializers and sockets; no tables of its own."""

    name = "mobile_api"
