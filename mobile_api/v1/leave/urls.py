"""Addresses of leave."""

from django.urls import path

from mobile_api.v1.leave import views

urlpatterns = [
    path("leave/kinds", views.LeaveKindsView.as_view()),
    path("leave/balances", views.LeaveBalancesView.as_view()),
    path("leave/away", views.LeaveAwayView.as_view()),
    path("leave/careers", views.LeaveCareerView.as_view()),
    path("leave/requests", views.LeaveListView.as_view()),
    path("leave/requests/<uuid:request_id>", views.LeaveView.as_view()),
    path("leave/requests/<uuid:request_id>/decide", views.LeaveDecideView.as_view()),
    path("leave/requests/<uuid:request_id>/withdraw", views.LeaveWithdrawView.as_view()),
    path("leave/requests/<uuid:request_id>/cancel", views.LeaveCancelView.as_view()),
    path("leave/requests/<uuid:request_id>/return", views.LeaveReturnView.as_view()),
    path("leave/requests/<uuid:request_id>/files", views.LeaveFileListView.as_view()),
    path("leave/requests/<uuid:request_id>/files/<uuid:file_id>", views.LeaveFileView.as_view()),
]
