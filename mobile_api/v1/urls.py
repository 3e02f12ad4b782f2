"""Version 1 of the API."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "auth",
    "me",
    "inbox",
    "devices",
    "powers",
    "cases",
    "ratings",
    "progress",
    "approval",
    "realtime",
    "contract",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"mobile_api.v1.{area}.urls"))
    for area in AREAS
    if find_spec(f"mobile_api.v1.{area}") and find_spec(f"mobile_api.v1.{area}.urls")
]
