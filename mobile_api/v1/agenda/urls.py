"""Addresses of the agenda."""

from django.urls import path

from mobile_api.v1.agenda.views import schedule, work

urlpatterns = [
    path("agenda/todos", work.TodoListView.as_view()),
    path("agenda/entries", schedule.EntryListView.as_view()),
    path("agenda/entries/<uuid:entry_id>", schedule.EntryView.as_view()),
    path("agenda/people", schedule.SchedulePeopleView.as_view()),
    path("agenda/shares", schedule.ShareListView.as_view()),
    path("agenda/shares/<uuid:share_id>", schedule.ShareView.as_view()),
    path("agenda/feed", schedule.FeedView.as_view()),
    path("agenda/feeds/<str:secret>.ics", schedule.FeedFileView.as_view()),
    path("agenda/tasks", work.WorkTaskListView.as_view()),
    path("agenda/tasks/<uuid:task_id>", work.WorkTaskView.as_view()),
    path("agenda/tasks/<uuid:task_id>/progress", work.ProgressView.as_view()),
    path("agenda/tasks/<uuid:task_id>/drop", work.DropView.as_view()),
    path("agenda/reports/<str:week>", work.ReportView.as_view()),
    path("agenda/reports/<str:week>/hand-in", work.ReportHandInView.as_view()),
    path("agenda/reports/<str:week>/unit", work.ReportListView.as_view()),
    path("agenda/delegations", work.DelegationListView.as_view()),
    path("agenda/delegations/<uuid:delegation_id>", work.DelegationView.as_view()),
]
