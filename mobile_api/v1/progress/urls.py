"""Address of the public progress."""

from django.urls import path

from mobile_api.v1.progress.views import ProgressView

urlpatterns = [path("progress", ProgressView.as_view())]
