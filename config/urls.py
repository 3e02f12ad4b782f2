"""Every address of the web process."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", include("mobile_api.v1.urls")),
    path("webhooks/", include("webhooks.urls")),
]
if settings.HANDSET_ENABLED:
    urlpatterns.append(path("handset/", include("sms.handset.urls")))
