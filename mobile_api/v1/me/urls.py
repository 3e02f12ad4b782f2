"""Addresses of a person's own account."""

from django.urls import path

from mobile_api.v1.me import accesses, views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("me/identity", views.IdentityView.as_view()),
    path("me/phone", views.PhoneView.as_view()),
    path("me/accesses", accesses.AccessesView.as_view()),
    path("me/sessions", views.SessionsView.as_view()),
    path("me/sessions/<uuid:session_id>", views.SessionView.as_view()),
]
