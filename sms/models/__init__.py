"""Tables of the sms app; private to it."""

from sms.models.handset import HandsetText
from sms.models.inbound import InboundMessage, OptOut
from sms.models.message import Attempt, Message, Receipt
from sms.models.policy import GatewayHold, NumberLimit, Policy
from sms.models.template import Template, TemplateVersion

__all__ = [
    "Attempt",
    "GatewayHold",
    "HandsetText",
    "InboundMessage",
    "Message",
    "NumberLimit",
    "OptOut",
    "Policy",
    "Receipt",
    "Template",
    "TemplateVersion",
]
