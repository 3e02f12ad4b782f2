"""Texts of the officials' side in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from mobile_api.v1.cases.schema import CONFLICT, CURSOR, LIMIT

TASK_KINDS = ["case.accept", "case.review", "case.decide", "case.resume", "case.deliver"]
TASKS: dict[str, Any] = {
    "operation_id": "approval_tasks",
    "summary": "My to-dos",
    "description": "What waits for the caller's posts, time left first.",
    "parameters": [
        OpenApiParameter("state", {"type": "string", "enum": ["open", "done"], "default": "open"}),
        OpenApiParameter("sort", {"type": "string", "enum": ["time_left", "newest"], "default": "time_left"}),
        OpenApiParameter("kind", {"type": "string", "enum": TASK_KINDS}, description="Only to-dos of this kind."),
        OpenApiParameter("q", {"type": "string", "pattern": "^[0-9]{3,20}$"}, description="Last digits of a number."),
        CURSOR,
        LIMIT,
    ],
}
CASE: dict[str, Any] = {
    "operation_id": "approval_case",
    "summary": "The case file",
    "description": (
        "Each view is recorded. `actions` lists what the caller may do now. With `masked=true` personal data in "
        "`identity` and `form` is masked even for who handles the case; `unmask` gives it with a reason."
    ),
    "parameters": [OpenApiParameter("masked", {"type": "boolean", "default": False})],
}
UNMASK: dict[str, Any] = {
    "operation_id": "approval_unmask",
    "summary": "See personal data in clear",
    "description": "For who handles the case. Who asked, for which fields and why is kept in the journal.",
}
PREVIEW: dict[str, Any] = {
    "operation_id": "approval_preview",
    "summary": "What an act would do",
    "description": (
        "Takes the body of the act and does nothing: tells where the case would stand and what the applicant would "
        "read, in the act's own words. Refuses what the act would refuse, but asks for no second factor."
    ),
}
WORDINGS: dict[str, Any] = {
    "operation_id": "approval_wordings",
    "summary": "Wordings to choose from",
    "description": "Statutory and usual wordings for each act, in force today.",
}
ACT: dict[str, Any] = {
    "operation_id": "approval_act",
    "summary": "Act on a case",
    "description": (
        "Needs besides `action`: request_supplement `items`; refuse_acceptance and deny `opinion` (the reasons) and "
        "`legal_basis`; pass, send_back and grant `opinion`; suspend `opinion`, `procedure` and `planned_days`; extend "
        "`opinion` and `extension_days`. Signing acts (grant, deny, refuse_acceptance, extend) need a second factor of "
        "the last minutes: 403 `mfa_required` otherwise."
    ),
}
BATCH: dict[str, Any] = {
    "operation_id": "approval_batch",
    "summary": "Act on several cases",
    "description": (
        "Each item succeeds or fails by itself and is kept before the next begins; `etag` is the version seen. The "
        "same request again does what a broken first attempt left undone."
    ),
}
CONFLICTS = CONFLICT
