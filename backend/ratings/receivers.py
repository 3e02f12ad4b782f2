"""What the ratings do on others' events."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from backend.ratings.services import note_text_outcome, open_invitation, receive_reply, send_waiting
from kernel.events import Event, subscriber
from kernel.outbox import register_pump


@subscriber("ratings.invite", to=("case.closed",))
def on_case_closed(event: Event) -> None:
    """A case was closed: its applicant may say how it went."""
    data = event.data
    open_invitation(
        case_id=UUID(data["case_id"]),
        case_no=data["case_no"],
        power_name=data["power_name"],
        organisation_id=UUID(data["organisation_id"]),
        person_id=UUID(data["applicant_id"]),
        closed_at=datetime.fromisoformat(data["at"]),
    )


@subscriber("ratings.reply", to=("sms.received",))
def on_sms_received(event: Event) -> None:
    """A text came in; perhaps it is a rating."""
    receive_reply(inbound_id=UUID(event.data["inbound_id"]))


@subscriber("ratings.text_outcome", to=("sms.message_finished",))
def on_sms_finished(event: Event) -> None:
    """An invitation has arrived, or not."""
    if event.data["template"] == "rating_invitation":
        note_text_outcome(message_id=UUID(event.data["message_id"]), state=event.data["state"])


def _send_waiting() -> None:
    send_waiting()


register_pump("ratings.send_waiting", _send_waiting, every=timedelta(minutes=1))
