"""The relay looks for passed deadlines too, so a dead beat delays nothing."""

from datetime import timedelta

from backend.workflow.services import sweep_deadlines
from kernel.outbox import register_pump


def _sweep() -> None:
    sweep_deadlines()


register_pump("workflow.sweep", _sweep, every=timedelta(seconds=20))
