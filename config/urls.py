"""Every address of the web process."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config import frontends, health, pages

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", include("mobile_api.v1.urls")),
    path("open311/v2/", include("mobile_api.v1.open311.urls")),
    path("webhooks/", include("webhooks.urls")),
]
if settings.HANDSET_ENABLED:
    urlpatterns.append(path("handset/", include("sms.handset.urls")))
    urlpatterns.append(re_path(r"^handset/(?!api/)(?P<rest>.*)$", frontends.page, {"app": "handset"}))
urlpatterns += [
    path("robots.txt", pages.robots),
    path("sitemap.xml", pages.sitemap),
    path("hall/items/<str:code>", pages.item),
]
for app in frontends.APPS:
    urlpatterns.append(path(app, RedirectView.as_view(url=f"/{app}/")))
    urlpatterns.append(re_path(rf"^{app}/(?P<rest>.*)$", frontends.page, {"app": app}))
urlpatterns.append(path("", frontends.front_door))
