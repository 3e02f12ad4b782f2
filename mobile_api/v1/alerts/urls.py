"""Addresses of notices to many."""

from django.urls import path

from mobile_api.v1.alerts import views

urlpatterns = [
    path("alerts", views.AlertsView.as_view()),
    path("alerts/topics", views.TopicsView.as_view()),
    path("alerts/<uuid:alert_id>", views.AlertView.as_view()),
    path("me/alert-topics", views.OwnTopicsView.as_view()),
    path("alert-desk/alerts", views.DeskAlertsView.as_view()),
    path("alert-desk/reach", views.ReachView.as_view()),
    path("alert-desk/alerts/<uuid:alert_id>", views.DeskAlertView.as_view()),
    path("alert-desk/alerts/<uuid:alert_id>/decision", views.DecisionView.as_view()),
    path("alert-desk/alerts/<uuid:alert_id>/withdrawal", views.WithdrawalView.as_view()),
]
