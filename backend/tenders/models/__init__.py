"""Tables of tenders."""

from backend.tenders.models.act import RecordedAct
from backend.tenders.models.alert import Alert, Subscription
from backend.tenders.models.bid import Bid, BidStep
from backend.tenders.models.bidder import DocumentsTaken, InvitationReply, Objection, QualificationDocument, Question
from backend.tenders.models.notice import Notice, NoticeFile, Release
from backend.tenders.models.opening import Opener, OpeningRecord
from backend.tenders.models.policy import TenderPolicy
from backend.tenders.models.project import Project, Section

__all__ = [
    "Alert",
    "Bid",
    "BidStep",
    "DocumentsTaken",
    "InvitationReply",
    "Notice",
    "NoticeFile",
    "Objection",
    "Opener",
    "OpeningRecord",
    "Project",
    "QualificationDocument",
    "Question",
    "RecordedAct",
    "Release",
    "Section",
    "Subscription",
    "TenderPolicy",
]
