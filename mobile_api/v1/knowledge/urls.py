"""Addresses of the knowledge base."""

from django.urls import path

from mobile_api.v1.knowledge import views

urlpatterns = [
    path("knowledge", views.EntriesView.as_view()),
    path("knowledge/<uuid:entry_id>", views.EntryView.as_view()),
    path("knowledge/<uuid:entry_id>/versions", views.VersionsView.as_view()),
    path("knowledge/<uuid:entry_id>/state", views.StateView.as_view()),
    path("knowledge/<uuid:entry_id>/review", views.ReviewView.as_view()),
]
