"""Addresses of the live state."""

from django.urls import path

from mobile_api.v1.realtime import views

urlpatterns = [
    path("me/snapshot", views.SnapshotView.as_view()),
    path("me/realtime-ticket", views.TicketView.as_view()),
    path("me/events", views.EventsView.as_view()),
]
