"""The notifications' public door."""

from backend.notifications.services.broadcasting import Told, broadcast
from backend.notifications.services.ladder import climb
from backend.notifications.services.outcomes import record_push_outcome, record_sms_outcome
from backend.notifications.services.preferences import change_preferences
from backend.notifications.services.reading import mark_all_read, mark_read, settle_about
from backend.notifications.services.telling import foretell, tell

__all__ = [
    "Told",
    "broadcast",
    "change_preferences",
    "climb",
    "foretell",
    "mark_all_read",
    "mark_read",
    "record_push_outcome",
    "record_sms_outcome",
    "settle_about",
    "tell",
]
