"""What push does on others' events."""

from __future__ import annotations

from uuid import UUID

from backend.push.services import drop_session_devices
from kernel.events import Event, subscriber


@subscriber("push.on_session_ended", to=("account.session_ended",))
def on_session_ended(event: Event) -> None:
    """Whoever holds the device now must not see what is pushed to its former user."""
    drop_session_devices(session_id=UUID(event.data["session_id"]))
