"""Addresses of the operators' desk."""

from django.urls import path

from mobile_api.v1.hotline import calls, views

urlpatterns = [
    path("hotline/orders", views.OrdersView.as_view()),
    path("hotline/orders/<uuid:order_id>", views.OrderView.as_view()),
    path("hotline/orders/<uuid:order_id>/actions", views.OrderActionView.as_view()),
    path("hotline/orders/<uuid:order_id>/unmask", views.UnmaskView.as_view()),
    path("hotline/orders/<uuid:order_id>/files", views.OrderFilesView.as_view()),
    path("hotline/orders/<uuid:order_id>/publication", views.ProposeView.as_view()),
    path("hotline/orders/<uuid:order_id>/knowledge", views.ToKnowledgeView.as_view()),
    path("hotline/tasks", views.TasksView.as_view()),
    path("hotline/suggestions", views.SuggestionsView.as_view()),
    path("hotline/publications", views.PublicationsView.as_view()),
    path("hotline/publications/<uuid:publication_id>/decision", views.PublicationDecisionView.as_view()),
    path("hotline/centres", views.CentresView.as_view()),
    path("hotline/units", views.UnitsView.as_view()),
    path("hotline/reasons", views.ReasonsView.as_view()),
    path("hotline/calls", calls.CallsView.as_view()),
    path("hotline/calls/<uuid:call_id>", calls.CallView.as_view()),
    path("hotline/calls/<uuid:call_id>/take", calls.TakeView.as_view()),
    path("hotline/calls/<uuid:call_id>/recording", calls.RecordingView.as_view()),
    path("hotline/callers", calls.HistoryView.as_view()),
    path("hotline/wallboard", calls.WallboardView.as_view()),
    path("hotline/handovers", calls.HandoversView.as_view()),
    path("hotline/handovers/<uuid:handover_id>/confirm", calls.TakeOverView.as_view()),
    path("hotline/hot-topics", calls.HotTopicsView.as_view()),
]
