"""Changes of tenders."""

from backend.tenders.services.acts import record_act
from backend.tenders.services.alerts import (
    change_subscription,
    less_of_this,
    match_notice,
    remind_due,
    subscribe,
    tell_invited,
    tell_takers,
    unsubscribe,
)
from backend.tenders.services.bidders import (
    add_qualification,
    answer_question,
    ask,
    remove_qualification,
    take_documents,
)
from backend.tenders.services.bids import add_steps, begin_bid, confirm_bid, submit_bid, withdraw_bid
from backend.tenders.services.bids import document as receipt_document
from backend.tenders.services.companies import authorise, register_company, withdraw_authorisation
from backend.tenders.services.handing import hand_over
from backend.tenders.services.invitations import answer_invitation
from backend.tenders.services.notices import (
    add_file,
    change_draft,
    discard_notice,
    draft_notice,
    publish_notice,
    return_notice,
    submit_notice,
)
from backend.tenders.services.objections import answer_objection, file_objection
from backend.tenders.services.opening import bring_share, close_due
from backend.tenders.services.projects import create_project, set_opening_key
from backend.tenders.services.releases import import_package

__all__ = [
    "add_file",
    "add_qualification",
    "add_steps",
    "answer_invitation",
    "answer_objection",
    "answer_question",
    "ask",
    "authorise",
    "begin_bid",
    "bring_share",
    "change_draft",
    "change_subscription",
    "close_due",
    "confirm_bid",
    "create_project",
    "discard_notice",
    "draft_notice",
    "file_objection",
    "hand_over",
    "import_package",
    "less_of_this",
    "match_notice",
    "publish_notice",
    "receipt_document",
    "record_act",
    "register_company",
    "remind_due",
    "remove_qualification",
    "return_notice",
    "set_opening_key",
    "submit_bid",
    "submit_notice",
    "subscribe",
    "take_documents",
    "tell_invited",
    "tell_takers",
    "unsubscribe",
    "withdraw_authorisation",
    "withdraw_bid",
]
