"""Push's public door."""

from backend.push.services.devices import drop_session_devices, register_device, remove_device, remove_device_by_token
from backend.push.services.dispatching import BATCH, dispatch, dispatch_many
from backend.push.services.handing import Due, claim_due, give_back
from backend.push.services.membership import follow_topics
from backend.push.services.queueing import (
    Broadcast,
    cancel_push,
    clear_push,
    queue_broadcast,
    queue_browser_push,
    queue_push,
    queue_topic_push,
)
from backend.push.services.topics import tell_topics, topics_due

__all__ = [
    "BATCH",
    "Broadcast",
    "Due",
    "cancel_push",
    "claim_due",
    "clear_push",
    "dispatch",
    "dispatch_many",
    "drop_session_devices",
    "follow_topics",
    "give_back",
    "queue_broadcast",
    "queue_browser_push",
    "queue_push",
    "queue_topic_push",
    "register_device",
    "remove_device",
    "remove_device_by_token",
    "tell_topics",
    "topics_due",
]
