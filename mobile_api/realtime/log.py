"""Events of a person's log as clients see them."""

from __future__ import annotations

from typing import Any

from kernel import clock
from kernel.models import PersonEvent
from mobile_api.realtime.frames import event_document


def document(event: PersonEvent) -> dict[str, Any]:
    """`{"seq","id","type","subject","data","at"}`, times in +08:00."""
    return event_document(
        seq=event.seq,
        event_id=event.event_id,
        type=event.type,
        subject=(event.subject_kind, event.subject_id),
        data=event.data,
        at=clock.local(event.at),
    )
