"""Addresses of push."""

from django.urls import path

from mobile_api.v1.devices import views

urlpatterns = [
    path("me/devices", views.DevicesView.as_view()),
    path("me/devices/<uuid:device_id>", views.DeviceView.as_view()),
    path("push/vapid-key", views.VapidKeyView.as_view()),
]
