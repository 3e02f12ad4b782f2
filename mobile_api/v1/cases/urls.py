"""Addresses of the citizen's cases."""

from django.urls import path

from mobile_api.v1.cases import views
from mobile_api.v1.cases.item import CaseItemView

urlpatterns = [
    path("cases", views.CaseListView.as_view()),
    path("cases/<uuid:case_id>", views.CaseView.as_view()),
    path("cases/<uuid:case_id>/item", CaseItemView.as_view()),
    path("cases/<uuid:case_id>/timeline", views.TimelineView.as_view()),
    path("cases/<uuid:case_id>/submit", views.SubmitView.as_view()),
    path("cases/<uuid:case_id>/withdraw", views.WithdrawView.as_view()),
    path("cases/<uuid:case_id>/supplement", views.SupplementView.as_view()),
    path("cases/<uuid:case_id>/materials", views.MaterialListView.as_view()),
    path("cases/<uuid:case_id>/materials/<uuid:material_id>", views.MaterialView.as_view()),
    path("cases/<uuid:case_id>/materials/<uuid:material_id>/content", views.MaterialContentView.as_view()),
]
