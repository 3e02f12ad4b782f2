"""Addresses of meetings."""

from django.urls import path

from mobile_api.v1.meetings import views

urlpatterns = [
    path("meetings", views.MeetingListView.as_view()),
    path("meetings/rooms", views.RoomListView.as_view()),
    path("meetings/rooms/keep", views.RoomKeepView.as_view()),
    path("meetings/people", views.PeopleView.as_view()),
    path("meetings/<uuid:meeting_id>", views.MeetingView.as_view()),
    path("meetings/<uuid:meeting_id>/cancel", views.MeetingCancelView.as_view()),
    path("meetings/<uuid:meeting_id>/receipt", views.ReceiptView.as_view()),
    path("meetings/<uuid:meeting_id>/urge", views.UrgeView.as_view()),
    path("meetings/<uuid:meeting_id>/sign-in-code", views.SignInCodeView.as_view()),
    path("meetings/<uuid:meeting_id>/sign-in", views.SignInView.as_view()),
    path("meetings/<uuid:meeting_id>/minutes", views.MinutesView.as_view()),
    path("meetings/<uuid:meeting_id>/files", views.MeetingFileListView.as_view()),
    path("meetings/<uuid:meeting_id>/files/<uuid:file_id>", views.MeetingFileView.as_view()),
]
