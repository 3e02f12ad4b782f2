"""Facts that accounts tell: sessions that ended, rights that changed."""

from __future__ import annotations

from typing import Any

from kernel.events import define

_ID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}


def _facts(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


SESSION_ENDED = define(
    "account.session_ended",
    version=1,
    schema=_facts(user_id=_ID, session_id=_ID, reason=_TEXT),
    doc="A session ended (logout, device removed, account disabled, password changed…). Subject: the user.",
)
SESSION_REVOKED = define(
    "account.session_revoked",
    version=1,
    schema=_facts(user_id=_ID, session_id=_ID, reason=_TEXT),
    doc="A used-up refresh token came again, its session was ended, the person is to be warned. Subject: the user.",
)
RIGHTS_CHANGED = define(
    "account.rights_changed",
    version=1,
    schema=_facts(user_id=_ID, role=_TEXT, change={"enum": ["granted", "revoked"]}),
    doc="A role was given to or taken from a person, in force at once. Subject: the user; organisation: the role's.",
)
