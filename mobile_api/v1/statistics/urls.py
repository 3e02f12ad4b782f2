"""Address of the published figures."""

from django.urls import path

from mobile_api.v1.statistics import views

urlpatterns = [path("statistics", views.StatisticsView.as_view())]
