"""Addresses of official documents."""

from django.urls import path

from mobile_api.v1.documents import views

urlpatterns = [
    path("documents", views.DocumentListView.as_view()),
    path("documents/incoming", views.ReceiveView.as_view()),
    path("documents/codes", views.CodeListView.as_view()),
    path("documents/numbers", views.NumberListView.as_view()),
    path("documents/<uuid:document_id>", views.DocumentView.as_view()),
    path("documents/<uuid:document_id>/actions", views.ActionView.as_view()),
    path("documents/<uuid:document_id>/read", views.ReadView.as_view()),
    path("documents/<uuid:document_id>/editions", views.EditionListView.as_view()),
    path("documents/<uuid:document_id>/layers/<int:page>", views.LayerView.as_view()),
    path("documents/<uuid:document_id>/files", views.DocumentFileListView.as_view()),
    path("documents/<uuid:document_id>/files/<uuid:file_id>", views.DocumentFileView.as_view()),
]
