"""Addresses of the message centre."""

from django.urls import path

from mobile_api.v1.inbox import views

urlpatterns = [
    path("inbox", views.InboxView.as_view()),
    path("inbox/read-all", views.ReadAllView.as_view()),
    path("inbox/<uuid:notification_id>", views.MessageView.as_view()),
    path("inbox/<uuid:notification_id>/read", views.ReadView.as_view()),
    path("me/badge", views.BadgeView.as_view()),
    path("me/preferences", views.PreferencesView.as_view()),
]
