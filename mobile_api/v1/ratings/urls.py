"""Addresses of ratings and rectifications."""

from django.urls import path

from mobile_api.v1.ratings import views

urlpatterns = [
    path("cases/<uuid:case_id>/rating", views.RatingView.as_view()),
    path("ratings/tags", views.TagsView.as_view()),
    path("ratings/rectifications", views.RectificationsView.as_view()),
    path("ratings/rectifications/<uuid:rectification_id>", views.RectificationView.as_view()),
    path("ratings/rectifications/<uuid:rectification_id>/actions", views.RectificationActionsView.as_view()),
]
