"""Values of official documents: kinds, states, acts, refusals. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.errors import ErrorCode, Text, error


class Direction(StrEnum):
    """Whether a document reaches the organisation (收文) or leaves it (发文)."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Kind(StrEnum):
    """The fifteen kinds (文种) of the regulation on official documents of 2012, article 8."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    ORDER = "order"
    COMMUNIQUE = "communique"
    PROCLAMATION = "proclamation"
    ANNOUNCEMENT = "announcement"
    OPINION = "opinion"
    NOTICE = "notice"
    CIRCULAR = "circular"
    REPORT = "report"
    REQUEST = "request"
    REPLY = "reply"
    MOTION = "motion"
    LETTER = "letter"
    MINUTES = "minutes"


class Urgency(StrEnum):
    """How fast it must go; drives limits and push."""

    PLAIN = "plain"
    URGENT = "urgent"
    EXTRA_URGENT = "extra_urgent"


class Openness(StrEnum):
    """Who may be given it. This network is not secret: nothing with a secrecy grade is kept here."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    INTERNAL = "internal"


class State(StrEnum):
    """Where a document stands."""

    ARRIVED = "arrived"
    SIGNED = "signed"
    REGISTERED = "registered"
    PROPOSED = "proposed"
    INSTRUCTED = "instructed"
    HANDLED = "handled"
    DRAFT = "draft"
    CHECKING = "checking"
    COUNTERSIGNING = "countersigning"
    SIGNING = "signing"
    ISSUED = "issued"
    NUMBERED = "numbered"
    DISTRIBUTED = "distributed"
    ARCHIVED = "archived"
    VOID = "void"


class Act(StrEnum):
    """What is done to a document."""

    SIGN = "sign"
    REGISTER = "register"
    PROPOSE = "propose"
    INSTRUCT = "instruct"
    HANDLE = "handle"
    SUBMIT = "submit"
    CHECK = "check"
    COUNTERSIGN = "countersign"
    ISSUE = "issue"
    SEND_BACK = "send_back"
    RECHECK = "recheck"
    REOPEN = "reopen"
    DISTRIBUTE = "distribute"
    CIRCULATE = "circulate"
    CHASE = "chase"
    ARCHIVE = "archive"
    VOID = "void"


class Reason(StrEnum):
    """Why somebody has a document before them to read."""

    INSTRUCTED = "instructed"
    CIRCULATED = "circulated"
    DISTRIBUTED = "distributed"


KIND_NAMES = {
    Kind.RESOLUTION: Text("决议", "resolution"),
    Kind.DECISION: Text("决定", "decision"),
    Kind.ORDER: Text("命令（令）", "order"),
    Kind.COMMUNIQUE: Text("公报", "communiqué"),
    Kind.PROCLAMATION: Text("公告", "proclamation"),
    Kind.ANNOUNCEMENT: Text("通告", "announcement"),
    Kind.OPINION: Text("意见", "opinion"),
    Kind.NOTICE: Text("通知", "notice"),
    Kind.CIRCULAR: Text("通报", "circular"),
    Kind.REPORT: Text("报告", "report"),
    Kind.REQUEST: Text("请示", "request for instructions"),
    Kind.REPLY: Text("批复", "reply"),
    Kind.MOTION: Text("议案", "motion"),
    Kind.LETTER: Text("函", "letter"),
    Kind.MINUTES: Text("纪要", "minutes"),
}
URGENCY_NAMES = {
    Urgency.PLAIN: Text("普通", "ordinary"),
    Urgency.URGENT: Text("加急", "urgent"),
    Urgency.EXTRA_URGENT: Text("特急", "extra urgent"),
}
OPENNESS_NAMES = {
    Openness.OPEN: Text("主动公开", "public"),
    Openness.ON_REQUEST: Text("依申请公开", "public on request"),
    Openness.INTERNAL: Text("不予公开", "internal"),
}
STATE_NAMES = {
    State.ARRIVED: Text("待签收", "to be signed for"),
    State.SIGNED: Text("已签收", "signed for"),
    State.REGISTERED: Text("已登记", "registered"),
    State.PROPOSED: Text("待批示", "awaits instruction"),
    State.INSTRUCTED: Text("承办中", "being handled"),
    State.HANDLED: Text("已办结", "handled"),
    State.DRAFT: Text("起草中", "draft"),
    State.CHECKING: Text("核稿中", "being checked"),
    State.COUNTERSIGNING: Text("会签中", "being countersigned"),
    State.SIGNING: Text("待签发", "awaits issue"),
    State.ISSUED: Text("待复核编号", "issued, awaits its number"),
    State.NUMBERED: Text("待分发", "numbered, awaits distribution"),
    State.DISTRIBUTED: Text("已分发", "distributed"),
    State.ARCHIVED: Text("已归档", "archived"),
    State.VOID: Text("已作废", "void"),
}
ACT_NAMES = {
    Act.SIGN: Text("签收", "signed for"),
    Act.REGISTER: Text("登记", "registered"),
    Act.PROPOSE: Text("拟办", "proposed"),
    Act.INSTRUCT: Text("批示", "instructed"),
    Act.HANDLE: Text("承办", "handled"),
    Act.SUBMIT: Text("送核", "handed in for checking"),
    Act.CHECK: Text("核稿", "checked"),
    Act.COUNTERSIGN: Text("会签", "countersigned"),
    Act.ISSUE: Text("签发", "issued"),
    Act.SEND_BACK: Text("退回修改", "sent back"),
    Act.RECHECK: Text("复核编号", "rechecked and numbered"),
    Act.REOPEN: Text("复核退签发人", "sent back to who issues"),
    Act.DISTRIBUTE: Text("分发", "distributed"),
    Act.CIRCULATE: Text("传阅", "circulated"),
    Act.CHASE: Text("催办", "chased"),
    Act.ARCHIVE: Text("归档", "archived"),
    Act.VOID: Text("作废", "declared void"),
}
REASON_NAMES = {
    Reason.INSTRUCTED: Text("批示", "instruction"),
    Reason.CIRCULATED: Text("传阅", "circulation"),
    Reason.DISTRIBUTED: Text("分发", "distribution"),
}


