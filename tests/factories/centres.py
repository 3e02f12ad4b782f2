"""Descriptions of service centres for tests."""

from __future__ import annotations

from typing import Any

from backend.accounts.types import OrganisationInfo


def window(number: str = "A01", **changes: Any) -> dict[str, Any]:
    """A window at the left end of the counter."""
    return {"number": number, "name": "综合受理", "box": [20, 20, 40, 30], **changes}


def description(office: OrganisationInfo, *windows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A centre with one hall, one zone and these windows."""
    zone = {
        "code": "a",
        "name": "综合受理区",
        "tone": 1,
        "box": [10, 10, 300, 60],
        "windows": list(windows) or [window()],
    }
    hall = {
        "code": "1f",
        "name": "一楼大厅",
        "floor": 1,
        "width": 400,
        "height": 200,
        "features": [{"kind": "entrance", "label": "主入口", "points": [[180, 200], [220, 200]]}],
        "zones": [zone],
    }
    return {
        "code": "test",
        "name": "测试政务服务中心",
        "level": "city",
        "region_code": "321300",
        "organisation": office.code,
        "address": "世纪大道18号",
        "phone": "0527-12345",
        "hours": [{"weekdays": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"}],
        "halls": [hall],
        **changes,
    }
