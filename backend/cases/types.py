"""Values of cases: states, acts, what others see, and the refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kernel.errors import ErrorCode, Text, error


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENT_REQUIRED = "supplement_required"
    NOT_ACCEPTED = "not_accepted"
    IN_REVIEW = "in_review"
    SPECIAL_PROCEDURE = "special_procedure"
    PENDING_DECISION = "pending_decision"
    APPROVED = "approved"
    DENIED = "denied"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    CaseState.DRAFT: Text("草稿", "Draft"),
    CaseState.SUBMITTED: Text("待受理", "Waiting for acceptance"),
    CaseState.SUPPLEMENT_REQUIRED: Text("待补正", "Documents needed"),
    CaseState.NOT_ACCEPTED: Text("不予受理", "Not accepted"),
    CaseState.IN_REVIEW: Text("审查中", "Under review"),
    CaseState.SPECIAL_PROCEDURE: Text("特别程序中", "Special procedure"),
    CaseState.PENDING_DECISION: Text("待决定", "Waiting for the decision"),
    CaseState.APPROVED: Text("准予，待送达", "Granted, to be delivered"),
    CaseState.DENIED: Text("不予许可，待送达", "Denied, to be delivered"),
    CaseState.CLOSED: Text("已办结", "Closed"),
    CaseState.WITHDRAWN: Text("已撤回", "Withdrawn"),
}


class Action(StrEnum):
    """What can be done to a case."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SUPPLEMENT = "supplement"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    REQUEST_SUPPLEMENT = "request_supplement"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    PASS = "pass"  # noqa: S105 - an act, not a secret
    SEND_BACK = "send_back"
    GRANT = "grant"
    DENY = "deny"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    DELIVER = "deliver"


class Outcome(StrEnum):
    """How a case ended."""

    GRANTED = "granted"
    DENIED = "denied"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


OUTCOME_LABELS = {
    Outcome.GRANTED: Text("准予", "Granted"),
    Outcome.DENIED: Text("不予许可", "Denied"),
    Outcome.NOT_ACCEPTED: Text("不予受理", "Not accepted"),
    Outcome.WITHDRAWN: Text("已撤回", "Withdrawn"),
}


class NoticeKind(StrEnum):
    """Written vouchers (Administrative Licensing Law Art. 32, 38, 42, 44, 45)."""

    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    SUPPLEMENT = "supplement"
    EXTENSION = "extension"
    SPECIAL_PROCEDURE = "special_procedure"
    GRANT = "grant"
    DENIAL = "denial"
    DELIVERY = "delivery"


NOTICE_TITLES = {
    NoticeKind.ACCEPTANCE: "受理通知书",
    NoticeKind.REFUSAL: "不予受理决定书",
    NoticeKind.SUPPLEMENT: "补正材料告知书",
    NoticeKind.EXTENSION: "延期告知书",
    NoticeKind.SPECIAL_PROCEDURE: "特别程序时间告知书",
    NoticeKind.GRANT: "准予决定书",
    NoticeKind.DENIAL: "不予办理决定书",
    NoticeKind.DELIVERY: "送达回证",
}
LICENCE_TITLES = {NoticeKind.GRANT: "准予行政许可决定书", NoticeKind.DENIAL: "不予行政许可决定书"}


class ApplicantKind(StrEnum):
    """For whom somebody applies: for himself, or for a legal person he represents."""

    PERSON = "person"
    LEGAL_PERSON = "legal_person"


class DeliveryMethod(StrEnum):
    """How a result reaches the applicant."""

    ON_THE_SPOT = "on_the_spot"
    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a case's story; a future one has no time."""

    kind: str
    title: str
    at: datetime | None
    who: str = ""
    opinion: str = ""
    usual_days: int | None = None


@dataclass(frozen=True, slots=True)
class ActRequest:
    """What an official asks for; which fields an act needs is told in `rules.NEEDS`."""

    action: Action
    opinion: str = ""
    items: tuple[str, ...] = ()
    legal_basis: str = ""
    procedure: str = ""
    planned_days: int = 0
    extension_days: int = 0
    delivery_method: str = ""


@dataclass(frozen=True, slots=True)
class PreviewedNotice:
    """A voucher that an act would issue; it has no number yet."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would do: where the case would stand, what the applicant would get, as (title, text)."""

    state: CaseState
    due_on: date | None
    notices: tuple[PreviewedNotice, ...]
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WordingInfo:
    """A wording offered for a field of an act; `type_code` narrows it to items of a type, empty means all."""

    id: int
    action: str
    field: str
    text: str
    type_code: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What anybody with number and query code may know. No personal data."""

    case_no: str
    power_name: str
    organisation_name: str
    state: str
    received_on: date | None
    due_on: date | None
    elapsed: int | None
    remaining: int | None
    clock: str
    timeline: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an applicant holds in hands after submitting."""

    case_no: str
    query_code: str
    power_name: str
    organisation_name: str
    submitted_at: datetime
    received_on: date
    answer_due_on: date
    version: int


