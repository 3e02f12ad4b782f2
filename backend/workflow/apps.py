"""Django app of deadlines and to-dos."""

from importlib import import_module

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """The working-day clock, the deadline ledger and the to-do list."""

    name = "backend.workflow"
    label = "workflow"

    def ready(self) -> None:
        """Load event types and what the relay calls."""
        import_module("backend.workflow.events")
        import_module("backend.workflow.receivers")
