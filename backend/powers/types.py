"""Public values of the power repository: enumerations, frozen dataclasses and error codes. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from kernel.errors import ErrorCode, error


class ProjectType(StrEnum):
    """Kind of handling (办件类型): done on the spot, or promised within a limit."""

    IMMEDIATE = "immediate"
    COMMITTED = "committed"


class LimitUnit(StrEnum):
    """Unit of a time limit: working days or calendar days."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"


class Necessity(StrEnum):
    """Whether a material must come with the application, may come, or may follow (容缺后补)."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    DEFERRABLE = "deferrable"


class MaterialForm(StrEnum):
    """How a material is handed in."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


class MaterialKind(StrEnum):
    """Original, copy, or both (材料类型)."""

    ORIGINAL = "original"
    COPY = "copy"
    BOTH = "both"


class MaterialSource(StrEnum):
    """Where a material comes from (来源渠道)."""

    APPLICANT = "applicant"
    GOVERNMENT = "government"
    OTHER = "other"


class Audience(StrEnum):
    """Whom an item serves (服务对象)."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    SOCIAL_ORGANISATION = "social_organisation"
    UNINCORPORATED = "unincorporated"
    AGENCY = "agency"
    OTHER = "other"


class ResultType(StrEnum):
    """How a case ends on paper: certificate (出证办结), document (出文办结), written approval (审批办结), none."""

    CERTIFICATE = "certificate"
    DOCUMENT = "document"
    APPROVAL = "approval"
    NONE = "none"


class HandlingKind(StrEnum):
    """Who acts (办理方式): own, first review for a higher body, joint, passed on."""

    OWN = "own"
    PRELIMINARY_REVIEW = "preliminary_review"
    JOINT = "joint"
    FORWARDED = "forwarded"


class PowerSource(StrEnum):
    """Where the power comes from (权力来源)."""

    STATUTORY = "statutory"
    HANDED_DOWN = "handed_down"
    AUTHORISED_ABOVE = "authorised_above"
    AUTHORISED_SAME = "authorised_same"
    ENTRUSTED_ABOVE = "entrusted_above"
    ENTRUSTED_SAME = "entrusted_same"


class HandleForm(StrEnum):
    """Ways to hand in an application (办理形式)."""

    WINDOW = "window"
    ONLINE = "online"
    MAIL = "mail"


class SpecialProcedure(StrEnum):
    """Procedures whose time is not counted in the limit (行政许可法 Art. 45)."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


class CrossRegionScope(StrEnum):
    """How far away the same item can be handled (通办范围)."""

    NONE = "none"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


