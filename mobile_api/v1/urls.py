"""Version 1 of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "auth",
    "me",
    "inbox",
    "devices",
    "powers",
    "centres",
    "statistics",
    "cases",
    "ratings",
    "progress",
    "inquiries",
    "hotline",
    "knowledge",
    "tenders",
    "meetings",
    "agenda",
    "documents",
    "contacts",
    "attendance",
    "leave",
    "approval",
    "alerts",
    "operations",
    "realtime",
    "contract",
)

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"mobile_api.v1.{area}.urls")) for area in AREAS]
