"""From what the repository tells to what the API shows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from backend.accounts.types import OrganisationInfo
from backend.powers.selectors import PowerPage, ThemeInfo
from backend.powers.types import PowerVersionInfo, ProjectType
from mobile_api.platform.serializers import at


def summary(row: Any) -> dict[str, Any]:
    """An item of `find_powers` in a list."""
    item = row.item
    return {
        "id": str(item.pk),
        "code": item.local_code,
        "name": row.name,
        "name_en": row.name_en,
        "main_item": item.main_item,
        "type": {"code": item.type.code, "name": item.type.name, "name_en": item.type.name_en},
        "organisation": {
            "id": str(item.organisation_id),
            "name": item.organisation.name,
            "short_name": item.organisation.short_name,
            "region_code": item.region_code,
        },
        "audience": row.audience,
        "themes": row.themes,
        "project_type": row.project_type,
        **_limits(row),
        "is_online": row.is_online,
        "is_fee": row.is_fee,
        "onsite_visits": row.onsite_visits,
        "state": item.state,
    }


def power(page: PowerPage) -> dict[str, Any]:
    """The whole guide to an item."""
    info = page.version
    return {
        **_head(page),
        "theme_names": [
            {"code": code, "name": name, "name_en": english} for code, (name, english) in page.theme_names.items()
        ],
        **_limits(info),
        **{name: getattr(info, name) for name in _PLAIN},
        **{name: list(getattr(info, name)) for name in _LISTS},
        **{name: [_row(row) for row in getattr(info, name)] for name in _ROWS},
        "result": {"name": info.result_name, "type": info.result_type, "validity": info.result_validity},
        "where": _where(info),
        "form_schema": dict(info.form_schema),
        "changes": [
            {"kind": change.kind, "version": change.version, "reason": change.reason, "at": at(change.at)}
            for change in page.changes
        ],
    }


def organisation(info: OrganisationInfo, power_count: int) -> dict[str, Any]:
    """An organisation in the list."""
    return {
        "id": str(info.id),
        "code": info.code,
        "name": info.name,
        "short_name": info.short_name,
        "level": info.level,
        "region_code": info.region_code,
        "parent_id": str(info.parent_id) if info.parent_id else None,
        "power_count": power_count,
    }


def theme(info: ThemeInfo) -> dict[str, Any]:
    """A topic in the list."""
    return {
        "code": info.code,
        "name": info.name,
        "name_en": info.name_en,
        "audience": info.audience,
        "power_count": info.items,
    }


_PLAIN = (
    "power_source",
    "entrusted_body",
    "handling_kind",
    "quantity_limit",
    "project_type",
    "is_online",
    "is_fee",
    "onsite_visits",
    "remedy_text",
)
_LISTS = ("audience", "themes", "joint_bodies", "special_procedures", "conditions")
_ROWS = ("materials", "steps", "fees", "legal_bases", "faqs")
_WHERE = (
    "place",
    "hours",
    "consult_phone",
    "complaint_phone",
    "is_appointment",
    "is_express",
    "is_self_service",
    "is_in_hall",
    "is_pay_online",
    "cross_region_scope",
    "onsite_reason",
    "online_depth",
)


def _head(page: PowerPage) -> dict[str, Any]:
    info = page.version
    return {
        "id": str(info.power_id),
        "code": info.code,
        "name": info.name,
        "name_en": info.name_en,
        "main_item": page.main_item,
        "type": {"code": info.type_code, "name": info.type_name, "name_en": page.type_name_en},
        "organisation": {
            "id": str(info.organisation_id),
            "name": page.organisation_name,
            "short_name": page.organisation_short_name,
            "region_code": page.region_code,
        },
        "version_id": str(info.id),
        "version": info.version,
        "effective_from": info.effective_from.isoformat() if info.effective_from else None,
        "state": page.state,
        "state_reason": page.state_reason,
        "state_since": at(page.state_since),
        "catalog_code": info.catalog_code,
        "task_code": info.task_code,
        "handle_item": info.handle_item,
    }


def _where(info: PowerVersionInfo) -> dict[str, Any]:
    return {**{name: getattr(info, name) for name in _WHERE}, "forms": list(info.handle_forms)}


def _limits(row: Any) -> dict[str, Any]:
    """The limits of a row or a description; a committed item without one comes from a catalogue that does not tell."""
    unknown = row.promised_limit == 0 and row.project_type == ProjectType.COMMITTED
    return {
        "legal_limit": None if unknown else row.legal_limit,
        "legal_unit": row.legal_unit,
        "legal_note": row.legal_note,
        "promised_limit": None if unknown else row.promised_limit,
        "promised_unit": row.promised_unit,
        "promised_note": row.promised_note,
    }


def _row(row: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(row).items()}
