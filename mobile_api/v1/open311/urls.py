"""Addresses of Open311, under /open311/v2/."""

from django.urls import path, register_converter

from mobile_api.v1.open311 import views


class FormatConverter:
    """`json` or `xml`."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(FormatConverter, "fmt")

urlpatterns = [
    path("discovery.<fmt:fmt>", views.DiscoveryView.as_view()),
    path("services.<fmt:fmt>", views.ServicesView.as_view()),
    path("services/<str:code>.<fmt:fmt>", views.DefinitionView.as_view()),
    path("requests.<fmt:fmt>", views.RequestsView.as_view()),
    path("requests/<str:order_no>.<fmt:fmt>", views.RequestView.as_view()),
    path("tokens/<uuid:token>.<fmt:fmt>", views.TokenView.as_view()),
]
