"""The notifications' public door."""

from backend.notifications.services.alerts import decide_alert, propose_alert, record_topic_push, withdraw_alert
from backend.notifications.services.broadcasting import Told, broadcast
from backend.notifications.services.following import choose_alert_topics, follow, wish_topics
from backend.notifications.services.ladder import climb
from backend.notifications.services.outcomes import record_push_outcome, record_sms_outcome
from backend.notifications.services.preferences import change_preferences
from backend.notifications.services.reading import mark_all_read, mark_read, settle_about
from backend.notifications.services.telling import foretell, tell

__all__ = [
    "Told",
    "broadcast",
    "change_preferences",
    "choose_alert_topics",
    "climb",
    "decide_alert",
    "follow",
    "foretell",
    "mark_all_read",
    "mark_read",
    "propose_alert",
    "record_push_outcome",
    "record_sms_outcome",
    "record_topic_push",
    "settle_about",
    "tell",
    "wish_topics",
    "withdraw_alert",
]
