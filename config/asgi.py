"""The WebSocket process, served by granian in ASGI mode. It answers nothing but /ws/ and its health."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
get_asgi_application()

from mobile_api.realtime.application import application  # noqa: E402 - Django must be set up before

__all__ = ["application"]
