"""The readers for other apps."""

from sms.selectors.credits import Credit, credit
from sms.selectors.figures import carriers, changes, parked_receipts, waiting
from sms.selectors.lists import TextRow, WordingRow, text_row, texts, troubled, wordings
from sms.selectors.messages import (
    inbound,
    message,
    message_by_reference,
    message_info,
    messages_by_reference,
    normalise_mobile,
    template,
    template_version,
    waiting_by_purpose,
)
from sms.selectors.stories import Story, price_in_force, story

__all__ = [
    "Credit",
    "Story",
    "TextRow",
    "WordingRow",
    "carriers",
    "changes",
    "credit",
    "inbound",
    "message",
    "message_by_reference",
    "message_info",
    "messages_by_reference",
    "normalise_mobile",
    "parked_receipts",
    "price_in_force",
    "story",
    "template",
    "template_version",
    "text_row",
    "texts",
    "troubled",
    "waiting",
    "waiting_by_purpose",
    "wordings",
]