class CaseError(ErrorCode):
    """Refusals of cases."""

    NOT_FOUND = error(
        "case_not_found",
        404,
        zh=("没有找到这个办件", "请核对编号；只能查看您自己的或由您办理的办件。"),
        en=("Case not found", "Check the number. You can only see your own cases, or those you handle."),
    )
    PROGRESS_NOT_FOUND = error(
        "progress_not_found",
        404,
        zh=("没有查到", "办件编号或查询码不正确，请核对回执或短信。"),
        en=("Nothing found", "The case number or the query code is wrong. Check your receipt or SMS."),
    )
    ACTION_NOT_ALLOWED = error(
        "case_action_not_allowed",
        409,
        zh=("当前不能这样办理", "办件目前是“{state}”，不能进行这项操作。请刷新后再看。"),
        en=("Not possible now", "The case is “{state}”, which does not allow this. Refresh and look again."),
    )
    NOT_YOUR_STEP = error(
        "case_not_your_step",
        403,
        zh=("不是您的环节", "当前环节由其他岗位办理。"),
        en=("Not your step", "This step belongs to another post."),
    )
    OWN_CASE = error(
        "case_own_application",
        403,
        zh=("需要回避", "不能办理自己提交的申请，请交由同事办理。"),
        en=("Conflict of interest", "You cannot handle your own application. Leave it to a colleague."),
    )
    SAME_PERSON = error(
        "case_same_person",
        403,
        zh=("审查与决定须由两人办理", "您已办理审查环节，请由其他负责人作出决定。"),
        en=("Two people are needed", "You reviewed this case; somebody else must decide it."),
    )
    SECOND_SUPPLEMENT = error(
        "case_second_supplement",
        409,
        zh=("已经补正过一次", "补正只能一次性告知（行政许可法第三十二条、第七十二条），请决定受理或不予受理。"),
        en=(
            "Documents were already asked for",
            "Everything must be asked for at once (Administrative Licensing Law Art. 32, 72). Accept or refuse.",
        ),
    )
    PROCEDURE_REPEATED = error(
        "case_procedure_repeated",
        409,
        zh=("这种特别程序已经进行过", "“{name}”在本办件中已进行过一次，同一种特别程序不能再次中止计时。"),
        en=("This special procedure took place already", "{name} stopped the clock of this case once; not again."),
    )
    FIELD_NEEDED = error(
        "case_field_needed",
        422,
        zh=("还缺必填内容", "请补充所列各项后再提交。"),
        en=("Something is missing", "Fill in the listed fields and send again."),
    )
    FORM_INVALID = error(
        "case_form_invalid",
        422,
        zh=("申请表有误", "请按各项提示修改申请表。"),
        en=("The form needs correction", "Correct the fields listed."),
    )
    MATERIALS_MISSING = error(
        "case_materials_missing",
        422,
        zh=("材料不齐", "请补充所列必交材料后再提交。"),
        en=("Documents are missing", "Add the documents listed and submit again."),
    )
    IDENTITY_NEEDED = error(
        "case_identity_needed",
        403,
        zh=("请先实名", "提交申请前，请在“我的”中完成实名认证。"),
        en=("Confirm your identity first", "Enter your name and ID number under “My account” before you submit."),
    )
    NOT_REPRESENTED = error(
        "case_not_represented",
        422,
        zh=("不能代表该单位", "请选择您有权代表的单位，或先完成授权。"),
        en=("You do not represent it", "Choose an organisation you represent, or obtain its authorisation first."),
    )
    TOO_MANY_DRAFTS = error(
        "case_too_many_drafts",
        409,
        zh=("草稿太多", "最多保留 {limit} 份草稿，请先提交或撤回一些。"),
        en=("Too many drafts", "At most {limit} drafts are kept. Submit or withdraw some first."),
    )
    MATERIAL_UNKNOWN = error(
        "case_material_unknown",
        422,
        zh=("不需要这种材料", "该事项的材料清单中没有这一项。"),
        en=("Not asked for", "The item's list has no such document."),
    )
    MATERIAL_FULL = error(
        "case_material_full",
        409,
        zh=("文件数量已满", "这项材料最多 {limit} 个文件，请先删除再上传。"),
        en=("Enough files", "At most {limit} files for this document. Remove one first."),
    )
    MATERIAL_NOT_FOUND = error(
        "case_material_not_found",
        404,
        zh=("没有找到这份材料", "它可能已被删除，请刷新。"),
        en=("Document not found", "It may have been removed. Refresh."),
    )
