"""The writers of the partners app."""

from backend.partners.services.dispatching import claim_due, dispatch, give_back
from backend.partners.services.queueing import queue_webhooks, replay, retry
from backend.partners.services.registering import (
    add_endpoint,
    add_partner,
    enable_endpoint,
    rotate_secret,
    webhook_policy,
)

__all__ = [
    "add_endpoint",
    "add_partner",
    "claim_due",
    "dispatch",
    "enable_endpoint",
    "give_back",
    "queue_webhooks",
    "replay",
    "retry",
    "rotate_secret",
    "webhook_policy",
]
