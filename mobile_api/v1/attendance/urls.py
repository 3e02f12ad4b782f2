"""Addresses of attendance."""

from django.urls import path

from mobile_api.v1.attendance import managing, views

urlpatterns = [
    path("attendance/today", views.TodayView.as_view()),
    path("attendance/punches", views.PunchListView.as_view()),
    path("attendance/months/<str:month>", views.MonthView.as_view()),
    path("attendance/months/<str:month>/confirm", views.MonthConfirmView.as_view()),
    path("attendance/months/<str:month>/dispute", views.MonthDisputeView.as_view()),
    path("attendance/corrections", views.CorrectionListView.as_view()),
    path("attendance/corrections/<uuid:correction_id>", views.CorrectionView.as_view()),
    path("attendance/corrections/<uuid:correction_id>/decide", views.CorrectionDecideView.as_view()),
    path("attendance/managed", managing.ManagedView.as_view()),
    path("attendance/shifts", managing.ShiftListView.as_view()),
    path("attendance/shifts/<uuid:shift_id>", managing.ShiftView.as_view()),
    path("attendance/places", managing.PlaceListView.as_view()),
    path("attendance/rosters", managing.RosterView.as_view()),
    path("attendance/units/<uuid:unit_id>/months/<str:month>", managing.UnitMonthView.as_view()),
    path("attendance/units/<uuid:unit_id>/disputes/<uuid:sheet_id>/answer", managing.DisputeAnswerView.as_view()),
]
