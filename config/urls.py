"""Every address of the web process."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", include("mobile_api.v1.urls")),
]
if find_spec("webhooks") and find_spec("webhooks.urls"):
    urlpatterns.append(path("webhooks/", include("webhooks.urls")))
if settings.HANDSET_ENABLED and find_spec("sms") and find_spec("sms.handset"):
    urlpatterns.append(path("handset/", include("sms.handset.urls")))
