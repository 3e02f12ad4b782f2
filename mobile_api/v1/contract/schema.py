"""Texts of the contract's own address."""

from typing import Any

READ: dict[str, Any] = {
    "operation_id": "contract",
    "summary": "This contract",
    "description": "The OpenAPI document of this API, as committed with the code that serves it.",
}