class DocumentError(ErrorCode):
    """Refusals of official documents."""

    NOT_FOUND = error(
        "document_not_found",
        404,
        zh=("没有找到公文", "公文不存在，或没有分送给您。"),
        en=("No such document", "It does not exist, or it was not sent to you."),
    )
    NOT_YOURS = error(
        "document_not_yours",
        403,
        zh=("这一步不由您办理", "现在由{holder}办理。"),
        en=("This step is not yours", "It is with {holder} now."),
    )
    WRONG_STATE = error(
        "document_wrong_state",
        409,
        zh=("现在不能这样办理", "公文现在的状态是“{state}”，请刷新后再办。"),
        en=("Not possible now", "The document is “{state}”. Read it anew."),
    )
    SECRET = error(
        "document_secret",
        422,
        zh=("涉密公文不能在本平台办理", "发现密级标志“{found}”。本平台为非涉密网络，请按保密规定通过机要渠道办理。"),
        en=(
            "No secret documents here",
            "It bears the grade “{found}”, and this network is not secret.",
        ),
    )
    BAD_NUMBER = error(
        "document_bad_number",
        422,
        zh=("发文字号不规范", "发文字号应为“机关代字〔年份〕序号号”，如“宿政办发〔2026〕12号”。"),
        en=("Wrong document number", "It is the agency's code, the year in brackets and the serial number."),
    )
    NO_CODE = error(
        "document_no_agency_code",
        422,
        zh=("本单位没有这个机关代字", "请从本单位的机关代字中选择。"),
        en=("No such agency code", "Choose one of the organisation's codes."),
    )
    OPINION_MISSING = error(
        "document_opinion_missing",
        422,
        zh=("请写明意见", "退回、批示、作废须写明意见或理由。"),
        en=("An opinion is needed", "Sending back, instructing and voiding need a reason."),
    )
    NOBODY = error(
        "document_nobody",
        422,
        zh=("没有选择人员", "请从通讯录中选择在职人员或单位。"),
        en=("Nobody was chosen", "Choose officials in office, or units."),
    )
    TOO_MANY = error(
        "document_too_many",
        422,
        zh=("选择的人员过多", "一次最多分送{most}人。"),
        en=("Too many people", "At most {most} at once."),
    )
    NOTHING_TO_CHASE = error(
        "document_nothing_to_chase",
        409,
        zh=("没有可催办的人", "分送的人员都已阅读或办理，或刚刚催办过。"),
        en=("Nobody to chase", "Everybody has read or handled it, or was asked a moment ago."),
    )
    FILES_FULL = error(
        "document_files_full",
        409,
        zh=("附件已满", "一份公文最多{most}个附件。"),
        en=("No more files", "A document holds {most} files at most."),
    )
    LAYER_TOO_BIG = error(
        "document_layer_too_big",
        422,
        zh=("批注内容过多", "一页手写批注最多{strokes}笔、{points}个点。"),
        en=("The layer is too big", "A page takes {strokes} strokes of {points} points in all."),
    )


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """The text as it stood once; `pieces` (`same`, `gone`, `new`) are what differs from the one before."""

    number: int
    title: str
    by_name: str
    at: datetime
    pieces: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class NumberInfo:
    """A number that was given out. A void one stays in its place."""

    number: str
    serial: int
    title: str
    taken_at: datetime
    void_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the printed page of an outgoing document says (GB/T 9704-2012)."""

    organisation: str
    number: str
    urgency: str
    title: str
    recipients: str
    body: str
    signer: str
    dated: str
    copies_to: str
    printed_by: str
    printed_on: str
    is_upward: bool
    copies: int
