"""Tables of the sms app; private to it."""

from sms.models.carrier import Carrier, CarrierChange, CarrierPolicy, Tariff
from sms.models.handset import HandsetText
from sms.models.inbound import InboundMessage, OptOut
from sms.models.message import Attempt, Message, Receipt
from sms.models.policy import GatewayHold, NumberLimit, Policy
from sms.models.smpp import InboundPart, SmppDelivery
from sms.models.template import Template, TemplateVersion

__all__ = [
    "Attempt",
    "Carrier",
    "CarrierChange",
    "CarrierPolicy",
    "GatewayHold",
    "HandsetText",
    "InboundMessage",
    "InboundPart",
    "Message",
    "NumberLimit",
    "OptOut",
    "Policy",
    "Receipt",
    "SmppDelivery",
    "Tariff",
    "Template",
    "TemplateVersion",
]
