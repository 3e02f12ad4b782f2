"""Tables of the inquiries."""

from backend.inquiries.models.order import (
    Assignment,
    CallBack,
    ExtensionRequest,
    Follower,
    Order,
    OrderCaller,
    OrderEntry,
    Reply,
    ReturnRequest,
)
from backend.inquiries.models.rows import InquiryLimit, InquiryPolicy, Reason, Topic
from backend.inquiries.models.side import (
    Call,
    ClientKey,
    Handover,
    KnowledgeEntry,
    KnowledgeVersion,
    OpenRequest,
    OrderClock,
    OrderFile,
    Publication,
    Signal,
    SignalRule,
)

__all__ = [
    "Assignment",
    "Call",
    "CallBack",
    "ClientKey",
    "ExtensionRequest",
    "Follower",
    "Handover",
    "InquiryLimit",
    "InquiryPolicy",
    "KnowledgeEntry",
    "KnowledgeVersion",
    "OpenRequest",
    "Order",
    "OrderCaller",
    "OrderClock",
    "OrderEntry",
    "OrderFile",
    "Publication",
    "Reason",
    "Reply",
    "ReturnRequest",
    "Signal",
    "SignalRule",
    "Topic",
]
