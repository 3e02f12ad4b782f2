"""What cases do on others' events."""

from __future__ import annotations

from datetime import date

from backend.cases.services import common, deem_accepted
from kernel.actors import Actor
from kernel.events import Event, subscriber


@subscriber("cases.deem_accepted", to=("workflow.deadline_expired",))
def on_deadline_expired(event: Event) -> None:
    """No answer within the notice period: accepted as of the day of receipt."""
    if event.subject_kind == "case" and event.data["kind"] == common.NOTICE_CLOCK:
        deem_accepted(
            actor=Actor.system("deadline"),
            case_id=event.subject_id,
            received_on=date.fromisoformat(event.data["start_on"]),
        )