class LifeCycle(StrEnum):
    """Life of an item: a version runs from draft to published, the item itself is published, suspended, cancelled."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    LEGAL_REVIEW = "legal_review"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class PowerError(ErrorCode):
    """Refusals of the power repository."""

    NOT_FOUND = error(
        "power_not_found",
        404,
        zh=("没有找到这个事项", "该事项不存在、尚未公布或已取消，请在事项目录中重新查找。"),
        en=("Item not found", "It does not exist, is not published yet or was cancelled. Look it up in the catalogue."),
    )
    SUSPENDED = error(
        "power_suspended",
        409,
        zh=("该事项暂停受理", "“{name}”自 {since} 起暂停受理新的申请：{reason}。已受理的办件不受影响。"),
        en=("Item suspended", "No new applications for {name} since {since}: {reason}. Running cases go on."),
    )
    NOT_ONLINE = error(
        "power_not_online",
        409,
        zh=("该事项暂不能网上申请", "“{name}”目前请到窗口办理，地点和时间见办事指南。"),
        en=("Not available online", "Please apply for {name} at the counter; place and time are in the guide."),
    )
    WRONG_STATE = error(
        "power_wrong_state",
        409,
        zh=("当前状态不能这样操作", "当前状态为“{state}”，不能执行“{action}”。"),
        en=("Not possible in this state", "The state is {state}; the act {action} is not possible."),
    )
    NOT_ALLOWED = error(
        "power_not_allowed",
        403,
        zh=("没有管理该事项的权限", "此操作需要该单位的“{role}”角色。"),
        en=("Not allowed", "This act needs the role {role} for that organisation."),
    )
    SAME_PERSON = error(
        "power_same_person",
        403,
        zh=("编制与审核须由不同人员办理", "您参与了本版本的编制或报送，法制审核请由他人办理。"),
        en=(
            "A second person is needed",
            "You edited or submitted this version; somebody else must do the legal review.",
        ),
    )
    INVALID = error(
        "power_invalid",
        422,
        zh=("事项内容不符合规定", "请按各项提示修改。"),
        en=("The item breaks the rules", "Correct the points listed."),
    )
    CODE_TAKEN = error(
        "power_code_taken",
        409,
        zh=("地方编码已被使用", "编码 {local_code} 已属于另一事项；编码不可变更或复用。"),
        en=(
            "Code already used",
            "The code {local_code} belongs to another item; codes never change and are never reused.",
        ),
    )
    FILE_UNREADABLE = error(
        "power_file_unreadable",
        422,
        zh=("无法读取该文件", "{reason}"),
        en=("The file cannot be read", "{reason}"),
    )


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One ground of an item (设定依据): law, article, and what it says in our own words."""

    law: str
    article: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A step of the flow with the role that does it and its share of the promise, in working days."""

    code: str
    name: str
    role: str
    limit_days: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaterialInfo:
    """A material to hand in. `required_when` is a JSON Schema on the form that makes an optional material required."""

    code: str
    name: str
    necessity: str
    accepts: tuple[str, ...]
    max_files: int
    form: str
    kind: str = MaterialKind.ORIGINAL
    copies: int = 1
    source: str = MaterialSource.APPLICANT
    hint: str = ""
    basis: str = ""
    max_bytes: int = 10 * 1024 * 1024
    required_when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeeInfo:
    """A fee: `amount_fen` is None when the standard is a table or formula told in `standard`."""

    name: str
    standard: str
    amount_fen: int | None = None
    basis: str = ""
    reducible: bool = False
    reduction_basis: str = ""


@dataclass(frozen=True, slots=True)
class Faq:
    """A frequent question with its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionContent:
    """The implementation list (实施清单) of one version. Limits are whole days in the unit beside them."""

    name: str
    name_en: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    power_source: str = PowerSource.STATUTORY
    entrusted_body: str = ""
    joint_bodies: tuple[str, ...] = ()
    legal_limit: int = 0
    legal_unit: str = LimitUnit.WORKING_DAYS
    legal_note: str = ""
    promised_limit: int = 0
    promised_unit: str = LimitUnit.WORKING_DAYS
    promised_note: str = ""
    special_procedures: tuple[str, ...] = ()
    project_type: str = ProjectType.COMMITTED
    handling_kind: str = HandlingKind.OWN
    handle_forms: tuple[str, ...] = (HandleForm.WINDOW,)
    conditions: tuple[str, ...] = ()
    quantity_limit: str = ""
    onsite_visits: int = 1
    onsite_reason: str = ""
    place: str = ""
    hours: str = ""
    consult_phone: str = ""
    complaint_phone: str = ""
    is_online: bool = False
    online_depth: int = 1
    is_appointment: bool = False
    is_pay_online: bool = False
    is_express: bool = False
    is_self_service: bool = False
    is_in_hall: bool = False
    cross_region_scope: str = CrossRegionScope.NONE
    is_fee: bool = False
    fees: tuple[FeeInfo, ...] = ()
    result_name: str = ""
    result_type: str = ResultType.NONE
    result_validity: str = ""
    remedy_text: str = ""
    steps: tuple[StepInfo, ...] = ()
    materials: tuple[MaterialInfo, ...] = ()
    faqs: tuple[Faq, ...] = ()
    form_schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def limit_unit(self) -> str:
        """Unit of the promised limit."""
        return self.promised_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerVersionInfo(VersionContent):
    """A version as other apps see it: its content plus whose it is. A running case keeps the `id` it started with."""

    id: UUID
    power_id: UUID
    code: str
    catalog_code: str | None
    task_code: str | None
    handle_item: str | None
    type_code: str
    type_name: str
    organisation_id: UUID
    version: int
    state: str
    effective_from: date | None
    effective_to: date | None

    def step(self, code: str) -> StepInfo | None:
        """The step with this code, None when the flow has no such step."""
        return next((step for step in self.steps if step.code == code), None)

    def material(self, code: str) -> MaterialInfo | None:
        """The material with this code, None when the item does not ask for it."""
        return next((material for material in self.materials if material.code == code), None)
