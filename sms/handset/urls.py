"""What the handset page asks for, under /handset/; only there when `settings.HANDSET_ENABLED`."""

from __future__ import annotations

from django.urls import path

from sms.handset import views

urlpatterns = [
    path("api/numbers", views.numbers, name="handset-numbers"),
    path("api/texts", views.texts, name="handset-texts"),
    path("api/replies", views.replies, name="handset-replies"),
]
