"""Addresses of the service centres."""

from django.urls import path

from mobile_api.v1.centres import views

urlpatterns = [
    path("centres", views.CentreListView.as_view()),
    path("centres/<slug:code>", views.CentreView.as_view()),
]
