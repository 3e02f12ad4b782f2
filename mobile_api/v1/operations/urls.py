"""Addresses for those who keep the system running."""

from django.urls import path

from mobile_api.v1.operations import lists, partners, views

urlpatterns = [
    path("operations/channels", views.ChannelsView.as_view()),
    path("operations/texts", lists.TextsView.as_view()),
    path("operations/texts/search", lists.FindTextsView.as_view()),
    path("operations/retries", lists.RetriesView.as_view()),
    path("operations/wordings", lists.WordingsView.as_view()),
    path("operations/wordings/<uuid:version_id>/preview", lists.WordingPreviewView.as_view()),
    path("operations/wordings/<uuid:version_id>/trial", lists.WordingTrialView.as_view()),
    path("operations/partners", partners.PartnersView.as_view()),
    path("operations/partners/<uuid:endpoint_id>/deliveries", partners.DeliveriesView.as_view()),
    path("operations/partners/<uuid:endpoint_id>/actions", partners.EndpointActionsView.as_view()),
    path("operations/texts/<uuid:text_id>", views.TextView.as_view()),
    path("operations/texts/<uuid:text_id>/retry", views.RetryView.as_view()),
]
