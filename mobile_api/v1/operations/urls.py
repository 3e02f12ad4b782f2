"""Addresses for those who keep the system running."""

from django.urls import path

from mobile_api.v1.operations import views

urlpatterns = [
    path("operations/channels", views.ChannelsView.as_view()),
    path("operations/texts/<uuid:text_id>", views.TextView.as_view()),
    path("operations/texts/<uuid:text_id>/retry", views.RetryView.as_view()),
]
