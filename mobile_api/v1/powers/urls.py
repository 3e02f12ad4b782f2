"""Addresses of the public catalogue."""

from django.urls import path

from mobile_api.v1.powers import views

urlpatterns = [
    path("powers", views.PowerListView.as_view()),
    path("powers/themes", views.ThemeListView.as_view()),
    path("powers/codes/<str:code>", views.PowerByCodeView.as_view()),
    path("powers/<uuid:power_id>", views.PowerView.as_view()),
    path("organisations", views.OrganisationListView.as_view()),
]
