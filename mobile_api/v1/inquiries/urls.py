"""Addresses of the inquiries."""

from django.urls import path

from mobile_api.v1.inquiries import handling, views

urlpatterns = [
    path("inquiries", views.InquiriesView.as_view()),
    path("inquiries/topics", views.TopicsView.as_view()),
    path("inquiries/terms", views.TermsView.as_view()),
    path("inquiries/suggestions", views.SuggestionsView.as_view()),
    path("inquiries/progress", views.ProgressView.as_view()),
    path("inquiries/answered", views.AnsweredView.as_view()),
    path("inquiries/answered/<uuid:publication_id>", views.AnsweredOneView.as_view()),
    path("inquiries/statistics", views.StatisticsView.as_view()),
    path("inquiries/tasks", handling.TasksView.as_view()),
    path("inquiries/handling/<uuid:order_id>", handling.HandlingView.as_view()),
    path("inquiries/handling/<uuid:order_id>/actions", handling.ActionView.as_view()),
    path("inquiries/handling/<uuid:order_id>/unmask", handling.UnmaskView.as_view()),
    path("inquiries/handling/<uuid:order_id>/files", handling.HandlingFilesView.as_view()),
    path("inquiries/<uuid:order_id>", views.InquiryView.as_view()),
    path("inquiries/<uuid:order_id>/timeline", views.TimelineView.as_view()),
    path("inquiries/<uuid:order_id>/files", views.FilesView.as_view()),
    path("inquiries/<uuid:order_id>/files/<uuid:file_id>/content", views.FileContentView.as_view()),
    path("inquiries/<uuid:order_id>/join", views.JoinView.as_view()),
    path("inquiries/<uuid:order_id>/urge", views.UrgeView.as_view()),
    path("inquiries/<uuid:order_id>/satisfaction", views.SatisfactionView.as_view()),
    path("inquiries/<uuid:order_id>/reopen", views.ReopenView.as_view()),
]
