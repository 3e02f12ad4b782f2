"""Addresses of the contacts."""

from django.urls import path

from mobile_api.v1.contacts import views

urlpatterns = [
    path("contacts", views.ContactListView.as_view()),
    path("contacts/changes", views.ChangeListView.as_view()),
    path("contacts/units", views.UnitListView.as_view()),
    path("contacts/<uuid:person_id>", views.ContactView.as_view()),
    path("contacts/<uuid:person_id>/vcard", views.VCardView.as_view()),
    path("contacts/<uuid:person_id>/departure", views.DepartureView.as_view()),
]
