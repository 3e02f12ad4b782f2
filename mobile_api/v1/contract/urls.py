"""Addresses of the contract."""

from django.urls import path

from mobile_api.v1.contract.views import ContractView

urlpatterns = [path("openapi.yaml", ContractView.as_view())]
