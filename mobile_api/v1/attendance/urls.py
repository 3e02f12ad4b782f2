"""Addresses of attendance."""

from django.urls import path

from mobile_api.v1.attendance import views

urlpatterns = [
    path("attendance/today", views.TodayView.as_view()),
    path("attendance/punches", views.PunchListView.as_view()),
]
