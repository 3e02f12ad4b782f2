"""The writers of the sms app: what others may call, and what its own tasks and pumps do."""

from sms.services.carriers import active_gateways, move_shares
from sms.services.deliveries import join_parts, take_delivery
from sms.services.dispatching import dispatch, retry_now
from sms.services.handing import claim_due, expire_waiting, give_back
from sms.services.inbound import receive_text
from sms.services.optouts import opt_in, opt_out
from sms.services.policies import approve_template_version, set_policy
from sms.services.queueing import queue_message
from sms.services.receipts import join_parked, record_receipt
from sms.services.recordings import fetch_recording
from sms.services.templates import approve_proposed, preview, propose_template_version, send_test

__all__ = [
    "active_gateways",
    "approve_proposed",
    "approve_template_version",
    "claim_due",
    "dispatch",
    "expire_waiting",
    "fetch_recording",
    "give_back",
    "join_parked",
    "join_parts",
    "move_shares",
    "opt_in",
    "opt_out",
    "preview",
    "propose_template_version",
    "queue_message",
    "receive_text",
    "record_receipt",
    "retry_now",
    "send_test",
    "set_policy",
    "take_delivery",
]
