"""The words of tenders."""

from __future__ import annotations

from enum import StrEnum

from kernel.errors import Text


class Law(StrEnum):
    """Under which law a project is tendered; their periods are not to be mixed (domain.md 8.1)."""

    TENDER = "tender_law"
    PROCUREMENT = "procurement_law"


class Category(StrEnum):
    """The main parts of public resource trading, and works, goods and services apart."""

    WORKS = "works"
    GOODS = "goods"
    SERVICES = "services"
    LAND = "land"
    PROPERTY = "property"


class Method(StrEnum):
    """Open to everybody, to those invited, or with one alone; named as OCDS names them."""

    OPEN = "open"
    SELECTIVE = "selective"
    LIMITED = "limited"


class SectionState(StrEnum):
    """Where a section stands. `sealed`: the deadline is over and nobody has opened yet."""

    PLANNED = "planned"
    PREQUALIFYING = "prequalifying"
    BIDDING = "bidding"
    SEALED = "sealed"
    OPENED = "opened"
    CANDIDATES = "candidates"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    FAILED = "failed"
    TERMINATED = "terminated"


class NoticeKind(StrEnum):
    """Kinds of announcements (domain.md 8.3)."""

    PLAN = "plan_notice"
    PREQUAL = "prequal_notice"
    TENDER = "tender_notice"
    INVITATION = "invitation"
    DOCUMENTS = "tender_doc"
    CHANGE = "change_notice"
    CLARIFICATION = "clarification"
    TERMINATION = "termination"
    OPENING_RECORD = "opening_record"
    FAILED = "failed_notice"
    CANDIDATES = "candidate_notice"
    AWARD = "award_notice"
    AWARD_LETTER = "award_letter"
    CONTRACT = "contract_notice"
    PERFORMANCE = "performance_notice"


class NoticeState(StrEnum):
    """A notice is written, looked at by a second person, and from publication on never changed."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class BidState(StrEnum):
    """States of a bid (domain.md 8.2). `uploading` counts as not received."""

    UPLOADING = "uploading"
    RECEIPTED = "receipted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DECRYPTED = "decrypted"
    DECRYPT_FAILED = "decrypt_failed"


class FailureReason(StrEnum):
    """Why a bid could not be opened; each with its lawful mark."""

    NONE = ""
    WRONG_KEY = "wrong_key"
    BROKEN_STEP = "broken_step"
    BAD_CONTENT = "bad_content"
    COMMITMENT = "commitment_differs"


class ObjectionStage(StrEnum):
    """What an objection is against."""

    PREQUAL_DOCUMENTS = "prequal_documents"
    TENDER_DOCUMENTS = "tender_documents"
    OPENING = "opening"
    RESULT = "result"


class DocumentKind(StrEnum):
    """What a company proves with a qualification document."""

    BUSINESS_LICENCE = "business_licence"
    QUALIFICATION = "qualification"
    SAFETY_PERMIT = "safety_permit"
    PERSONNEL = "personnel"
    PERFORMANCE = "performance"
    CREDIT = "credit"


class Pace(StrEnum):
    """How a person wants to hear of new tenders: one by one, or once a day."""

    AT_ONCE = "at_once"
    DAILY = "daily"


class Less(StrEnum):
    """How somebody wants to hear less: once a day (and then not at all), or nothing more of what fitted."""

    SLOWER = "slower"
    MUTE = "mute"


class AlertKind(StrEnum):
    """Why an alert exists."""

    MATCH = "match"
    CHANGE = "change"
    DEADLINE = "deadline"
    INVITED = "invited"


class Unit(StrEnum):
    """What a period counts: calendar days or working days."""

    CALENDAR = "cd"
    WORKING = "wd"


SHARES_NEEDED = 2
STEPS_A_CALL = 8
MAX_STEPS_BYTES = STEPS_A_CALL * (64 * 1024 + 16)
BID_KINDS = frozenset({NoticeKind.TENDER, NoticeKind.INVITATION})
CHANGE_KINDS = frozenset({NoticeKind.CHANGE, NoticeKind.CLARIFICATION})
SYSTEM_KINDS = frozenset({NoticeKind.OPENING_RECORD})
NOT_PUBLIC = frozenset({NoticeKind.AWARD_LETTER, NoticeKind.INVITATION})

KIND_NAMES: dict[NoticeKind, Text] = {
    NoticeKind.PLAN: Text("招标计划", "Planned tender"),
    NoticeKind.PREQUAL: Text("资格预审公告", "Call for prequalification"),
    NoticeKind.TENDER: Text("招标公告", "Tender notice"),
    NoticeKind.INVITATION: Text("投标邀请书", "Invitation to tender"),
    NoticeKind.DOCUMENTS: Text("招标文件", "Tender documents"),
    NoticeKind.CHANGE: Text("变更公告", "Change"),
    NoticeKind.CLARIFICATION: Text("澄清答疑", "Clarification"),
    NoticeKind.TERMINATION: Text("终止公告", "Termination"),
    NoticeKind.OPENING_RECORD: Text("开标记录", "Opening record"),
    NoticeKind.FAILED: Text("流标公告", "Failed tender"),
    NoticeKind.CANDIDATES: Text("中标候选人公示", "Candidates"),
    NoticeKind.AWARD: Text("中标结果公告", "Award"),
    NoticeKind.AWARD_LETTER: Text("中标通知书", "Letter of award"),
    NoticeKind.CONTRACT: Text("合同公告", "Contract"),
    NoticeKind.PERFORMANCE: Text("履约公告", "Performance of the contract"),
}
STATE_NAMES: dict[SectionState, Text] = {
    SectionState.PLANNED: Text("计划中", "Planned"),
    SectionState.PREQUALIFYING: Text("资格预审", "Prequalification"),
    SectionState.BIDDING: Text("投标中", "Open for bids"),
    SectionState.SEALED: Text("已截止待开标", "Closed, waiting for the opening"),
    SectionState.OPENED: Text("已开标", "Opened"),
    SectionState.CANDIDATES: Text("候选人公示", "Candidates published"),
    SectionState.AWARDED: Text("已定标", "Awarded"),
    SectionState.CONTRACTED: Text("已签约", "Contract signed"),
    SectionState.FAILED: Text("流标", "Failed"),
    SectionState.TERMINATED: Text("已终止", "Terminated"),
}
FAILURE_NAMES: dict[FailureReason, Text] = {
    FailureReason.WRONG_KEY: Text(
        "密钥不匹配，无法解密：视为撤销投标文件（电子招标投标办法第三十一条）",
        "The key does not fit; counts as revoked by the bidder (E-bidding Measures Art. 31)",
    ),
    FailureReason.BROKEN_STEP: Text(
        "文件内容受损，无法解密（电子招标投标办法第三十一条）",
        "The file is damaged and cannot be decrypted (E-bidding Measures Art. 31)",
    ),
    FailureReason.BAD_CONTENT: Text(
        "解密后的内容不符合格式（电子招标投标办法第三十一条）",
        "What was decrypted has not the required form (E-bidding Measures Art. 31)",
    ),
    FailureReason.COMMITMENT: Text(
        "内容与递交时的承诺值不一致（电子招标投标办法第三十一条）",
        "The content differs from what was committed to when handed in (E-bidding Measures Art. 31)",
    ),
}
