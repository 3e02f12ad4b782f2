"""Content of a version: documents in and out, and the cross-field checks of domain.md 2.3."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from backend.powers.rules import forms
from backend.powers.types import (
    Audience,
    CrossRegionScope,
    Faq,
    FeeInfo,
    HandleForm,
    HandlingKind,
    LegalBasis,
    LimitUnit,
    MaterialForm,
    MaterialInfo,
    MaterialKind,
    MaterialSource,
    Necessity,
    PowerSource,
    ProjectType,
    ResultType,
    SpecialProcedure,
    StepInfo,
    VersionContent,
)
from kernel.errors import FieldError, Text

STEP_ROLES = frozenset({"window_clerk", "reviewer", "approver", "legal_officer"})
MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "application/pdf"})
MAX_NAME = 1000
FULLY_ONLINE = 4
BEFORE_THE_CLOCK = "accept"

ROW_TYPES: Mapping[str, type] = {
    "legal_bases": LegalBasis,
    "fees": FeeInfo,
    "steps": StepInfo,
    "materials": MaterialInfo,
    "faqs": Faq,
}
CHOICES: Mapping[str, type[StrEnum]] = {
    "power_source": PowerSource,
    "legal_unit": LimitUnit,
    "promised_unit": LimitUnit,
    "project_type": ProjectType,
    "handling_kind": HandlingKind,
    "cross_region_scope": CrossRegionScope,
    "result_type": ResultType,
    "audience": Audience,
    "handle_forms": HandleForm,
    "special_procedures": SpecialProcedure,
}
FIELDS = tuple(field.name for field in dataclasses.fields(VersionContent))
LIST_FIELDS = frozenset(field.name for field in dataclasses.fields(VersionContent) if "tuple" in str(field.type))


def from_document(document: Mapping[str, Any]) -> VersionContent:
    """Build the content from plain JSON values. Raises TypeError for a field or sub-field that does not exist."""
    values: dict[str, Any] = {}
    for name, value in document.items():
        if name in ROW_TYPES:
            values[name] = tuple(_row(ROW_TYPES[name], row) for row in value)
        else:
            values[name] = tuple(value) if name in LIST_FIELDS else value
    return VersionContent(**values)


def to_document(content: VersionContent) -> dict[str, Any]:
    """The content as plain JSON values, every field of the implementation list present."""
    document: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(content, name)
        if name in ROW_TYPES:
            document[name] = [_plain(row) for row in value]
        else:
            document[name] = list(value) if name in LIST_FIELDS else value
    document["form_schema"] = dict(content.form_schema)
    return document


def _row(kind: type, row: Mapping[str, Any]) -> Any:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return kind(**values)


def _plain(row: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(row).items()}


def check_content(content: VersionContent, *, basis_required: bool, applied_for: bool) -> list[FieldError]:
    """Faults of a version that keep it from being submitted for legal review.

    `basis_required` and `applied_for` come from the item's type: a licence needs a legal basis, and only powers that
    people apply for can be opened online.
    """
    faults = [fault for rule in _RULES for fault in rule(content)]
    if basis_required and not content.legal_bases:
        faults.append(_fault("legal_bases", "basis_missing", "该类事项至少要有一项设定依据", "A legal basis is needed"))
    if content.is_online and not applied_for:
        faults.append(_fault("is_online", "not_applied_for", "该类权力不依申请行使", "Nobody applies for it"))
    if content.form_schema:
        faults += forms.check_schema(content.form_schema)
    return faults


def _fault(field: str, code: str, zh: str, en: str) -> FieldError:
    return FieldError(f"/{field}", code, Text(zh, en))


def _check_name(content: VersionContent) -> Iterator[FieldError]:
    if not content.name.strip() or len(content.name) > MAX_NAME:
        yield _fault("name", "name_length", "事项名称须为1至1000字", "The name has 1 to 1000 characters")


def _check_choices(content: VersionContent) -> Iterator[FieldError]:
    for name, kind in CHOICES.items():
        value = getattr(content, name)
        chosen = value if name in LIST_FIELDS else (value,)
        if not set(chosen) <= set(kind):
            yield _fault(name, "not_a_choice", "不在可选值之内", "Not one of the known values")


def _check_promise(content: VersionContent) -> Iterator[FieldError]:
    immediate = content.project_type == ProjectType.IMMEDIATE
    if immediate != (content.promised_limit == 0):
        yield _fault(
            "project_type",
            "promise_and_kind",
            "承诺时限为零的是即办件，其余是承诺件",
            "An item with a promise of zero days is immediate, any other is committed",
        )
    if content.promised_limit < 0 or content.legal_limit < 0:
        yield _fault("promised_limit", "negative", "时限不能为负", "Limits are not negative")
    if _comparable(content.promised_limit, content.promised_unit) > _comparable(
        content.legal_limit, content.legal_unit
    ):
        yield _fault(
            "promised_limit", "promise_too_long", "承诺时限不得长于法定时限", "The promise exceeds the legal limit"
        )


def _comparable(days: int, unit: str) -> float:
    """Days on one scale: five working days are a week."""
    return days * 7 / 5 if unit == LimitUnit.WORKING_DAYS else float(days)


_RESULT_ENDINGS = (
    ("批复", ResultType.APPROVAL),
    ("证", ResultType.CERTIFICATE),
    ("文", ResultType.DOCUMENT),
)


def _check_result(content: VersionContent) -> Iterator[FieldError]:
    expected = next((kind for ending, kind in _RESULT_ENDINGS if content.result_name.endswith(ending)), None)
    if expected is not None and content.result_type != expected:
        yield _fault(
            "result_type",
            "result_and_type",
            "结果名称以“证”“文”“批复”结尾的，分别为出证、出文、审批办结",
            "The result's name does not fit its type",
        )


def _check_visits(content: VersionContent) -> Iterator[FieldError]:
    if content.onsite_visits > 0 and content.onsite_reason in {"", "无"}:
        yield _fault("onsite_reason", "reason_missing", "需要到现场的，请说明原因", "Say why people must come")
    if content.onsite_visits == 0 and content.onsite_reason not in {"", "无"}:
        yield _fault("onsite_reason", "reason_needless", "无需到现场的，原因应为“无”", "No visit, so no reason")
    if content.onsite_visits == 0 and not content.is_online and HandleForm.MAIL not in content.handle_forms:
        yield _fault("handle_forms", "mail_missing", "无需到现场又不能网办的，应提供邮寄", "Offer applications by mail")
    if content.online_depth == FULLY_ONLINE and content.onsite_visits != 0:
        yield _fault("onsite_visits", "fully_online", "全程网办的到现场次数应为零", "Fully online means no visit")


def _check_fees(content: VersionContent) -> Iterator[FieldError]:
    if content.is_fee != bool(content.fees):
        yield _fault("fees", "fee_rows", "收费的至少列一项收费，不收费的不得列出", "Fee rows must agree with is_fee")
    if any(fee.amount_fen is not None and fee.amount_fen < 0 for fee in content.fees):
        yield _fault("fees", "negative", "金额不能为负", "Amounts are not negative")


def _check_steps(content: VersionContent) -> Iterator[FieldError]:
    codes = [step.code for step in content.steps]
    if len(set(codes)) != len(codes):
        yield _fault("steps", "duplicate_code", "环节编码重复", "Step codes repeat")
    if any(step.role not in STEP_ROLES for step in content.steps):
        yield _fault("steps", "unknown_role", "环节岗位不存在", "A step names an unknown role")
    if sum(step.limit_days for step in content.steps if step.code != BEFORE_THE_CLOCK) > content.promised_limit:
        yield _fault("steps", "steps_too_long", "各环节时限之和超过承诺时限", "The steps take longer than the promise")
    if content.is_online and not content.steps:
        yield _fault("steps", "steps_missing", "可网上申请的事项须有办理环节", "An online item needs steps")


def _check_materials(content: VersionContent) -> Iterator[FieldError]:
    codes = [material.code for material in content.materials]
    if len(set(codes)) != len(codes):
        yield _fault("materials", "duplicate_code", "材料编码重复", "Material codes repeat")
    for place, material in enumerate(content.materials):
        if not _is_sound(material):
            yield _fault(
                f"materials/{place}", "material", "材料的属性不正确", "A property of the material is not allowed"
            )


def _is_sound(material: MaterialInfo) -> bool:
    electronic = material.form == MaterialForm.ELECTRONIC
    return (
        material.necessity in set(Necessity)
        and material.form in set(MaterialForm)
        and material.kind in set(MaterialKind)
        and material.source in set(MaterialSource)
        and set(material.accepts) <= MEDIA_TYPES
        and bool(material.accepts) == electronic
        and 1 <= material.max_files <= 50
    )


def _check_online(content: VersionContent) -> Iterator[FieldError]:
    if content.is_online and not content.form_schema:
        yield _fault("form_schema", "form_missing", "可网上申请的事项须有申请表", "An online item needs a form")
    if content.is_online != (HandleForm.ONLINE in content.handle_forms):
        yield _fault(
            "handle_forms", "online_form", "办理形式与是否网办不一致", "Ways of handling disagree with is_online"
        )
    if not 1 <= content.online_depth <= FULLY_ONLINE:
        yield _fault("online_depth", "depth", "网办深度为1至4级", "The online depth is 1 to 4")


_RULES: tuple[Callable[[VersionContent], Iterator[FieldError]], ...] = (
    _check_name,
    _check_choices,
    _check_promise,
    _check_result,
    _check_visits,
    _check_fees,
    _check_steps,
    _check_materials,
    _check_online,
)
