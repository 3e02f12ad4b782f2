"""Addresses of the officials' side."""

from django.urls import path

from mobile_api.v1.approval import views

urlpatterns = [
    path("approval/tasks", views.TaskListView.as_view()),
    path("approval/cases/<uuid:case_id>", views.CaseFileView.as_view()),
    path("approval/cases/<uuid:case_id>/actions", views.ActionView.as_view()),
    path("approval/cases/<uuid:case_id>/preview", views.PreviewView.as_view()),
    path("approval/cases/<uuid:case_id>/unmask", views.UnmaskView.as_view()),
    path("approval/wordings", views.WordingListView.as_view()),
    path("approval/batch", views.BatchView.as_view()),
]
